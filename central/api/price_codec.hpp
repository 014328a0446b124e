// Prices as JSON, and the size that a request says (openapi/tariffs.yaml, orders.yaml).
#pragma once
#include "central/api/json_body.hpp"
#include "central/app/tariffs/tariffs.hpp"

namespace plus7::central::api {

std::string price_lines_json(const std::vector<store::PriceLine>& lines);
std::string zone_ref_json(const std::optional<store::ZoneRow>& zone);  // {id, name}, null
std::string order_price_json(core::Tx& tx, const std::string& order);  // null: never settled
std::optional<std::string> read_size(JsonBody& body);                  // s, m, l, xl

}  // namespace plus7::central::api
