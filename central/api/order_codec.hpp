// Orders, parcels and stories as JSON (openapi/orders.yaml). Within a transaction where names are looked up.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::api {

// Names of couriers, staff and sites, asked once each.
class Names {
  public:
    explicit Names(core::Tx& tx) : tx_(tx) {}
    std::optional<std::string> of_courier(const std::string& id);
    std::optional<std::string> of_staff(const std::string& id);
    std::optional<std::string> of_holder(const model::Holder& holder);
    std::optional<std::string> of_site(const std::string& id);
    core::Tx& tx() { return tx_; }

  private:
    core::Tx& tx_;
    std::map<std::string, std::optional<std::string>> known_;
};

std::string place_json(const std::optional<core::LatLon>& place);
std::string order_json(Names& names, const store::OrderLine& line);
std::string order_card_json(core::Tx& tx, const store::OrderLine& line);

}  // namespace plus7::central::api
