// Who did and saw what: an entry is written in the transaction of the act it tells of, so that there is never one
// without the other; a refusal is written in a unit of its own. Entries are only added. Rules; used within a
// transaction.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "central/store/audit_store.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::audit {

enum class ActorKind { staff, device, system, anonymous, token };

struct Actor {
    ActorKind kind = ActorKind::system;
    std::optional<std::string> id;       // of staff, device or token
    std::optional<std::string> address;  // the network address he came from
};
Actor staff_actor(std::string staff_id, std::string address);
Actor device_actor(std::string device_id);
Actor anonymous_actor(std::string address);
Actor token_actor(std::string token_id, std::string address);

enum class SubjectKind {
    staff,
    courier,
    device,
    session,
    system,
    order,
    site,
    registry,
    token,
    webhook,
    zone,
    slot,
    tariff
};

struct Subject {
    SubjectKind kind;
    std::string id;
};

using Detail = store::AuditDetail;  // {member, value} or {member, value, was}: no secrets

struct Entry {
    Actor who;
    std::string action;  // "device.revoked"; the list stands in api/openapi/audit.yaml
    std::optional<Subject> subject;
    std::vector<Detail> detail = {};
    bool ok = true;  // false: it was tried and refused
};
void record(core::Tx& tx, const Entry& entry, core::TimeUs now);

// The courier's access book: once per courier, viewer, kind of look and 15 minutes; of tracks also once per day shown.
// What the courier is told of it: app/access.
enum class Look { live, track, events };
// The time that a track shows.
struct Shown {
    core::TimeUs from{}, to{};
};
// True: a new entry (courier.live_seen, …); false: it stands there already.
bool record_look(core::Tx& tx, const Actor& viewer, const std::string& courier_id, Look look, core::TimeUs now,
                 const std::optional<Shown>& shown = {});
// The same for many couriers at once; how many new entries.
std::size_t record_looks(core::Tx& tx, const Actor& viewer, std::span<const std::string> courier_ids, Look look,
                         core::TimeUs now);

using Query = store::AuditQuery;
using Line = store::AuditRow;
std::vector<Line> entries(core::Tx& tx, const Query& query);  // newest first

}  // namespace plus7::central::app::audit
