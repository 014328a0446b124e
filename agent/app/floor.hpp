// The depot's floor on a handheld: what a scanned code means to a worker who takes in, hands out, takes back or sorts.
// Each change of hands is a fact, saved before the screen says so; works the same without a network. The words are
// those of the console's depot (central/app/depot/scan.hpp). Storage thread; owned by the agent.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/app/logbook.hpp"
#include "agent/app/shift.hpp"
#include "agent/store/floor_book.hpp"
#include "agent/store/strangers.hpp"

namespace plus7::agent::app {

enum class FloorWord {
    // taken in
    taken,
    taken_extra,         // the chosen registry does not have it
    taken_from_courier,  // a courier had it
    taken_cancelled,     // its order was called off: it goes back
    unknown,             // nobody here knows the code
    unknown_again,
    here,
    registry_closed,
    // handed out
    handed,
    handed_witnessed,  // the courier had scanned it too
    handed_inferred,   // it had never been taken in here
    handed_already,
    confirm_other,      // planned for another courier
    confirm_unplanned,  // for nobody
    confirm_damaged,
    confirm_with_other,  // another courier has it
    cancelled,           // its order was called off: it stays
    courier_blocked,
    // counted back
    returned,
    returned_witnessed,
    returned_inferred,  // he had not been the one who has it
    confirm_not_his,
    // anywhere
    which,  // several parcels have the code
    kept,   // asked, and no
    taken_back,
    not_saved,  // misread, or the disk refused: see why
    // sorted
    sorted,
    sorted_back,
    sorted_damaged,    // set aside
    sorted_unplanned,  // nobody knows where it goes
    not_here,          // not at this depot
    // a bag scanned: all that is in it
    bag_taken,
    bag_handed,
    bag_here,
    bag_partly,        // some of its parcels are elsewhere by now
    bag_open,          // nothing moves before it is closed
    confirm_bag_goal,  // it goes elsewhere
    bag_singly,        // its parcels are scanned one by one: no bag's work, or not all of them are known here
    // noted
    damaged,
    damage_taken_back,
};
enum class FloorTone { good, warn, refused, ask };

std::string_view name_of(FloorWord word);
std::string_view name_of(FloorTone tone);
FloorTone tone_of(FloorWord word);

enum class FloorTask { sort, intake, hand_out, take_back };

// A bag that was scanned.
struct FloorBagSeen {
    model::BagId id;
    std::size_t moved = 0;  // of its parcels, by this scan
    std::size_t gone = 0;   // that are elsewhere
};

struct FloorAnswer {
    FloorWord word = FloorWord::unknown;
    std::string code, why;
    std::optional<model::ParcelId> parcel;
    std::optional<model::Holder> holder;   // who had it, when that is the matter
    std::vector<model::ParcelId> choices;  // of `which`
    core::TimeMs at{};
    std::optional<FloorBagSeen> bag{};
};

struct RegistryFigures {
    std::uint64_t expected = 0, arrived = 0, extra = 0;
};
struct CourierFigures {
    std::size_t waiting = 0;  // planned for him, here
    std::size_t coming = 0;   // planned for him, not arrived
    std::size_t carried = 0;
    std::size_t counted = 0;  // that he brought back in this shift
};

class Floor {
  public:
    static constexpr std::string_view no_floor = "this handheld works at no depot";
    static constexpr std::string_view no_registry = "no such registry, or it is closed";
    static constexpr std::string_view no_courier = "no such courier here";
    static constexpr std::string_view nothing_asked = "nothing is asked";
    static constexpr std::string_view bag_went_on = "something was done with a parcel of the bag since";
    static constexpr std::string_view not_at_depot = "the parcel is not at this depot";
    static constexpr std::string_view damaged_before = "the parcel is noted as damaged already";
    static constexpr std::string_view no_note = "a note of 1 to 300 characters says what is damaged";

    Floor(store::Outbox& outbox, const store::ViewStore& view, Logbook& logbook, Stamps& stamps, const Shift& shift);

    // The depot of whoever is at work; none: another kind of work.
    std::optional<model::Holder> depot() const;

    struct Work {
        FloorTask task = FloorTask::sort;
        std::optional<model::RegistryId> registry;  // of intake
        std::optional<model::CourierId> courier;    // of hand_out and take_back
    };
    // What a scanned code does from now on. conflict: no_floor; not_found: no_registry, no_courier.
    core::Status begin(const Work& work);
    const Work& work() const { return work_; }

    // A code whose bare scan is saved as `scan`; again: a moment ago already.
    const FloorAnswer& scan(const std::string& code, const core::EventId& scan, bool again);
    const FloorAnswer& failed(const std::string& code, const std::string& why);
    const std::optional<FloorAnswer>& last() const { return last_; }

    // The rest: conflict: no_floor, Shift::on_break.
    // To what was asked last. conflict: nothing_asked; others: it could not be saved, and is still asked.
    core::Status answer(bool yes);
    core::Status choose(const model::ParcelId& parcel);  // of several with one code
    // The parcel is set aside with a note. conflict: not_at_depot, damaged_before; invalid: no_note; not_found.
    core::Status note_damage(const model::ParcelId& parcel, const std::string& note);
    // The newest own act of the parcel, within Parcels::undo_within; of a scan of its bag all of it. conflict:
    // bag_went_on.
    core::Status undo(const model::ParcelId& parcel);

    store::FloorBook& book();  // as it is now
    // One of the parcels that the newest scan of the bag moved, while that stands; none: nothing to take back.
    const store::FloorParcel* moved_with(const model::BagId& bag) const;
    RegistryFigures figures(const store::FloorRegistry& registry) const;
    std::map<model::CourierId, CourierFigures> crew() const;
    const std::vector<store::Stranger>& strangers() const { return strangers_; }  // of this shift, newest last
    std::vector<const store::FloorParcel*> missing(const model::RegistryId& registry) const;
    std::vector<const store::FloorParcel*> waiting(const model::CourierId& courier) const;
    std::vector<const store::FloorParcel*> coming(const model::CourierId& courier) const;
    std::vector<const store::FloorParcel*> carried(const model::CourierId& courier) const;

    std::vector<std::string> forgettable(core::TimeMs before) const { return book_.forgettable(before); }

  private:
    using Parcel = store::FloorParcel;
    void find(FloorAnswer& answer, const core::EventId& scan);
    void decide(FloorAnswer& answer, const Parcel& parcel, bool confirmed);
    void take_in(FloorAnswer& answer, const Parcel& parcel);
    void hand_out(FloorAnswer& answer, const Parcel& parcel, bool confirmed);
    void take_back(FloorAnswer& answer, const Parcel& parcel, bool confirmed);
    void sort(FloorAnswer& answer, const Parcel& parcel) const;
    void scan_bag(FloorAnswer& answer, const store::FloorBag& bag, bool confirmed);
    void take_bag_in(FloorAnswer& answer, const std::vector<const Parcel*>& inside);
    void hand_bag_out(FloorAnswer& answer, const store::FloorBag& bag, const std::vector<const Parcel*>& inside,
                      bool confirmed);
    void move_all(FloorAnswer& answer, const std::vector<const Parcel*>& parcels, const model::Holder& to);
    core::Status undo_bag(const store::OwnAct& scan);
    void note_stranger(const FloorAnswer& answer, const core::EventId& scan);
    // False: not saved, and the answer says why.
    bool move(FloorAnswer& answer, const Parcel& parcel, const model::Holder& from, const model::Holder& to,
              model::Leg leg);
    template <typename Data>
    core::Status state(const Parcel& parcel, const Data& data, store::OwnAct act, std::vector<store::OwnAct> acts);
    void keep_strangers();
    void begin_shift();
    bool has_arrived(const Parcel& parcel) const;
    core::Status at_work() const;

    store::Outbox& outbox_;
    const store::ViewStore& view_;
    Logbook& logbook_;
    Stamps& stamps_;
    const Shift& shift_;
    store::FloorBook book_;
    Work work_;
    std::optional<FloorAnswer> last_;
    core::EventId asked_scan_;  // of the code that the question is about
    std::optional<model::ShiftId> strangers_of_;
    std::vector<store::Stranger> strangers_;
};

}  // namespace plus7::agent::app
