// What became of one scan on the depot's floor: one word for the screen, its tone, and what belongs to it. Values.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/app/custody/office.hpp"
#include "central/app/depot/goal.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/store/floor_store.hpp"

namespace plus7::central::app::depot {

enum class Word {
    // taken in
    taken,
    taken_extra,         // the chosen registry does not have it
    taken_foreign,       // it was expected at another depot
    taken_from_courier,  // a courier had it
    taken_cancelled,     // its order was called off: it goes back
    unknown,             // no parcel of ours: kept for the act
    unknown_again,
    here,  // it is here already
    // handed out
    handed,
    handed_witnessed,  // the courier had scanned it too
    handed_inferred,   // it had never been taken in here: counts, and is flagged
    handed_already,
    confirm_other,      // planned for another courier
    confirm_unplanned,  // for nobody
    confirm_damaged,
    confirm_with_other,  // another courier has it
    cancelled,           // its order was called off: it stays
    // counted back
    returned,
    returned_witnessed,
    returned_inferred,  // he had not been the one who has it
    confirm_not_his,
    // anywhere
    delivered,  // the recipient has it
    no_such_code,
    which,  // several parcels have the code
    registry_closed,
    courier_blocked,
    // sorted
    sorted,
    sorted_back,       // its order was called off
    sorted_damaged,    // set aside
    sorted_unplanned,  // nobody knows where it goes
    sorted_in_bag,     // it is packed already
    not_here,          // not at this depot
    // put into a bag
    bagged,
    bagged_already,
    in_other_bag,
    goes_elsewhere,
    confirm_elsewhere,  // as planned it goes elsewhere
    called_off,
    set_aside,  // damaged
    bag_closed,
    bag_full,
    // a bag scanned: all that is in it
    bag_taken,
    bag_handed,
    bag_loaded,
    bag_here,
    bag_partly,        // some of its parcels are elsewhere by now
    bag_open,          // nothing moves before it is closed
    bag_done,          // unpacked, or nothing was in it
    confirm_bag_goal,  // it goes elsewhere
    // line haul
    loaded,
    loaded_already,
    in_bag,  // the bag is to be scanned
    unloaded,
    unloaded_extra,  // the trip's list does not have it
    trip_gone,       // it takes nothing more
    trip_closed,
};

enum class Tone { good, warn, refused, ask };

std::string_view name_of(Word word);
Tone tone_of(Word word);
std::string_view name_of(Tone tone);

// What the person with the scanner gave.
struct Code {
    std::string text;
    std::optional<std::string> parcel{};  // chosen among several that have the code
    bool confirmed = false;
};

// A bag that a scan was of, or that is the matter.
struct BagSeen {
    std::string id, number;
    Goal goal;
    std::int64_t moved = 0;  // of its parcels, by this scan
    std::int64_t gone = 0;   // that are elsewhere, and are not of it any more
    std::optional<std::int64_t> scan{};  // which of its story moved them: it can be taken back (bag_undo.hpp)
};

struct Scanned {
    Word word = Word::taken;
    std::optional<store::FloorParcel> parcel{};   // as it is now
    std::optional<core::EventId> event{};         // of custody; it can be taken back
    std::optional<std::string> extra{};           // id of the unexpected code
    std::optional<store::RegistryOf> registry{};  // where it was expected instead
    std::optional<model::Holder> holder{};        // who had it, when that is the matter
    std::vector<store::FloorParcel> choices{};    // of `which`
    std::optional<Goal> goal{};                   // where it goes
    std::int64_t place = 0;                       // in the courier's list, when it goes to one
    std::optional<BagSeen> bag{};
    dispatch::Devices told{};  // handhelds to tell after the commit
};

// What all scans of one depot are done with.
struct Floor {
    custody::Acting who;  // with a staff member
    model::Holder depot;
    std::string site;  // the same as UUID text

    std::string staff() const { return who.staff.value_or(""); }
};
// not_found: no such depot; conflict: it is closed.
core::Result<Floor> open_floor(core::Tx& tx, const custody::Acting& who, const std::string& site);

model::Holder courier_holder(const std::string& courier);

// Parcels with this code: the chosen one, else all of them.
class Candidates {
  public:
    Candidates(core::Tx& tx, const Code& code);

    // Only those that the rule likes, when there are such.
    template <typename Rule>
    void prefer(Rule rule) {
        std::vector<store::FloorParcel> fitting;
        for (const auto& one : parcels_)
            if (rule(one)) fitting.push_back(one);
        if (!fitting.empty()) parcels_ = std::move(fitting);
    }
    bool none() const { return parcels_.empty(); }
    // What is told when there is none (no_such_code), or several of them are left (which).
    std::optional<Scanned> unclear() const;
    const store::FloorParcel& one() const { return parcels_.front(); }

  private:
    std::vector<store::FloorParcel> parcels_;
};

// Whether nobody is to do anything with it any more: a code that was used before.
bool is_over(const store::FloorParcel& parcel);

// Of several parcels with the code one that is not over, and of these one that lies here.
Candidates lying_here(core::Tx& tx, const Floor& floor, const Code& code);
// Whether the parcel is not at this depot; says so, and who has it.
bool is_elsewhere(const Floor& floor, Scanned& scanned);

// Tells the handover, and the handhelds; `scanned` gets the event and the parcel as it is then. A parcel that is
// scanned by itself has left its bag.
enum class Packed { singly, in_its_bag };
core::Result<custody::Taken> move(core::Tx& tx, const Floor& floor, const custody::Move& move, Scanned& scanned,
                                  Packed packed = Packed::singly);

}  // namespace plus7::central::app::depot
