// What the handhelds of a depot's workers are told of its floor: who they are, the parcels there, and the bytes of the
// rows. SQL and codec; the rules are in app/dispatch/floor_view. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/courier_store.hpp"
#include "central/store/floor_store.hpp"
#include "central/store/sorting_store.hpp"
#include "central/store/task_view.hpp"
#include "shared/wire/floor_rows.hpp"

namespace plus7::central::store {

struct FloorWorker {
    core::DeviceId device;
    std::string courier, site;
};
std::vector<FloorWorker> floor_workers(sql::Tx& tx);  // of all depots, those who carry a handheld
// The depot of which this courier is a worker.
std::optional<std::string> depot_of_worker(sql::Tx& tx, const std::string& courier);

// A parcel that lies at the depot, that an open registry of it expects, that a courier carries who got it there, or
// that is on its way there in a bag.
struct FloorLine {
    WayRow way;  // with the parcel
    std::string order, order_number;
    std::int64_t number = 1, of = 1;
    std::vector<std::string> codes;
    std::int64_t version = 0;  // of its custody
    model::Holder holder;
    std::optional<std::string> registry;  // an open one of the depot that has it
    std::optional<std::string> bag;       // a closed one that it lies in
    bool has_arrived = false;             // it was there at some time
};
struct FloorOf {
    std::string site;
    model::Holder depot;  // the same
};
std::vector<FloorLine> floor_lines(sql::Tx& tx, const FloorOf& floor, int limit);  // oldest order first
std::vector<FloorLine> floor_lines_of(sql::Tx& tx, const FloorOf& floor, const std::string& order);

struct FloorBag {
    std::string id, number;
    GoalKey goal;
    bool is_closed = false;
    std::int64_t parcels = 0;
};
// Those that lie at the depot, and the closed ones on their way to it; `bag`: this one only.
std::vector<FloorBag> floor_bags(sql::Tx& tx, const FloorOf& floor, const std::optional<std::string>& bag = {});

// Whether something is planned for the courier that he has not got, or he carries something.
bool has_work(sql::Tx& tx, const std::string& courier);

struct FloorGoal {
    wire::FloorGoal kind = wire::FloorGoal::none;
    std::string id, cell;
};
// `told_by`: a courier, see wire::FloorRow.
ViewBody floor_row(const FloorLine& line, const FloorGoal& goal, const std::optional<std::string>& told_by);
ViewBody crew_row(const CourierRow& courier);
ViewBody bag_row(const FloorBag& bag, wire::FloorGoal goal);
ViewBody registry_row(const FloorRegistry& registry, const RegistryFigures& figures);

}  // namespace plus7::central::store
