// What the courier does with parcels: takes, hands over, tries in vain, hands back, takes back a slip.
// Each is a fact, saved before the screen says so. Storage thread; owned by the agent.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "agent/app/codes.hpp"
#include "agent/app/logbook.hpp"
#include "agent/app/shift.hpp"
#include "agent/store/handed_rows.hpp"
#include "agent/store/work.hpp"

namespace plus7::agent::app {

using ParcelIds = std::vector<model::ParcelId>;

class Parcels {
  public:
    static constexpr std::chrono::minutes undo_within{10};
    static constexpr std::chrono::days again_within{14};
    static constexpr std::size_t most_at_once = 100;

    static constexpr std::string_view no_shift = Shift::no_shift;
    static constexpr std::string_view bad_again = "the recipient's time must lie ahead, within two weeks";
    static constexpr std::string_view no_parcel = "no such parcel on this handheld";
    static constexpr std::string_view not_on_board = "you do not have this parcel: scan it in first";
    static constexpr std::string_view has_it = "you have this parcel already";
    static constexpr std::string_view needs_code = "ask the recipient for the code first";
    static constexpr std::string_view needs_signature = "the recipient has to sign";
    static constexpr std::string_view needs_picture = "take a photo first";
    static constexpr std::string_view needs_document = "look at the recipient's document first";
    static constexpr std::string_view no_site = "no such depot or point";
    static constexpr std::string_view no_reason = "no such reason";
    static constexpr std::string_view needs_photo = "this reason needs a photo";
    static constexpr std::string_view needs_calls = "call first: this reason needs more calls";
    static constexpr std::string_view too_late = "too late to take it back here: ask the dispatcher";
    static constexpr std::string_view nothing_to_undo = "there is nothing to take back";

    Parcels(store::Work work, Logbook& logbook, Stamps& stamps, const Shift& shift, Codes& codes)
        : work_(work), logbook_(logbook), stamps_(stamps), shift_(shift), codes_(codes) {}

    // All or none of the checks first, then one fact per parcel; the ids of the facts. An error in the middle leaves
    // the parcels before it done, as their facts say. conflict: no_shift,
    // Shift::on_break, not_on_board, has_it, too_late; not_found:
    // no_parcel, no_site; invalid: no_reason, needs_…; full, unavailable: not saved.
    using Saved = core::Result<std::vector<core::EventId>>;
    Saved take(const ParcelIds& parcels);
    // With every proof that the order asks for: a code that Codes knows, the others in `proofs`.
    Saved deliver(const ParcelIds& parcels, const std::vector<model::Proof>& proofs);
    struct Failure {
        std::string reason;
        std::uint8_t calls = 0;
        std::vector<core::Hash> photos;
        std::optional<model::AttemptFailed::Again> again{};  // invalid: bad_again
    };
    Saved fail(const ParcelIds& parcels, const Failure& failure);
    Saved hand_back(const ParcelIds& parcels, const model::HolderId& site);
    // The newest own act of each, within undo_within.
    Saved undo(const ParcelIds& parcels);
    // Our half of a transfer between colleagues (K3); both name the same one. `rows`: what the giver's handheld knows
    // of them, kept along with the first fact; a parcel that is here already is passed over.
    struct Colleague {
        model::TransferId transfer;
        model::CourierId courier;
        std::string code;
    };
    Saved give(const ParcelIds& parcels, const Colleague& to);
    Saved take_from(const Colleague& from, const std::vector<store::HandedRow>& rows);

    const store::Work& work() const { return work_; }
    bool on_break() const { return shift_.resting().has_value(); }
    std::optional<model::Holder> self() const;  // the courier at work; none without a shift

  private:
    using Chosen = core::Result<std::vector<store::WorkParcel>>;
    Chosen choose(const ParcelIds& ids) const;
    Chosen on_board(const ParcelIds& ids) const;
    core::Status check_proofs(const std::vector<store::WorkParcel>& parcels,
                              const std::vector<model::Proof>& proofs) const;
    struct Handing {
        model::HandedOver data;  // `from` is what each parcel says
        std::optional<Colleague> colleague;
        store::Outbox::Also also;  // with the first one
    };
    Saved hand_over(const std::vector<store::WorkParcel>& parcels, Handing how);
    template <typename Data>
    core::Result<core::EventId> state(const store::WorkParcel& parcel, const Data& data, store::OwnAct act,
                                      std::vector<store::OwnAct> acts, const store::Outbox::Also& also = {});

    store::Work work_;
    Logbook& logbook_;
    Stamps& stamps_;
    const Shift& shift_;
    Codes& codes_;
};

}  // namespace plus7::agent::app
