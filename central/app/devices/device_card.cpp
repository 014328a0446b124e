#include "central/app/devices/device_card.hpp"

#include "central/store/enrolment_store.hpp"
#include "central/store/view_store.hpp"

namespace plus7::central::app::devices {

DeviceCard card_of(core::Tx& tx, store::DeviceRow device, core::TimeUs now) {
    DeviceCard card{std::move(device), {}, {}, 0, {}, {}};
    const auto& id = card.device.id;
    if (card.device.courier) card.courier = store::find_courier(tx, *card.device.courier);
    card.battery = store::newest_battery(tx, id);
    card.quarantined = store::count_quarantined(tx, id);
    card.enrol_until = store::open_enrolment_until(tx, id, now);
    if (card.device.state == store::DeviceState::locked)
        if (const auto wipe = store::policy_of(tx, id).wipe)
            card.wipe = Wipe{wipe->asked, store::wiped_at(tx, id, wipe->id)};
    return card;
}

DeviceDetail detail_of(core::Tx& tx, store::DeviceRow device, core::TimeUs now) {
    DeviceDetail detail{card_of(tx, std::move(device), now), {}, {}, {}};
    const auto& id = detail.card.device.id;
    detail.holes = store::holes_of(tx, id);
    detail.certificate = store::newest_certificate(tx, id);
    detail.epochs = store::epochs_of(tx, id);
    return detail;
}

}  // namespace plus7::central::app::devices
