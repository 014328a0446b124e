// Full disks and broken files: said honestly, and recording goes on.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "agent/store/storage_ladder.hpp"
#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::store::StorageStep;

namespace {

void overwrite(const std::string& file, std::size_t from, std::size_t bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(from));
    const std::string junk(bytes, '\x5a');
    out.write(junk.data(), static_cast<std::streamsize>(junk.size()));
}

std::vector<std::string> types(StoreRig& rig) {
    std::vector<std::string> all;
    for (const auto& record : rig.pending()) all.push_back(fact_of(record).type);
    return all;
}

}  // namespace

TEST_CASE("a database that may not grow says 'not saved', keeps what it has, and goes on when there is room") {
    StoreRig rig;
    REQUIRE(rig.outbox().append(rig.scan()));
    rig.stores->core_database().script("PRAGMA max_page_count=1");  // SQLite takes the size it has
    std::uint64_t saved = 1;
    core::Result<agent::store::Saved> last = core::internal("none");
    for (int i = 0; i < 500; ++i) {
        last = rig.outbox().append(rig.scan(std::string(2000, 'x')));
        if (!last) break;
        ++saved;
    }
    REQUIRE_FALSE(last);
    CHECK(last.error().kind == core::ErrorKind::full);
    CHECK(last.error().message.find("not saved") != std::string::npos);
    CHECK(rig.outbox().extent().max == saved);
    rig.stores->core_database().script("PRAGMA max_page_count=100000");
    const auto again = rig.outbox().append(rig.scan());
    REQUIRE(again);
    CHECK(again->seq == saved + 1);
    CHECK(chain_is_whole(rig.pending(), rig.key.public_key()));
}

TEST_CASE("writes that the system refuses are reported as not saved, for facts, positions and blobs") {
    StoreRig rig;
    REQUIRE(rig.outbox().append(rig.scan()));
    rig.drive(10);
    {
        const FileSizeLimit limit(4096);
        const auto refused = rig.outbox().append(rig.scan());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.find("not saved") != std::string::npos);
        CHECK_FALSE(rig.track().finish());
        CHECK_FALSE(rig.blobs().put(core::Bytes(50'000, 1)));
    }
    REQUIRE(rig.outbox().append(rig.scan()));
    REQUIRE(rig.track().finish());
    REQUIRE(rig.blobs().put(core::Bytes(50'000, 1)));
    CHECK(chain_is_whole(rig.pending(), rig.key.public_key()));
    CHECK(rig.outbox().extent().max == 2);
    rig.open();
    CHECK(rig.stores->core_database().check_integrity().ok());
}

TEST_CASE("fixes that found no room are declared as a gap once there is room") {
    StoreRig rig;
    rig.drive(5);
    const auto lost_from = rig.time;
    {
        const FileSizeLimit limit(4096);
        for (int i = 0; i < 700; ++i) {
            rig.time += std::chrono::seconds{2};
            (void)rig.track().add(rig.fix(), rig.time);
        }
    }
    rig.drive(10);
    REQUIRE(rig.track().finish());
    const auto run = rig.track().next_run({}, 1 << 20, 256);
    std::optional<wire::Gap> gap;
    for (const auto& record : run.records) {
        const auto decoded = wire::decode_track_record(record).value();
        if (const auto* found = std::get_if<wire::Gap>(&decoded)) gap = *found;
    }
    REQUIRE(gap);
    CHECK(gap->reason == wire::GapReason::storage);
    CHECK(gap->to - gap->from >= std::chrono::minutes{10});
    CHECK(core::count(gap->from) >= core::count(core::time_ms(1'763'800'200'000) + lost_from) - 30'000);
}

TEST_CASE("the reserve is given up at a full disk, once") {
    StoreRig rig(1 << 20);
    CHECK(rig.stores->reserve().held());
    rig.stores->core_database().script("PRAGMA max_page_count=1");
    for (int i = 0; i < 500; ++i) {
        if (!rig.outbox().append(rig.scan(std::string(2000, 'x')))) break;
    }
    CHECK_FALSE(rig.stores->reserve().held());
    REQUIRE(rig.stores->reserve().ensure());
    CHECK(rig.stores->reserve().held());
}

TEST_CASE("a damaged core.db is moved aside; what can be read of it goes on in a child epoch, and a fact says so") {
    StoreRig rig;
    std::vector<core::EventId> ids;
    for (int i = 0; i < 300; ++i) ids.push_back(rig.outbox().append(rig.scan()).value().id);
    const auto old = rig.outbox().epoch();
    rig.close();
    const auto file = rig.dir.file("core.db");
    const auto size = std::filesystem::file_size(file);
    overwrite(file, size - 8192, 4096);
    rig.open();
    CHECK(std::filesystem::exists(file + ".damaged-1"));
    CHECK(rig.outbox().epoch() != old);
    const auto records = rig.pending();
    CHECK(chain_is_whole(records, rig.key.public_key()));
    CHECK(fact_of(records.back()).type == "device.store_damaged");
    CHECK(rig.outbox().ancestors() == std::vector{old});
    CHECK(records.size() > 100);
    CHECK(fact_of(records.front()).id == ids.front());
    CHECK(rig.track().epoch() == rig.outbox().epoch());
    rig.open();
    CHECK(rig.pending().size() == records.size());
}

TEST_CASE("files that are no databases at all are moved aside, each reported") {
    StoreRig rig;
    REQUIRE(rig.outbox().append(rig.scan()));
    const auto old = rig.outbox().epoch();
    rig.close();
    for (const char* name : {"track.db", "blob.db"}) {
        std::ofstream(rig.dir.file(name), std::ios::binary | std::ios::trunc) << "not a database at all";
        std::filesystem::remove(rig.dir.file(name) + std::string("-wal"));
    }
    rig.open();
    CHECK(types(rig) == std::vector<std::string>{"scan", "device.store_damaged", "device.store_damaged"});
    CHECK(rig.outbox().epoch() != old);
    rig.drive(10);
    CHECK(rig.track().finish().ok());
}

TEST_CASE("an empty core.db whose content is gone begins an epoch without a parent") {
    StoreRig rig;
    REQUIRE(rig.outbox().append(rig.scan()));
    rig.close();
    std::ofstream(rig.dir.file("core.db"), std::ios::binary | std::ios::trunc) << std::string(5000, 'x');
    std::filesystem::remove(rig.dir.file("core.db-wal"));  // what it holds would be rescued
    rig.open();
    CHECK(types(rig) == std::vector<std::string>{"device.store_damaged"});
    CHECK(rig.outbox().ancestors().empty());
}

TEST_CASE("a directory that cannot be written is an error, and nothing is moved") {
    TempDir dir;
    const auto key = crypto::SigningKey::generate();
    const auto missing = agent::store::Stores::open({dir.path() / "missing", 0, {}}, core::DeviceId::random(), key);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::unavailable);
}

TEST_CASE("the storage ladder thins, stops, frees the reserve, and climbs back only with a margin") {
    constexpr std::uint64_t mib = 1 << 20;
    CHECK(agent::store::storage_step(1000 * mib, StorageStep::normal) == StorageStep::normal);
    CHECK(agent::store::storage_step(255 * mib, StorageStep::normal) == StorageStep::thin_tracks);
    CHECK(agent::store::storage_step(95 * mib, StorageStep::normal) == StorageStep::stop_tracks);
    CHECK(agent::store::storage_step(15 * mib, StorageStep::thin_tracks) == StorageStep::free_reserve);
    CHECK(agent::store::storage_step(260 * mib, StorageStep::thin_tracks) == StorageStep::thin_tracks);
    CHECK(agent::store::storage_step(330 * mib, StorageStep::thin_tracks) == StorageStep::normal);
    CHECK(agent::store::storage_step(100 * mib, StorageStep::stop_tracks) == StorageStep::stop_tracks);
    CHECK(agent::store::storage_step(130 * mib, StorageStep::stop_tracks) == StorageStep::thin_tracks);
    CHECK(agent::store::storage_step(130 * mib, StorageStep::free_reserve) == StorageStep::thin_tracks);
}
