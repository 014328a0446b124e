// Orders, parcels and stories as JSON (openapi/orders.yaml). Within a transaction where names are looked up.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::api {

// For whom an order is told: a shop learns nothing of our people, and the recipient's link only with its scope.
struct Reader {
    bool is_shop = false;
    std::optional<std::string> links{};  // "https://plus7.example/t/"
};

// Names of couriers, staff and sites, asked once each.
class Names {
  public:
    explicit Names(core::Tx& tx, Reader told = {}) : reader(std::move(told)), tx_(tx) {}
    const Reader reader;
    std::optional<std::string> of_courier(const std::string& id);
    std::optional<std::string> of_staff(const std::string& id);
    std::optional<std::string> of_holder(const model::Holder& holder);
    std::optional<std::string> of_site(const std::string& id);
    core::Tx& tx() { return tx_; }

  private:
    core::Tx& tx_;
    std::map<std::string, std::optional<std::string>> known_;
};

std::string slot_json(const std::optional<store::Slot>& slot);
std::string money_json(const std::optional<store::Money>& money);
std::string place_json(const std::optional<core::LatLon>& place);
std::string order_json(Names& names, const store::OrderLine& line);
std::string order_card_json(core::Tx& tx, const store::OrderLine& line, const Reader& reader = {});

}  // namespace plus7::central::api
