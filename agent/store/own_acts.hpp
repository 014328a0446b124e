// What this handheld did with a parcel, kept as a note beside the facts: the screen shows the view and, over it, own
// acts that central has not answered yet. Pure codec.
#pragma once
#include <optional>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody_facts.hpp"

namespace plus7::agent::store {

enum class ActKind : std::uint8_t {  // the numbers are in the notes
    handover = 1,
    attempt = 2,
    correction = 3,  // of a handover or an attempt
    damage = 4,
    repair = 5,  // a damage taken back
};

struct OwnAct {
    core::EventId event;
    ActKind kind = ActKind::handover;
    model::Holder from, to;     // of a handover; of a correction what it goes back from and to
    std::uint64_t version = 0;  // of the parcel's custody in the view, when it was done
    core::TimeMs at{};
    std::optional<model::VisitId> visit;
    std::string reason;  // of an attempt
    std::string code;    // the parcel's own barcode: all that is left to show when its row is gone from the view
    std::optional<model::TransferId> transfer;           // from or to a colleague, who states the other half
    std::string whom;                                    // his code, with a transfer
    std::optional<model::AttemptFailed::Again> again{};  // of an attempt: when the recipient wants the next one
    std::optional<model::BagId> bag{};                   // scanned as one with others, at the same moment
    std::uint64_t view = 0;  // applied, when a damage was noted or taken back: custody counts no version for those
    bool undone = false;
    bool operator==(const OwnAct&) const = default;
};

bool is_damage_note(std::string_view text);  // 1 – 300 characters, not only blanks

constexpr std::size_t most_own_acts = 20;  // of a parcel; the oldest are forgotten first

constexpr std::string_view own_acts_prefix = "parcel:";
std::string own_acts_note(const model::ParcelId& parcel);  // the note's name
std::optional<model::ParcelId> parcel_of_note(std::string_view name);
core::Bytes encode(const std::vector<OwnAct>& acts);
std::vector<OwnAct> own_acts_from(core::ByteView note);  // none for what cannot be read

}  // namespace plus7::agent::store
