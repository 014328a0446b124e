// Who looked at the courier's place, as the handheld's page reads it.
#include <doctest/doctest.h>

#include "agent/store/work.hpp"
#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

wire::ViewRow row_of(std::int64_t day, const std::string& name, std::uint64_t version) {
    const auto at = core::time_ms(day * 86'400'000);
    return {wire::access_key(day), version,
            wire::encode(wire::AccessRow{{{name, "dispatcher", wire::LookKind::live, at, at, {}, {}}}})};
}

wire::ViewPart part_of(std::vector<wire::ViewRow> rows) {
    wire::ViewDelta delta{0, 1, std::move(rows), {}, {}};
    for (const auto& row : delta.put) wire::toggle_row(delta.hash, wire::row_hash(row));
    return {1, 1, delta};
}

}  // namespace

TEST_CASE("the looks of all days are given, the newest first; a row that cannot be read takes no other with it") {
    StoreRig rig;
    const agent::store::Work work(rig.stores->view(), rig.stores->outbox());
    CHECK(work.looks().empty());
    const wire::ViewRow broken{wire::access_key(20'001), 1, core::Bytes{0x80}};
    REQUIRE(rig.stores->view().take(part_of({row_of(20'000, "Анна", 1), broken, row_of(20'002, "Борис", 1)})));
    const auto looks = work.looks();
    REQUIRE(looks.size() == 2);
    CHECK(looks[0].name == "Борис");
    CHECK(looks[1].name == "Анна");
    CHECK(looks[1].role == "dispatcher");
    CHECK(looks[1].from == core::time_ms(20'000LL * 86'400'000));
}
