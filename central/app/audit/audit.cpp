#include "central/app/audit/audit.hpp"

#include <chrono>

#include "shared/core/uuid.hpp"

namespace plus7::central::app::audit {
namespace {

using LookWindow = std::chrono::duration<std::int64_t, std::ratio<15 * 60>>;

std::string name_of(ActorKind kind) {
    switch (kind) {
        case ActorKind::staff:
            return "staff";
        case ActorKind::device:
            return "device";
        case ActorKind::system:
            return "system";
        case ActorKind::anonymous:
            return "anonymous";
        case ActorKind::token:
            return "token";
    }
    return "system";
}

std::string name_of(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::staff:
            return "staff";
        case SubjectKind::courier:
            return "courier";
        case SubjectKind::device:
            return "device";
        case SubjectKind::session:
            return "session";
        case SubjectKind::order:
            return "order";
        case SubjectKind::site:
            return "site";
        case SubjectKind::zone:
            return "zone";
        case SubjectKind::slot:
            return "slot";
        case SubjectKind::tariff:
            return "tariff";
        case SubjectKind::token:
            return "token";
        case SubjectKind::webhook:
            return "webhook";
        case SubjectKind::registry:
            return "registry";
        case SubjectKind::system:
            return "system";
    }
    return "system";
}

std::string name_of(Look look) {
    switch (look) {
        case Look::live:
            return "live";
        case Look::track:
            return "track";
        case Look::events:
            return "events";
    }
    return "live";
}

}  // namespace

Actor staff_actor(std::string staff_id, std::string address) {
    return {ActorKind::staff, std::move(staff_id), std::move(address)};
}

Actor device_actor(std::string device_id) { return {ActorKind::device, std::move(device_id), std::nullopt}; }

Actor anonymous_actor(std::string address) { return {ActorKind::anonymous, std::nullopt, std::move(address)}; }

Actor token_actor(std::string token_id, std::string address) {
    return {ActorKind::token, std::move(token_id), std::move(address)};
}

void record(core::Tx& tx, const Entry& entry, core::TimeUs now) {
    store::AuditRow row;
    row.audit_id = core::uuid_v7(std::chrono::floor<std::chrono::milliseconds>(now));
    row.at = now;
    row.who_kind = name_of(entry.who.kind);
    row.who_id = entry.who.id;
    row.action = entry.action;
    if (entry.subject) {
        row.subject_kind = name_of(entry.subject->kind);
        row.subject_id = entry.subject->id;
    }
    row.ok = entry.ok;
    row.detail = store::to_json(entry.detail);
    row.address = entry.who.address;
    store::insert_audit(tx, row);
}

bool record_look(core::Tx& tx, const Actor& viewer, const std::string& courier_id, Look look, core::TimeUs now,
                 const std::optional<Shown>& shown) {
    const core::TimeUs window = std::chrono::floor<LookWindow>(now);
    auto what = name_of(look);
    std::vector<Detail> detail;
    if (shown) {
        const auto text = [](core::TimeUs time) {
            return core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(time));
        };
        what += " " + text(shown->from).substr(0, 10);  // the day
        detail = {{"from", text(shown->from)}, {"to", text(shown->to)}};
    }
    if (!store::insert_position_look(tx, courier_id, viewer.id.value_or(""), what, window)) return false;
    record(tx,
           {viewer, "courier." + name_of(look) + "_seen", Subject{SubjectKind::courier, courier_id}, std::move(detail)},
           now);
    return true;
}

std::size_t record_looks(core::Tx& tx, const Actor& viewer, std::span<const std::string> courier_ids, Look look,
                         core::TimeUs now) {
    std::size_t added = 0;
    for (const auto& courier : courier_ids) added += record_look(tx, viewer, courier, look, now) ? 1 : 0;
    return added;
}

std::vector<Line> entries(core::Tx& tx, const Query& query) { return store::audit_entries(tx, query); }

}  // namespace plus7::central::app::audit
