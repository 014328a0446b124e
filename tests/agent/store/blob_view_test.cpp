#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "agent/store/identity.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/blob_record.hpp"
#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

bool file_holds(const std::string& path, std::string_view text) {
    std::ifstream file(path, std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(file), {});
    return content.find(text) != std::string::npos;
}

wire::ViewPart snapshot(std::uint64_t version, std::string_view body) {
    wire::ViewDelta delta{
        0, version, {{{wire::RowKind::recipient, {}}, version, core::copy_of(core::view_of(body))}}, {}, {}};
    wire::toggle_row(delta.hash, wire::row_hash(delta.put.front()));
    return {1, 1, delta};
}

}  // namespace

TEST_CASE("a blob is salted, cut into chunks of 16 KiB, and its chunks make it whole again") {
    StoreRig rig;
    core::Bytes content(40'000);
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::uint8_t>(i * 31);
    const auto sha = rig.blobs().put(content).value();
    CHECK(rig.blobs().put(content).value() != sha);  // another salt
    const auto run = rig.blobs().next_run({}, 1 << 20, 3);
    REQUIRE(run.records.size() == 3);
    core::Bytes whole;
    for (const auto& record : run.records) {
        const auto chunk = wire::decode_blob_record(record).value();
        CHECK(chunk.sha == sha);
        CHECK(chunk.offset == whole.size());
        whole.insert(whole.end(), chunk.bytes.begin(), chunk.bytes.end());
    }
    CHECK(crypto::sha256(whole) == sha);
    CHECK(core::equal(core::ByteView(whole).subspan(16), content));
    CHECK_FALSE(rig.blobs().put({}));
}

TEST_CASE("acked chunks are not sent again, but a blob stays until it is confirmed") {
    StoreRig rig;
    const auto sha = rig.blobs().put(core::Bytes(40'000, 1)).value();
    REQUIRE(rig.blobs().acknowledge(3, {}));
    CHECK(rig.blobs().unacked() == 0);
    CHECK(rig.blobs().has(sha));
    REQUIRE(rig.blobs().ask_again());
    CHECK(rig.blobs().next_run({}, 1 << 20, 10).first_seq == 3);
    REQUIRE(rig.blobs().confirm({sha}));
    CHECK_FALSE(rig.blobs().has(sha));
    CHECK(rig.blobs().unacked() == 0);
    CHECK(rig.blobs().extent() == wire::LaneExtent{4, 3});
}

TEST_CASE("a blob that is asked for again gets new numbers; a broken or missing one is given up by name") {
    StoreRig rig;
    const auto good = rig.blobs().put(core::Bytes(20'000, 1)).value();
    const auto bad = rig.blobs().put(core::Bytes(20'000, 2)).value();
    const auto unknown = crypto::sha256(core::Bytes{1});
    REQUIRE(rig.blobs().acknowledge(4, {}));
    rig.close();
    {
        const auto file = sql::SqliteConnection::open({.path = rig.dir.file("blob.db")}).value();
        file->transaction([&](sql::Tx& tx) {
                tx.exec("UPDATE blob SET content = zeroblob(length(content)) WHERE sha256 = $1", bad);
            })
            .value();
    }
    rig.open();
    const auto lost = rig.blobs().send_again({good, bad, unknown}).value();
    CHECK(lost == std::vector{bad, unknown});
    CHECK(rig.blobs().next_run({}, 1 << 20, 10).first_seq == 5);
    CHECK(rig.blobs().unconfirmed() == 1);
}

TEST_CASE("after wiping the view nothing of it can be read from the files") {
    StoreRig rig;
    constexpr std::string_view name = "Ivan Primerov, invented";
    REQUIRE(rig.stores->view().take(snapshot(4, name)));
    REQUIRE(rig.stores->view().wipe());
    CHECK_FALSE(file_holds(rig.dir.file("core.db"), name));
    CHECK_FALSE(file_holds(rig.dir.file("core.db-wal"), name));
    CHECK_FALSE(rig.stores->view().row({wire::RowKind::recipient, {}}));
    CHECK(rig.stores->view().applied() == wire::ViewApplied{});
}

TEST_CASE("a lock whose wipe could not end is due again until it did") {
    StoreRig rig;
    constexpr std::string_view name = "Ivan Primerov, invented";
    REQUIRE(rig.stores->view().take(snapshot(4, name)));
    REQUIRE(rig.stores->view().set_locked(true));
    {
        const FileSizeLimit full(512);
        CHECK_FALSE(rig.stores->view().wipe());
    }
    CHECK(rig.stores->view().wipe_due());
    REQUIRE(rig.stores->view().wipe());
    CHECK_FALSE(rig.stores->view().wipe_due());
    CHECK(rig.stores->view().locked());
    CHECK_FALSE(file_holds(rig.dir.file("core.db"), name));
    REQUIRE(rig.stores->view().set_locked(false));
    CHECK_FALSE(rig.stores->view().locked());
}

TEST_CASE("the view and its lock outlive the process, and facts name the version they were made under") {
    StoreRig rig;
    REQUIRE(rig.stores->view().take(snapshot(9, "x")));
    rig.open();
    CHECK(rig.stores->view().applied().version == 9);
    REQUIRE(rig.outbox().append(rig.scan()));
    CHECK(fact_of(rig.pending()[0]).view == 9);
    REQUIRE(rig.stores->view().set_locked(true));
    rig.open();
    CHECK(rig.stores->view().locked());
}

TEST_CASE("identity and keys are read back as saved, and a missing or damaged file is named") {
    TempDir dir;
    const agent::store::IdentityFiles files(dir.path());
    CHECK(agent::store::load_identity(files).error().kind == core::ErrorKind::not_found);
    const agent::store::Identity identity{core::DeviceId::random(), "https://central.example", core::Hash{{7}},
                                          "broker.example", 8883};
    REQUIRE(agent::store::save_identity(files, identity));
    CHECK(agent::store::load_identity(files).value() == identity);
    const auto key = agent::store::ensure_record_key(files).value().public_key();
    CHECK(agent::store::ensure_record_key(files).value().public_key() == key);
    const auto tls = agent::store::ensure_tls_key(files).value().public_key();
    CHECK(agent::store::load_tls_key(files).value().public_key() == tls);
    REQUIRE(agent::store::save_text(files.identity(), "{\"device\":\"no\"}"));
    CHECK(agent::store::load_identity(files).error().kind == core::ErrorKind::invalid);
}
