// JSON of the depot's floor for the handheld's page (docs/handheld.md), both directions. Pure codec.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "agent/app/floor.hpp"
#include "agent/store/work.hpp"

namespace plus7::agent::handheld {

// null outside a shift at a depot.
std::string floor_json(app::Floor& floor, const std::vector<store::WorkSite>& sites);

core::Result<app::Floor::Work> read_floor_work(std::string_view body);
core::Result<bool> read_yes(std::string_view body);
core::Result<model::ParcelId> read_floor_parcel(std::string_view body);

struct Damage {
    model::ParcelId parcel;
    std::string note;
};
core::Result<Damage> read_floor_damage(std::string_view body);

// A list of parcels, at most 500 of them. invalid: what or id is none of docs/handheld.md.
core::Result<std::string> floor_list_json(app::Floor& floor, const std::vector<store::WorkSite>& sites,
                                          std::string_view what, std::string_view id);

}  // namespace plus7::agent::handheld
