#include "shared/wire/floor_rows.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_number_bytes = 32, max_code_bytes = 64, max_cell_bytes = 80, max_name_bytes = 1200;

template <typename Row>
core::Result<Row> decode_with(core::ByteView body, std::string_view name, void (*read)(const Value&, Row&)) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error();
    Faults faults;
    Row row;
    read(Value(faults, &*tree, name), row);
    return faults.finish(std::move(row));
}

// What cannot be read back must not be sent.
template <typename Row>
core::Bytes checked(const CborMap& map, core::Result<Row> (*decode)(core::ByteView)) {
    auto bytes = map.encode();
    if (const auto read = decode(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

template <typename Row>
CborMap way_map(const Row& row) {
    CborMap map;
    map.uint("kind", static_cast<std::uint64_t>(row.goal));
    if (row.to) map.bytes("id", row.to->bytes());
    return map;
}

CborMap goal_map(const FloorRow& row) {
    auto map = way_map(row);
    if (!row.cell.empty()) map.text("cell", row.cell);
    if (row.place != 0) map.uint("place", row.place);
    return map;
}

template <typename Row>
void read_way(const Value& map, Row& row) {
    const auto kind = map.get("kind").uint();
    const auto last_known = static_cast<std::uint64_t>(FloorGoal::damaged);
    row.goal = kind <= last_known ? static_cast<FloorGoal>(kind) : FloorGoal::none;
    row.to = map.maybe("id").maybe_fixed<model::HolderId>();
}

void read_goal(const Value& map, FloorRow& row) {
    read_way(map, row);
    if (const auto cell = map.maybe("cell")) row.cell = cell.text(1, max_cell_bytes);
    if (const auto place = map.maybe("place")) row.place = place.uint(1);
}

void read_floor(const Value& map, FloorRow& row) {
    row.order = map.get("order").fixed<model::OrderId>();
    row.order_number = map.get("order_number").text(1, max_number_bytes);
    row.number = map.get("number").uint32(1);
    row.of = map.get("of").uint32(1);
    for (const auto& code : map.get("codes").items(1, 8)) row.codes.push_back(code.text(1, max_code_bytes));
    row.version = map.get("version").uint();
    row.holder = read_holder(map.get("holder"));
    read_goal(map.get("goal"), row);
    row.registry = map.maybe("registry").maybe_fixed<model::RegistryId>();
    row.told_by = map.maybe("told_by").maybe_fixed<model::CourierId>();
    row.bag = map.maybe("bag").maybe_fixed<model::BagId>();
    row.has_arrived = map.get("arrived").boolean();
    row.is_cancelled = map.get("cancelled").boolean();
    row.is_damaged = map.get("damaged").boolean();
}

void read_crew(const Value& map, CrewRow& row) {
    row.code = map.get("code").text(1, 12);
    row.name = map.get("name").text(1, max_name_bytes);
    row.is_blocked = map.get("blocked").boolean();
}

void read_registry(const Value& map, RegistryRow& row) {
    row.number = map.get("number").text(1, max_number_bytes);
    row.sender = map.get("sender").text(1, max_name_bytes);
    row.expected = map.get("expected").uint();
    row.arrived = map.get("arrived").uint();
    row.extra = map.get("extra").uint();
}

void read_bag(const Value& map, BagRow& row) {
    row.number = map.get("number").text(1, max_number_bytes);
    read_way(map.get("goal"), row);
    row.is_closed = map.get("closed").boolean();
    row.parcels = map.get("parcels").uint();
}

}  // namespace

core::Result<FloorRow> decode_floor_row(core::ByteView body) {
    return decode_with<FloorRow>(body, "floor", read_floor);
}
core::Result<CrewRow> decode_crew_row(core::ByteView body) { return decode_with<CrewRow>(body, "crew", read_crew); }
core::Result<RegistryRow> decode_registry_row(core::ByteView body) {
    return decode_with<RegistryRow>(body, "registry", read_registry);
}
core::Result<BagRow> decode_bag_row(core::ByteView body) { return decode_with<BagRow>(body, "bag", read_bag); }

core::Bytes encode(const FloorRow& row) {
    CborMap map;
    map.bytes("order", row.order.bytes()).text("order_number", row.order_number);
    map.uint("number", row.number).uint("of", row.of).uint("version", row.version);
    map.map("holder", holder_map(row.holder)).map("goal", goal_map(row));
    if (row.registry) map.bytes("registry", row.registry->bytes());
    if (row.told_by) map.bytes("told_by", row.told_by->bytes());
    if (row.bag) map.bytes("bag", row.bag->bytes());
    map.boolean("arrived", row.has_arrived).boolean("cancelled", row.is_cancelled).boolean("damaged", row.is_damaged);
    CborWriter codes;
    codes.array(row.codes.size());
    for (const auto& code : row.codes) codes.text(code);
    map.item("codes", codes.take());
    return checked(map, decode_floor_row);
}

core::Bytes encode(const CrewRow& row) {
    return checked(CborMap{}.text("code", row.code).text("name", row.name).boolean("blocked", row.is_blocked),
                   decode_crew_row);
}

core::Bytes encode(const RegistryRow& row) {
    CborMap map;
    map.text("number", row.number).text("sender", row.sender);
    map.uint("expected", row.expected).uint("arrived", row.arrived).uint("extra", row.extra);
    return checked(map, decode_registry_row);
}

core::Bytes encode(const BagRow& row) {
    CborMap map;
    map.text("number", row.number).map("goal", way_map(row));
    map.boolean("closed", row.is_closed).uint("parcels", row.parcels);
    return checked(map, decode_bag_row);
}

}  // namespace plus7::wire
