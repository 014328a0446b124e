// The depot's floor as JSON (openapi/depot.yaml). Within a transaction: names are looked up.
#pragma once
#include <map>
#include <string>

#include "central/api/order_codec.hpp"
#include "central/app/depot/handout.hpp"
#include "central/app/depot/intake.hpp"
#include "central/app/depot/returns.hpp"

namespace plus7::central::api {

class FloorJson {
  public:
    explicit FloorJson(core::Tx& tx) : tx_(tx), names_(tx) {}

    // `figures`: how the list stands after the scan, JSON already.
    std::string scanned(const app::depot::Scanned& scanned, const std::string& figures);
    std::string registry(const store::FloorRegistry& registry, const store::RegistryFigures& figures);
    std::string intake(const app::depot::IntakeBoard& board);
    std::string handout(const app::depot::HandOutBoard& board);
    std::string returns(const app::depot::ReturnBoard& board);
    std::string count(const store::CountRow& count);
    std::string closed_count(const app::depot::ClosedCount& closed);
    std::string load(const store::CourierLoad& load);

  private:
    std::string courier(const std::optional<std::string>& id);
    std::string parcel(const store::FloorParcel& parcel);
    std::string parcels(const std::vector<store::FloorParcel>& parcels);
    std::string extra(const store::ExtraRow& extra);
    std::string damage(const store::FloorDamage& damage);
    std::string holder(const model::Holder& holder);

    core::Tx& tx_;
    Names names_;
    std::map<std::string, std::string> couriers_;
};

// Figures of each mode, as every answer of it has them.
std::string figures_json(const store::RegistryFigures& figures);
std::string handout_figures(core::Tx& tx, const app::depot::Floor& floor, const std::string& courier);
std::string return_figures(core::Tx& tx, const app::depot::Floor& floor, const std::string& courier);

}  // namespace plus7::central::api
