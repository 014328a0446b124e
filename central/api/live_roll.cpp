#include "central/api/live_roll.hpp"

#include <unordered_map>

#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::api {

std::vector<LiveCourier> LiveRoll::read_couriers(core::Tx& tx) {
    std::map<std::string, core::DeviceId> carried;
    for (const auto& device : store::carried_devices(tx)) carried.emplace(*device.courier, device.id);
    std::map<std::string, std::string> sites;
    for (auto& site : store::sites(tx)) sites.emplace(site.id, std::move(site.name));
    std::vector<LiveCourier> couriers;
    for (auto& row : store::all_couriers(tx)) {
        const auto device = carried.find(row.id);
        couriers.push_back({row.id, row.name, row.code, row.phone,
                            device == carried.end() ? std::nullopt : std::optional(device->second),
                            row.site ? std::optional(sites[*row.site]) : std::nullopt});
    }
    return couriers;
}

void LiveRoll::set_couriers(std::vector<LiveCourier> couriers) {
    Entries next;
    for (auto& courier : couriers) {
        auto& entry = next[courier.id];
        if (const auto known = entries_.find(courier.id); known != entries_.end()) entry = std::move(known->second);
        entry.courier = std::move(courier);
    }
    entries_ = std::move(next);
}

void LiveRoll::update(const app::tracking::LiveHub& hub, core::TimeUs now) {
    std::unordered_map<core::DeviceId, app::tracking::LiveDevice> devices;
    for (auto& device : hub.all()) devices.emplace(device.device, std::move(device));
    for (auto& [id, entry] : entries_) {
        std::optional<app::tracking::LiveDevice> device;
        if (entry.courier.device)
            if (const auto found = devices.find(*entry.courier.device); found != devices.end()) device = found->second;
        entry.state = device ? app::couriers::state_of(*device, now) : app::couriers::LiveState::off_shift;
        entry.place.reset();
        if (entry.state != app::couriers::LiveState::off_shift && device->position)
            entry.place = device->position->place;
        auto row = live_row_json(id, device, entry.state);
        auto info = json_of(entry.courier, device);
        if (row != entry.row_json) entry.row_version = ++version_;
        if (info != entry.info_json) entry.info_version = ++version_;
        entry.row_json = std::move(row);
        entry.info_json = std::move(info);
    }
}

}  // namespace plus7::central::api
