// What central's view tells of people lies sealed in core.db, and is gone with the key's file.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "shared/crypto/secret_file.hpp"
#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr std::string_view name = "Ivan Primerov, invented";
const wire::RowKey recipient{wire::RowKind::recipient, {}};

bool file_holds(const std::string& path, std::string_view text) {
    std::ifstream file(path, std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(file), {});
    return content.find(text) != std::string::npos;
}

bool core_holds(const StoreRig& rig, std::string_view text) {
    return file_holds(rig.dir.file("core.db"), text) || file_holds(rig.dir.file("core.db-wal"), text);
}

wire::ViewPart snapshot(std::uint64_t version, std::uint32_t part = 1, std::uint32_t parts = 1) {
    wire::ViewDelta delta{0, version, {{recipient, version, core::copy_of(core::view_of(name))}}, {}, {}};
    wire::toggle_row(delta.hash, wire::row_hash(delta.put.front()));
    if (part > 1) delta.put.clear();
    return {part, parts, delta};
}

void hand(StoreRig& rig) {
    const auto keep = [&](core::Tx& tx) {
        return rig.stores->view().put_handed(tx, {{recipient, core::copy_of(core::view_of(name))}}, {});
    };
    REQUIRE(rig.outbox().append(rig.scan(), keep));
}

}  // namespace

TEST_CASE("rows of the view, parts of one and a colleague's rows are read back, and no file holds their text") {
    StoreRig rig;
    hand(rig);
    REQUIRE(rig.stores->view().row(recipient));
    CHECK_FALSE(core_holds(rig, name));
    CHECK_FALSE(rig.stores->view().take(snapshot(3, 1, 2)).value());
    CHECK_FALSE(core_holds(rig, name));
    REQUIRE(rig.stores->view().take(snapshot(3, 2, 2)).value());
    rig.open();
    CHECK(core::text_of(rig.stores->view().row(recipient)->body) == name);
    CHECK(rig.stores->view().rows(wire::RowKind::recipient).size() == 1);
    CHECK_FALSE(core_holds(rig, name));
}

TEST_CASE("without the key's file, or with another key, the view is empty and asks central for all of it") {
    StoreRig rig;
    for (const bool other : {false, true}) {
        hand(rig);
        REQUIRE(rig.stores->view().take(snapshot(3)));
        rig.close();
        REQUIRE(crypto::destroy_secret_file(rig.dir.file("view.key")));
        if (other) REQUIRE(crypto::write_secret_file(rig.dir.file("view.key"), core::Bytes(31, 1)));
        rig.open();
        CHECK(rig.stores->view().applied() == wire::ViewApplied{});
        CHECK_FALSE(rig.stores->view().row(recipient));
        REQUIRE(rig.stores->view().take(snapshot(4)));
        CHECK(rig.stores->view().row(recipient));
    }
}

TEST_CASE("the key is this user's alone: a file that others may read is refused, and nothing is deleted") {
    StoreRig rig;
    REQUIRE(rig.stores->view().take(snapshot(3)));
    rig.close();
    const auto key = rig.dir.file("view.key");
    std::filesystem::permissions(key, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    const auto refused = agent::store::Stores::open({rig.dir.path(), 0, rig.stamp()}, rig.device, rig.key);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("chmod 600") != std::string::npos);
    std::filesystem::permissions(key, std::filesystem::perms::group_read, std::filesystem::perm_options::remove);
    rig.open();
    CHECK(rig.stores->view().row(recipient));
}

TEST_CASE("a wipe destroys the key before it deletes a row, and the next start ends what was cut") {
    StoreRig rig;
    REQUIRE(rig.stores->view().take(snapshot(3)));
    REQUIRE(rig.stores->view().set_locked(true));
    {
        const FileSizeLimit full(512);
        CHECK_FALSE(rig.stores->view().wipe());
    }
    CHECK_FALSE(std::filesystem::exists(rig.dir.file("view.key")));
    CHECK_FALSE(rig.stores->view().row(recipient));
    rig.open();
    CHECK_FALSE(rig.stores->view().wipe_due());
    CHECK(rig.stores->view().locked());
    CHECK(rig.stores->view().applied() == wire::ViewApplied{});
}

TEST_CASE("a locked handheld keeps no row that a colleague gives") {
    StoreRig rig;
    REQUIRE(rig.stores->view().set_locked(true));
    hand(rig);
    CHECK_FALSE(rig.stores->view().row(recipient));
    CHECK(rig.pending().size() == 1);
}
