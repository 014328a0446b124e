// Orders and sites as they come in requests (openapi/orders.yaml, sites.yaml). Faults are noted in the body.
#pragma once
#include "central/api/json_body.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/orders/sites.hpp"

namespace plus7::central::api {

// `sender`: whose it is when the body does not say; another one there is a fault then.
app::orders::NewOrder read_new_order(JsonBody& body, const std::optional<std::string>& sender = {});
app::orders::OrderChange read_order_change(JsonBody& body);
app::orders::SiteChange read_site(JsonBody& body, bool is_new);
void read_place(JsonBody& part, core::LatLon& place);
void read_slot(JsonBody& part, store::Slot& slot);
void read_money(JsonBody& part, store::Money& money);

}  // namespace plus7::central::api
