// Facts of the field as JSON (openapi/events.yaml). Pure functions.
#pragma once
#include <string>

#include "central/store/field_store.hpp"

namespace plus7::central::api {

std::string json_of(const store::ActRow& act);

}  // namespace plus7::central::api
