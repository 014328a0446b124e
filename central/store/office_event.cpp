#include "central/store/office_event.hpp"

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::central::store {
namespace {

constexpr std::size_t max_text = 1000;

void put(wire::CborMap& map, std::string_view key, const std::optional<std::string>& value) {
    if (value) map.text(key, *value);
}

std::optional<std::string> maybe(const wire::Value& map, std::string_view key) {
    const auto value = map.maybe(key);
    if (!value) return std::nullopt;
    return value.text(0, max_text);
}

wire::CborMap move_map(const OfficeMove& move) {
    wire::CborMap map;
    map.map("from", wire::holder_map(move.from)).map("to", wire::holder_map(move.to));
    return map.uint("leg", static_cast<std::uint64_t>(move.leg)).uint("knew", move.knew);
}

std::optional<OfficeMove> maybe_move(const wire::Value& map) {
    const auto value = map.maybe("move");
    if (!value) return std::nullopt;
    return OfficeMove{wire::read_holder(value.get("from")), wire::read_holder(value.get("to")),
                      static_cast<model::Leg>(value.get("leg").uint(0, 4)), value.get("knew").uint()};
}

}  // namespace

core::Bytes encode(const OfficeEvent& event) {
    wire::CborMap map;
    map.text("type", event.type).integer("at_us", core::count(event.at));
    put(map, "staff", event.staff);
    put(map, "order", event.order);
    put(map, "courier", event.courier);
    put(map, "reason", event.reason);
    if (event.corrects) map.bytes("corrects", event.corrects->bytes());
    if (event.move) map.map("move", move_map(*event.move));
    if (event.transfer) map.bytes("transfer", event.transfer->bytes());
    return map.encode();
}

core::Result<OfficeEvent> decode_office_event(core::ByteView bytes) {
    const auto tree = wire::read_cbor(bytes);
    if (!tree) return tree.error();
    wire::Faults faults;
    const wire::Value map(faults, &*tree, "office event");
    OfficeEvent event;
    event.type = map.get("type").text(1, 48);
    event.at = core::time_us(map.get("at_us").integer());
    event.staff = maybe(map, "staff");
    event.order = maybe(map, "order");
    event.courier = maybe(map, "courier");
    event.reason = maybe(map, "reason");
    event.corrects = map.maybe("corrects").maybe_fixed<core::EventId>();
    event.move = maybe_move(map);
    event.transfer = map.maybe("transfer").maybe_fixed<model::TransferId>();
    return faults.finish(std::move(event));
}

}  // namespace plus7::central::store
