#include "central/store/custody_codec.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::central::store {
namespace {

using wire::CborMap;
using wire::CborWriter;
using wire::Value;

constexpr std::size_t most_items = 10'000;

core::Bytes step_bytes(const model::Step& step) {
    CborMap map;
    map.bytes("event", step.event.bytes()).text("source", step.source).uint("knew", step.knew);
    map.map("from", wire::holder_map(step.from)).map("to", wire::holder_map(step.to));
    map.uint("version", step.version).uint("half", static_cast<std::uint64_t>(step.half));
    map.uint("leg", static_cast<std::uint64_t>(step.leg)).boolean("undone", step.undone);
    if (step.transfer) map.bytes("transfer", step.transfer->bytes());
    return map.encode();
}

model::Step read_step(const Value& map) {
    model::Step step;
    step.event = map.get("event").fixed<core::EventId>();
    step.source = map.get("source").text(0, 64);
    step.knew = map.get("knew").uint();
    step.from = wire::read_holder(map.get("from"));
    step.to = wire::read_holder(map.get("to"));
    step.version = map.get("version").uint();
    step.half = static_cast<model::Half>(map.get("half").uint(0, 2));
    step.leg = static_cast<model::Leg>(map.get("leg").uint(0, 4));
    step.undone = map.get("undone").boolean();
    step.transfer = map.maybe("transfer").maybe_fixed<model::TransferId>();
    return step;
}

core::Bytes attempt_bytes(const FailedAttempt& attempt) {
    return CborMap{}
        .bytes("event", attempt.event.bytes())
        .map("by", wire::holder_map(attempt.by))
        .bytes("after", attempt.after.bytes())
        .boolean("undone", attempt.undone)
        .encode();
}

FailedAttempt read_attempt(const Value& map) {
    return {map.get("event").fixed<core::EventId>(), wire::read_holder(map.get("by")),
            map.get("after").fixed<core::EventId>(), map.get("undone").boolean()};
}

core::Bytes damage_bytes(const DamageNote& damage) {
    return CborMap{}.bytes("event", damage.event.bytes()).boolean("undone", damage.undone).encode();
}

DamageNote read_damage(const Value& map) {
    return {map.get("event").fixed<core::EventId>(), map.get("undone").boolean()};
}

template <typename Items, typename Encode>
core::Bytes list(const Items& items, Encode encode) {
    CborWriter writer;
    writer.array(items.size());
    for (const auto& item : items) writer.item(encode(item));
    return writer.take();
}

core::Bytes number_bytes(std::size_t number) { return CborWriter{}.uint(number).take(); }

}  // namespace

core::Bytes custody_state(const CustodyRow& row) {
    const auto& custody = row.custody;
    CborMap map;
    map.item("steps", list(custody.steps, step_bytes)).item("way", list(custody.way, number_bytes));
    map.item("attempts", list(row.attempts, attempt_bytes))
        .uint("missing", static_cast<std::uint64_t>(custody.missing));
    map.boolean("clear", custody.is_clear).boolean("cancelled", row.is_cancelled).boolean("back", row.goes_back);
    if (row.planned) map.text("planned", *row.planned);
    // Written only when there is one: rows of before stay as they are, and a rebuild gives the same bytes.
    if (!row.damages.empty()) map.item("damages", list(row.damages, damage_bytes));
    return map.encode();
}

void read_custody_state(core::ByteView state, CustodyRow& row) {
    const auto tree = wire::read_cbor(state, {.bytes = std::size_t{1} << 24});
    if (!tree) throw std::logic_error("custody.state: " + tree.error().message);
    wire::Faults faults;
    const Value map(faults, &*tree, "custody.state");
    for (const auto& step : map.get("steps").items(0, most_items)) row.custody.steps.push_back(read_step(step));
    for (const auto& index : map.get("way").items(0, most_items)) row.custody.way.push_back(index.uint());
    for (const auto& attempt : map.get("attempts").items(0, most_items)) row.attempts.push_back(read_attempt(attempt));
    row.custody.missing = static_cast<int>(map.get("missing").uint(0, most_items));
    row.custody.is_clear = map.get("clear").boolean();
    row.is_cancelled = map.get("cancelled").boolean();
    row.goes_back = map.get("back").boolean();
    if (const auto damages = map.maybe("damages"))
        for (const auto& damage : damages.items(1, most_items)) row.damages.push_back(read_damage(damage));
    if (const auto planned = map.maybe("planned")) row.planned = planned.text(1, 64);
    if (faults.any()) throw std::logic_error("custody.state: " + faults.first().message);
}

}  // namespace plus7::central::store
