// Custody of one parcel: who holds it, and how it got there (rules K1 – K11, docs/custody.md). Handhelds tell their
// facts late and in no common order; the way of the parcel is the order of these facts that needs the fewest unrecorded
// steps. What orders them: each handheld's own sequence, and the custody version a handheld knew; no clock. A pure
// function of the facts in the order in which central took them. Facts are accepted, joined, or accepted and flagged,
// never dropped: the caller keeps every one in the history. Values, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/model/holder.hpp"
#include "shared/model/ids.hpp"

namespace plus7::model {

// Courier to courier, each device states its half under one transfer id (K3). The numbers are on the wire.
enum class Half : std::uint8_t { none = 0, give = 1, take = 2 };

// What a courier takes it for. The numbers are on the wire.
enum class Leg : std::uint8_t { unknown = 0, delivery = 1, line_haul = 2, collection = 3, giving_back = 4 };

// Whether the one who acted was allowed to, and could know it (K8, K9).
enum class Standing : std::uint8_t { good, blocked_unaware, blocked_aware };

struct Handover {
    core::EventId event;
    std::string source;      // the device, or whoever else tells things in one sequence
    std::uint64_t knew = 0;  // custody version central had told the source before the act
    Holder from, to;
    Half half = Half::none;
    std::optional<TransferId> transfer;  // with a half
    Standing standing = Standing::good;
    Leg leg = Leg::delivery;
};

// One told change of hands. Two of them can be the two sides of one handover: then they stand next to each other in the
// way.
struct Step {
    core::EventId event;
    std::string source;
    std::uint64_t knew = 0;
    Holder from, to;
    std::optional<TransferId> transfer;
    Half half = Half::none;     // which one, while it waits for the other
    std::uint64_t version = 0;  // of the custody that it made when it came
    Leg leg = Leg::delivery;
    bool undone = false;  // K11: taken back; only history
    bool operator==(const Step&) const = default;
};

struct Custody {
    std::vector<Step> steps;    // as they came
    std::uint64_t version = 0;  // one more with each step that comes or is taken back
    Holder holder{HolderKind::seller, {}};
    std::vector<std::size_t> way;  // indices of the steps that count, as they happened
    int missing = 0;               // handovers that nobody recorded (yet): the way has so many holes
    bool is_clear = true;  // false: as the facts stand, somebody else may hold it as likely; a case while it lasts

    bool in_transfer() const;
    const Step* last() const;  // the step that brought it to its holder; none before the first
    bool operator==(const Custody&) const = default;
};

enum class Effect : std::uint8_t {
    applied,   // it is where the parcel is now
    joined,    // another witness of a step that is there
    half,      // one half of a transfer
    late,      // what it tells is behind the state: history
    disputed,  // another delivery of a delivered parcel: evidence
    evidence,  // without effect: by somebody who knew he was blocked, or nothing that can be applied
};

// Why a human should look at it; `none` for most.
enum class CaseReason : std::uint8_t {
    none,
    two_deliveries,    // K5
    blocked_courier,   // K9
    irregular,         // a move that the table of regular ones does not have
    transfer_differs,  // two halves of one transfer name other people
    undo_contested,    // taken back by one, while another tells it too or the parcel had moved on
    undo_of_nothing,   // names no event of this parcel
};

struct Verdict {
    Effect effect = Effect::applied;
    CaseReason reason = CaseReason::none;
    bool inferred = false;  // a step before it is missing and taken for granted (K7)
    bool blocked = false;   // by a blocked courier who could not know yet (K8)
    bool operator==(const Verdict&) const = default;
};

Verdict apply(Custody& custody, const Handover& handover);

// K11: takes back what was told as event `named`.
Verdict undo(Custody& custody, const core::EventId& named);

std::string_view name_of(Effect effect);
std::string_view name_of(CaseReason reason);

}  // namespace plus7::model
