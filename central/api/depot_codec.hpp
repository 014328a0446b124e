// The depot's floor as JSON (openapi/depot.yaml, openapi/haul.yaml). Within a transaction: names are looked up.
#pragma once
#include <map>
#include <string>

#include "central/api/order_codec.hpp"
#include "central/app/depot/handout.hpp"
#include "central/app/depot/intake.hpp"
#include "central/app/depot/returns.hpp"
#include "central/app/depot/sorting.hpp"
#include "central/app/depot/trips.hpp"

namespace plus7::central::api {

class FloorJson {
  public:
    FloorJson(core::Tx& tx, std::string site) : tx_(tx), site_(std::move(site)), names_(tx) {}

    // `figures`: how the list stands after the scan, JSON already.
    std::string scanned(const app::depot::Scanned& scanned, const std::string& figures);
    std::string registry(const store::FloorRegistry& registry, const store::RegistryFigures& figures);
    std::string intake(const app::depot::IntakeBoard& board);
    std::string handout(const app::depot::HandOutBoard& board);
    std::string returns(const app::depot::ReturnBoard& board);
    std::string count(const store::CountRow& count);
    std::string closed_count(const app::depot::ClosedCount& closed);
    std::string load(const store::CourierLoad& load);

    // Of sorting, bags and line haul: haul_codec.cpp.
    std::string bin(const app::depot::Bin& bin);
    std::string bag(const store::BagRow& bag);
    std::string bag_board(const app::depot::BagBoard& board);
    std::string trip(const store::TripRow& trip);
    std::string trip_board(const app::depot::TripBoard& board);

  private:
    std::string courier(const std::optional<std::string>& id);
    std::string parcel(const store::FloorParcel& parcel);
    std::string parcels(const std::vector<store::FloorParcel>& parcels);
    std::string extra(const store::ExtraRow& extra);
    std::string damage(const store::FloorDamage& damage);
    std::string holder(const model::Holder& holder);
    std::string goal(const app::depot::Goal& goal, std::int64_t place = 0);
    std::string bag_seen(const app::depot::BagSeen& bag);
    std::string site(const std::string& id);
    std::string packing(const store::Packing& packing);
    std::string bag_event(const store::BagEvent& event);

    core::Tx& tx_;
    std::string site_;  // whose cells are told
    std::optional<std::map<store::GoalKey, std::string>> cells_;
    Names names_;
    std::map<std::string, std::string> couriers_;
};

// Figures of each mode, as every answer of it has them.
std::string figures_json(const store::RegistryFigures& figures);
std::string handout_figures(core::Tx& tx, const app::depot::Floor& floor, const std::string& courier);
std::string trip_figures_json(const store::TripFigures& figures);
std::string bag_figures(core::Tx& tx, const std::string& bag);
std::string trip_figures(core::Tx& tx, const std::string& trip);
std::string return_figures(core::Tx& tx, const app::depot::Floor& floor, const std::string& courier);

}  // namespace plus7::central::api
