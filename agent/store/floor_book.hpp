// The depot's floor as this handheld knows it: parcels, couriers and registries of the view, and over them what was
// done here and central has not answered yet. Kept in memory, read anew when the view has changed; storage thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/store/outbox.hpp"
#include "agent/store/own_acts.hpp"
#include "agent/store/view_store.hpp"
#include "shared/wire/floor_rows.hpp"

namespace plus7::agent::store {

using wire::FloorGoal;

// As central says it; where it is counts as far as known here: own acts at once.
struct FloorParcel : wire::FloorRow {
    model::ParcelId id;
    bool was_with_seller = false;            // as central says
    std::optional<model::BagId> told_bag{};  // as central says; by `bag` it lies in there still
    std::vector<OwnAct> acts;                // own, oldest first

    const OwnAct* last_act() const;   // the newest that stands
    const OwnAct* last_move() const;  // of those the newest handover
};

struct FloorCourier {
    model::CourierId id;
    std::string code, name;
    bool is_blocked = false;
};

struct FloorRegistry {
    model::RegistryId id;
    std::string number, sender;
    std::uint64_t expected = 0, arrived = 0, extra = 0;  // as central says
    std::uint64_t version = 0;                           // of the view, when it said so
};

struct FloorBag : wire::BagRow {
    model::BagId id;
};

constexpr std::string_view floor_acts_prefix = "floor:";
std::string floor_acts_note(const model::ParcelId& parcel);

class FloorBook {
  public:
    FloorBook(const ViewStore& view, const Outbox& outbox) : view_(view), outbox_(outbox) {}

    void refresh();  // before anything is read
    const std::map<model::ParcelId, FloorParcel>& parcels() const { return parcels_; }
    const FloorParcel* find(const model::ParcelId& id) const;
    std::vector<const FloorParcel*> with_code(const std::string& code) const;     // two senders may use the same
    const std::vector<FloorCourier>& couriers() const { return couriers_; }       // by code
    const std::vector<FloorRegistry>& registries() const { return registries_; }  // by number
    const FloorBag* bag_with(const std::string& number) const;
    const FloorBag* bag(const model::BagId& id) const;
    std::vector<const FloorParcel*> in_bag(const model::BagId& id) const;  // by id
    // Of what central says is in it: how many this device does not know.
    std::uint64_t unknown_in(const FloorBag& bag) const;
    const FloorCourier* courier(const model::CourierId& id) const;
    const FloorRegistry* registry(const model::RegistryId& id) const;
    bool is_full() const;  // there may be more than it knows

    void acted(const model::ParcelId& parcel, std::vector<OwnAct> acts);  // and saved
    // Notes of parcels that are gone from the view, of which central knows everything and that nobody asks for any
    // more.
    std::vector<std::string> forgettable(core::TimeMs before) const;

  private:
    void read_view();
    std::optional<FloorParcel> parcel_of(const wire::ViewRow& row) const;
    void lay_over(FloorParcel& parcel, std::uint64_t told_at) const;

    const ViewStore& view_;
    const Outbox& outbox_;
    std::optional<wire::ViewApplied> seen_;
    bool has_acts_ = false;
    std::map<model::ParcelId, std::vector<OwnAct>> acts_;
    std::map<model::ParcelId, FloorParcel> parcels_;
    std::unordered_multimap<std::string, model::ParcelId> codes_;
    std::vector<FloorCourier> couriers_;
    std::vector<FloorRegistry> registries_;
    std::vector<FloorBag> bags_;
};

}  // namespace plus7::agent::store
