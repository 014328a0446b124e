#include "agent/handheld/work_json.hpp"

#include <nlohmann/json.hpp>

#include "agent/app/money.hpp"
#include "shared/core/uuid.hpp"
#include "shared/model/attempt_reasons.hpp"

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;

json holder_json(const model::Holder& holder) {
    json object{{"kind", model::name_of(holder.kind)}};
    if (!holder.id.is_zero()) object["id"] = holder.id.hex();
    return object;
}

json place_json(const std::optional<core::LatLon>& place) {
    if (!place) return nullptr;
    return {{"lat", place->lat}, {"lon", place->lon}};
}

json time_json(const std::optional<core::TimeMs>& time) { return time ? json(core::count(*time)) : json(nullptr); }

// `self` when it was done: what came to him was taken, everything else given.
json act_json(const store::OwnAct* act, const std::optional<model::Holder>& self) {
    if (act == nullptr) return nullptr;
    json object{{"what", act->kind == store::ActKind::attempt ? "attempt_failed" : "handover"},
                {"at_ms", core::count(act->at)},
                {"undo_until_ms", core::count(act->at + app::Parcels::undo_within)}};
    if (act->kind == store::ActKind::attempt) {
        object["reason"] = act->reason;
        if (act->again)
            object.update(
                {{"again_from_ms", core::count(act->again->from)}, {"again_to_ms", core::count(act->again->to)}});
    } else
        object.update({{"to", holder_json(act->to)}, {"taken", self && act->to == *self}});
    if (!act->whom.empty()) object["whom"] = act->whom;
    return object;
}

// Cash when nothing is said; any other name is a slip.
model::MoneyWay way_from(const std::string& name) {
    const auto way = model::money_way_from(name);
    if (way == model::MoneyWay::unknown) throw std::invalid_argument("no such way to pay: " + name);
    return way;
}

// What was taken here for the order and stands; undone is the newest taking alone.
json paid_json(const store::WorkTask& task) {
    const auto* last = task.last_money();
    if (last == nullptr) return nullptr;
    return {{"minor", task.paid_minor()},
            {"currency", task.due_currency},
            {"way", model::name_of(last->way)},
            {"at_ms", core::count(last->at)},
            {"undo_until_ms", core::count(last->at + app::Money::undo_within)}};
}

json parcel_json(const store::WorkParcel& parcel, const std::optional<model::Holder>& self) {
    return {{"id", parcel.id.hex()},
            {"number", parcel.number},
            {"codes", parcel.codes},
            {"what", parcel.what},
            {"on_board", self && parcel.holder == *self},
            {"holder", holder_json(parcel.holder)},
            {"last", act_json(parcel.last_act(), self)}};
}

// At a pickup point: what goes to it, or lies there, is its work, whoever carries it now.
bool is_for_point(const store::WorkTask& task, const std::optional<model::Holder>& self) {
    return self && self->kind == model::HolderKind::point && task.point == self->id;
}

json task_json(const store::WorkTask& task, const std::optional<model::Holder>& self) {
    json object{{"order", task.order.hex()},
                {"number", task.number},
                {"sender", task.sender},
                {"planned", task.is_planned || is_for_point(task, self)},
                {"incoming", is_for_point(task, self)},
                {"cancelled", task.is_cancelled},
                {"point", task.point ? json(task.point->hex()) : json(nullptr)},
                {"keep_until_ms", time_json(task.keep_until)},
                {"name", task.name},
                {"phone", task.phone},
                {"address", task.address},
                {"entrance", task.entrance},
                {"floor", task.floor},
                {"intercom", task.intercom},
                {"comment", task.comment},
                {"place", place_json(task.where)},
                {"from_ms", time_json(task.from)},
                {"to_ms", time_json(task.to)},
                {"due", nullptr},
                {"paid", paid_json(task)},
                {"proof", json::array()},
                {"parcels", json::array()}};
    if (task.due_minor > 0) object["due"] = {{"minor", task.due_minor}, {"currency", task.due_currency}};
    for (const auto kind : task.proof) object["proof"].push_back(model::name_of(kind));
    for (const auto& parcel : task.parcels) object["parcels"].push_back(parcel_json(parcel, self));
    return object;
}

json site_json(const store::WorkSite& site) {
    return {{"id", site.holder.id.hex()},
            {"kind", model::name_of(site.holder.kind)},
            {"name", site.name},
            {"address", site.address},
            {"place", place_json(site.where)}};
}

core::Hash hash_from(const json& value) {
    const auto bytes = core::from_hex(value.get<std::string>());
    const auto hash = bytes ? core::Hash::from(*bytes) : std::nullopt;
    if (!hash) throw std::invalid_argument("a SHA-256 has 64 hex digits");
    return *hash;
}

model::Proof proof_from(const json& value) {
    const auto name = value.at("kind").get<std::string>();
    model::Proof proof;
    proof.kind = model::proof_kind_from(name);
    if (proof.kind == model::ProofKind::unknown) throw std::invalid_argument("no such kind of proof: " + name);
    if (value.contains("blob")) proof.blob = hash_from(value.at("blob"));
    return proof;
}

void forget_person(store::WorkTask& task) {
    for (auto* text :
         {&task.name, &task.phone, &task.address, &task.entrance, &task.floor, &task.intercom, &task.comment})
        text->clear();
    task.where.reset();
}

}  // namespace

std::string work_json(const store::Work& work, const app::Codes& codes, const std::optional<model::Holder>& self,
                      bool at_work) {
    json object{
        {"tasks", json::array()}, {"done", json::array()}, {"sites", json::array()}, {"reasons", json::array()}};
    for (auto& task : work.tasks()) {
        if (!at_work) forget_person(task);
        auto shown = task_json(task, self);
        shown["code"] = {{"known", codes.knows(task.order)}, {"tries_left", codes.tries_left(task.order)}};
        object["tasks"].push_back(std::move(shown));
    }
    for (const auto& parcel : work.done()) object["done"].push_back(parcel_json(parcel, self));
    for (const auto& site : work.sites()) object["sites"].push_back(site_json(site));
    for (const auto& reason : model::attempt_reasons)
        object["reasons"].push_back({{"name", reason.name}, {"photo", reason.needs_photo}, {"calls", reason.calls}});
    return object.dump();
}

std::string blob_json(const core::Hash& sha) { return json{{"sha256", sha.hex()}}.dump(); }

std::string qr_json(std::string_view code, std::string_view svg) { return json{{"code", code}, {"svg", svg}}.dump(); }

std::string saved_json(const std::vector<core::EventId>& events) {
    json object{{"saved", json::array()}};
    for (const auto& event : events) object["saved"].push_back(core::to_uuid_text(event));
    return object.dump();
}

core::Result<WorkRequest> read_work_request(std::string_view body) {
    try {
        const auto object = json::parse(body);
        WorkRequest request;
        request.parcels = object.value("parcels", std::vector<std::string>{});
        request.site = object.value("site", "");
        request.reason = object.value("reason", "");
        request.order = object.value("order", "");
        request.currency = object.value("currency", "");
        request.way = way_from(object.value("way", "cash"));
        request.code = object.value("code", "");
        request.minor = object.value("minor", std::int64_t{0});
        request.calls = object.value("calls", std::uint8_t{0});
        for (const auto& proof : object.value("proofs", json::array())) request.proofs.push_back(proof_from(proof));
        for (const auto& photo : object.value("photos", json::array())) request.photos.push_back(hash_from(photo));
        if (object.contains("again_from_ms"))
            request.again = {core::time_ms(object.at("again_from_ms").get<std::int64_t>()),
                             core::time_ms(object.at("again_to_ms").get<std::int64_t>())};
        return request;
    } catch (const json::exception&) {
        return core::invalid("the request cannot be read");
    } catch (const std::invalid_argument& error) {
        return core::invalid(error.what());
    }
}

}  // namespace plus7::agent::handheld
