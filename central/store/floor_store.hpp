// Parcels as the depot's floor looks at them: by code, by registry, by courier. Reads orders, custody, plan and
// registries; SQL only, the rules are in app/depot. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/custody_store.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct FloorParcel {
    std::string id, order, order_number, sender, recipient, address;
    std::int64_t number = 1, of = 1;        // of the order's parcels
    std::string code;                       // ours
    std::optional<std::string> outer_code;  // the sender's
    model::Holder holder;
    model::ParcelStatus status = model::ParcelStatus::accepted;
    std::optional<std::string> courier;  // planned for
};

std::vector<FloorParcel> parcels_with_code(sql::Tx& tx, const std::string& code);  // at most 20, newest order first
std::optional<FloorParcel> find_floor_parcel(sql::Tx& tx, const std::string& parcel);

// Planned for the courier, at this depot, and nothing speaks against handing it out; in the order of his list.
std::vector<FloorParcel> parcels_to_hand_out(sql::Tx& tx, const model::Holder& depot, const std::string& courier);
// Planned for him, and neither at this depot nor with him.
std::vector<FloorParcel> parcels_not_here(sql::Tx& tx, const model::Holder& depot, const std::string& courier);
std::vector<FloorParcel> parcels_held_by(sql::Tx& tx, const model::Holder& holder);

struct CourierLoad {
    std::string courier;
    std::int64_t to_hand_out = 0;  // at this depot
    std::int64_t carried = 0;
};
std::vector<CourierLoad> courier_loads(sql::Tx& tx, const model::Holder& depot);  // those with anything, by id

// A registry as the floor needs it; made and filled elsewhere.
struct FloorRegistry {
    std::string id, number;
    std::optional<std::string> outer_number;
    std::string sender, site, state;  // reading, open, closed
    std::int64_t total = 0;
    core::TimeUs created{};
    std::optional<core::TimeUs> closed;
};
std::optional<FloorRegistry> find_floor_registry(sql::Tx& tx, const std::string& id);
std::optional<FloorRegistry> lock_floor_registry(sql::Tx& tx, const std::string& id);
// Those that are open, then the last closed ones, newest first.
std::vector<FloorRegistry> floor_registries(sql::Tx& tx, const std::string& site, int most_closed);
void set_registry_state(sql::Tx& tx, const FloorRegistry& registry);  // state and closed; gives the next version

// Of which registry a parcel is: the open one, else the newest.
struct RegistryOf {
    std::string registry, number, site;
};
std::optional<RegistryOf> registry_of_parcel(sql::Tx& tx, const std::string& parcel);
bool registry_has(sql::Tx& tx, const std::string& registry, const std::string& parcel);

struct RegistryFigures {
    std::int64_t expected = 0, arrived = 0, extra = 0, damaged = 0;
};
// Arrived is what ever came to the depot, wherever it went since. What was called off before it came is not expected.
RegistryFigures registry_figures(sql::Tx& tx, const std::string& registry, const model::Holder& depot);
std::vector<FloorParcel> registry_missing(sql::Tx& tx, const std::string& registry, const model::Holder& depot);

struct FloorDamage {
    FloorParcel parcel;
    core::EventId event;
    std::string note;
    std::optional<std::string> staff;
    core::TimeUs at{};
};
// Of the registry's parcels, and of those that came with it though it does not have them.
std::vector<FloorDamage> registry_damaged(sql::Tx& tx, const std::string& registry);

// One line of a parcel's story; none: the parcel has no such event.
std::optional<ParcelEventRow> find_parcel_event(sql::Tx& tx, const std::string& parcel, const core::EventId& event);

}  // namespace plus7::central::store
