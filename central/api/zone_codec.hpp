// Zones as JSON and GeoJSON (RFC 7946; longitude first). Pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "central/app/tariffs/zones.hpp"

namespace plus7::central::api {

constexpr std::size_t most_zones = 500;  // of one file

std::string zone_json(const store::ZoneRow& zone);
std::string zones_geojson(const std::vector<store::ZoneRow>& zones);
// invalid: not a FeatureCollection. What is wrong with one feature stands in its draft.
core::Result<std::vector<app::tariffs::ZoneDraft>> read_zones(std::string_view geojson);
std::string import_json(const std::vector<app::tariffs::ImportLine>& lines, bool applied);

}  // namespace plus7::central::api
