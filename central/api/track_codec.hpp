// Tracks and what became of records, as JSON (openapi/track.yaml, couriers.yaml#/Records). Pure functions.
#pragma once
#include <string>

#include "central/app/couriers/track.hpp"

namespace plus7::central::api {

std::string json_of(const app::couriers::Records& records);
std::string json_of(const app::couriers::TrackSegment& segment);
std::string json_of(const app::couriers::TrackGap& gap);

}  // namespace plus7::central::api
