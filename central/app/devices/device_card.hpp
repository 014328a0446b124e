// A handheld as the office sees it: its row with what belongs to it. Reads only; inside the caller's transaction.
#pragma once
#include <optional>

#include "central/store/certificate_store.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_report_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/epoch_store.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

struct Wipe {
    core::TimeMs asked{};
    std::optional<core::TimeUs> done;  // as the device said it
};

struct DeviceCard {
    store::DeviceRow device;
    std::optional<store::CourierRow> courier;
    std::optional<store::Reported<model::DeviceBattery>> battery;
    std::int64_t quarantined = 0;
    std::optional<core::TimeUs> enrol_until;  // an open token ends then
    std::optional<Wipe> wipe;                 // asked, and not taken back by unlocking
};
DeviceCard card_of(core::Tx& tx, store::DeviceRow device, core::TimeUs now);

struct DeviceDetail {
    DeviceCard card;
    store::Holes holes;
    std::optional<store::CertificateRow> certificate;
    std::vector<store::EpochRow> epochs;
};
DeviceDetail detail_of(core::Tx& tx, store::DeviceRow device, core::TimeUs now);

}  // namespace plus7::central::app::devices
