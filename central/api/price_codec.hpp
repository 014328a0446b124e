// Prices as JSON, and what an order's request says about price and slot (openapi/tariffs.yaml, orders.yaml).
#pragma once
#include "central/api/json_body.hpp"
#include "central/api/route_table.hpp"
#include "central/app/tariffs/tariffs.hpp"

namespace plus7::central::api {

std::string price_lines_json(const std::vector<store::PriceLine>& lines);
std::string zone_ref_json(const std::optional<store::ZoneRow>& zone);  // {id, name}, null
std::string order_price_json(core::Tx& tx, const std::string& order);  // null: never settled
std::string text_list_json(const std::string& comma_separated);        // ["code", "photo"]
std::optional<std::string> read_size(JsonBody& body);                  // s, m, l, xl
app::tariffs::Settling read_settling(JsonBody& body);                  // members size, over_capacity
// 403: over capacity is for who plans the couriers' day.
std::optional<http::Response> refuse_over_capacity(const Call& call, const app::tariffs::Settling& settling);
http::Response explain_order(const core::Error& error);  // a full slot is named as the field

}  // namespace plus7::central::api
