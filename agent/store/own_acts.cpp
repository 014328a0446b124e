#include "agent/store/own_acts.hpp"

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::agent::store {
namespace {

core::Bytes encode_act(const OwnAct& act) {
    wire::CborMap map;
    map.bytes("event", act.event.bytes()).uint("kind", static_cast<std::uint64_t>(act.kind));
    map.map("from", wire::holder_map(act.from)).map("to", wire::holder_map(act.to));
    map.uint("version", act.version).time("at_ms", act.at).boolean("undone", act.undone);
    if (act.visit) map.bytes("visit", act.visit->bytes());
    if (!act.reason.empty()) map.text("reason", act.reason);
    if (!act.code.empty()) map.text("code", act.code);
    return map.encode();
}

OwnAct read_act(const wire::Value& map) {
    OwnAct act;
    act.event = map.get("event").fixed<core::EventId>();
    act.kind = static_cast<ActKind>(map.get("kind").uint(1, 3));
    act.from = wire::read_holder(map.get("from"));
    act.to = wire::read_holder(map.get("to"));
    act.version = map.get("version").uint();
    act.at = map.get("at_ms").time();
    act.undone = map.get("undone").boolean();
    act.visit = map.maybe("visit").maybe_fixed<model::VisitId>();
    if (const auto reason = map.maybe("reason")) act.reason = reason.text(1, 32);
    if (const auto code = map.maybe("code")) act.code = code.text(1, 64);
    return act;
}

}  // namespace

std::string own_acts_note(const model::ParcelId& parcel) { return std::string(own_acts_prefix) + parcel.hex(); }

std::optional<model::ParcelId> parcel_of_note(std::string_view name) {
    if (!name.starts_with(own_acts_prefix)) return std::nullopt;
    const auto bytes = core::from_hex(name.substr(own_acts_prefix.size()));
    return bytes ? model::ParcelId::from(*bytes) : std::nullopt;
}

core::Bytes encode(const std::vector<OwnAct>& acts) {
    const auto skipped = acts.size() > most_own_acts ? acts.size() - most_own_acts : 0;
    wire::CborWriter list;
    list.array(acts.size() - skipped);
    for (std::size_t at = skipped; at < acts.size(); ++at) list.item(encode_act(acts[at]));
    return list.take();
}

std::vector<OwnAct> own_acts_from(core::ByteView note) {
    const auto tree = wire::read_cbor(note);
    if (!tree) return {};
    wire::Faults faults;
    std::vector<OwnAct> acts;
    for (const auto& item : wire::Value(faults, &*tree, "own acts").items(0, most_own_acts))
        acts.push_back(read_act(item));
    return faults.any() ? std::vector<OwnAct>{} : acts;
}

}  // namespace plus7::agent::store
