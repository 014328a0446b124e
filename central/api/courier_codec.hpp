// Couriers as JSON (openapi/couriers.yaml).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/couriers/records.hpp"
#include "central/app/devices/device_card.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "central/store/break_store.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::api {

struct CourierView {
    store::CourierRow courier;
    std::optional<store::DeviceRow> device;
    std::optional<store::SiteRow> site;
};
CourierView courier_view(core::Tx& tx, store::CourierRow courier);
std::string json_of(const CourierView& view);

struct CourierCard {
    store::CourierRow courier;
    std::optional<app::devices::DeviceCard> device;
    std::optional<store::ShiftRow> shift;
    app::couriers::Records records;
    std::optional<app::tracking::LiveDevice> live;
    std::optional<store::SiteRow> site{};
    std::vector<store::BreakRow> breaks{};  // of the shift
};
std::string json_of(const CourierCard& card, core::TimeUs now);

}  // namespace plus7::central::api
