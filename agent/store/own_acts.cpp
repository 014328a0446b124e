#include "agent/store/own_acts.hpp"

#include "agent/store/note_list.hpp"
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
    if (act.transfer) map.bytes("transfer", act.transfer->bytes());
    if (!act.whom.empty()) map.text("whom", act.whom);
    if (act.again) map.time("again_from_ms", act.again->from).time("again_to_ms", act.again->to);
    if (act.bag) map.bytes("bag", act.bag->bytes());
    if (act.view != 0) map.uint("view", act.view);
    return map.encode();
}

OwnAct read_act(const wire::Value& map) {
    OwnAct act;
    act.event = map.get("event").fixed<core::EventId>();
    act.kind = static_cast<ActKind>(map.get("kind").uint(1, 5));
    act.from = wire::read_holder(map.get("from"));
    act.to = wire::read_holder(map.get("to"));
    act.version = map.get("version").uint();
    act.at = map.get("at_ms").time();
    act.undone = map.get("undone").boolean();
    act.visit = map.maybe("visit").maybe_fixed<model::VisitId>();
    if (const auto reason = map.maybe("reason")) act.reason = reason.text(1, 32);
    if (const auto code = map.maybe("code")) act.code = code.text(1, 64);
    act.transfer = map.maybe("transfer").maybe_fixed<model::TransferId>();
    if (const auto whom = map.maybe("whom")) act.whom = whom.text(1, 12);
    if (const auto from = map.maybe("again_from_ms"))
        act.again = model::AttemptFailed::Again{from.time(), map.get("again_to_ms").time()};
    act.bag = map.maybe("bag").maybe_fixed<model::BagId>();
    if (const auto view = map.maybe("view")) act.view = view.uint();
    return act;
}

}  // namespace

bool is_damage_note(std::string_view text) { return wire::is_damage_note(text); }

std::string own_acts_note(const model::ParcelId& parcel) { return std::string(own_acts_prefix) + parcel.hex(); }

std::optional<model::ParcelId> parcel_of_note(std::string_view name) {
    return id_of_note<model::ParcelId>(name, own_acts_prefix);
}

core::Bytes encode(const std::vector<OwnAct>& acts) { return encode_list(acts, most_own_acts, encode_act); }

std::vector<OwnAct> own_acts_from(core::ByteView note) { return list_from(note, most_own_acts, read_act); }

}  // namespace plus7::agent::store
