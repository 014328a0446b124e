#include "shared/wire/floor_rows.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::filled;
using plus7::test::hex;

namespace {

wire::FloorRow parcel() {
    wire::FloorRow row;
    row.order = filled<model::OrderId>(1);
    row.order_number = "A-10234";
    row.number = 2;
    row.of = 3;
    row.codes = {"A-10234-2", "4600000000015"};
    row.version = 7;
    row.holder = {model::HolderKind::depot, filled<model::HolderId>(2)};
    row.goal = wire::FloorGoal::courier;
    row.to = filled<model::HolderId>(3);
    row.cell = "А-3";
    row.place = 4;
    row.registry = filled<model::RegistryId>(4);
    row.told_by = filled<model::CourierId>(5);
    row.bag = filled<model::BagId>(6);
    row.has_arrived = true;
    row.is_cancelled = true;
    row.is_damaged = true;
    return row;
}

}  // namespace

TEST_CASE("rows of a depot's floor read as they were written") {
    CHECK(wire::decode_floor_row(wire::encode(parcel())).value() == parcel());
    wire::FloorRow bare;
    bare.order_number = "A-1";
    bare.codes = {"A-1-1"};
    bare.holder = {model::HolderKind::seller, {}};
    CHECK(wire::decode_floor_row(wire::encode(bare)).value() == bare);
    const wire::BagRow bag{"BAG-10001", wire::FloorGoal::depot, filled<model::HolderId>(3), true, 12};
    CHECK(wire::decode_bag_row(wire::encode(bag)).value() == bag);
    const wire::CrewRow courier{"C-017", "Борис Берёза", true};
    CHECK(wire::decode_crew_row(wire::encode(courier)).value() == courier);
    const wire::RegistryRow registry{"R-101", "Лавка", 60, 59, 2};
    CHECK(wire::decode_registry_row(wire::encode(registry)).value() == registry);
}

TEST_CASE("the bytes of a row of the floor never change") {
    CHECK(wire::encode(wire::CrewRow{"C-1", "B", false}) ==
          hex("a3 64636f6465 63432d31 646e616d65 6142 67626c6f636b6564 f4"));
    CHECK(
        wire::encode(wire::RegistryRow{"R-1", "L", 3, 2, 1}) ==
        hex("a5 656578747261 01 666e756d626572 63522d31 6673656e646572 614c 676172726976656402 68657870656374656403"));
    wire::FloorRow row;
    row.order = filled<model::OrderId>(1);
    row.order_number = "A-1";
    row.codes = {"A-1-1"};
    row.version = 1;
    row.holder = {model::HolderKind::seller, {}};
    row.goal = wire::FloorGoal::back;
    CHECK(wire::encode(row) ==
          hex("ab 626f6601 64676f616c a1 646b696e6404 65636f646573 81 65412d312d31 656f72646572 50"
              "01010101010101010101010101010101 66686f6c646572 a1 646b696e6401 666e756d62657201 67617272697665 64f4"
              "6764616d61676564f4 6776657273696f6e01 6963616e63656c6c6564f4 6c6f726465725f6e756d626572 63412d31"));
}

TEST_CASE("where a later version sends a parcel reads as nobody knows, and unknown members are passed over") {
    wire::CborMap map;
    map.bytes("order", filled<model::OrderId>(1).bytes()).text("order_number", "A-1").uint("number", 1).uint("of", 1);
    map.uint("version", 1).map("holder", wire::holder_map({model::HolderKind::seller, {}}));
    map.map("goal", wire::CborMap{}.uint("kind", 99).text("gate", "7"));
    map.boolean("arrived", false).boolean("cancelled", false).boolean("damaged", false).text("weight", "2 kg");
    map.item("codes", wire::CborWriter{}.array(1).text("A-1-1").take());
    const auto row = wire::decode_floor_row(map.encode());
    REQUIRE(row);
    CHECK(row->goal == wire::FloorGoal::none);
}

TEST_CASE("what no handheld could read is not sent") {
    auto row = parcel();
    row.codes.clear();
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
    row = parcel();
    row.codes.assign(9, "A");
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
    row = parcel();
    row.number = 0;
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode(wire::CrewRow{"", "Борис", false}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode(wire::RegistryRow{"R-1", "", 0, 0, 0}), std::invalid_argument);
}
