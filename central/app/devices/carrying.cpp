#include "central/app/devices/carrying.hpp"

#include <algorithm>

#include "central/app/access/access.hpp"
#include "central/app/chat/chat.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/view/view.hpp"
#include "central/store/courier_block_store.hpp"
#include "central/store/courier_view.hpp"

namespace plus7::central::app::devices {
namespace {

core::Bytes row_of(core::Tx& tx, const store::CourierRow& courier) {
    const auto site = courier.site ? store::find_site(tx, *courier.site) : std::nullopt;
    return store::courier_row_body(courier, store::find_sign_in(tx, courier.id), site);
}

Carried hand_over(core::Tx& tx, const store::DeviceRow& device, const store::CourierRow* to) {
    store::set_courier(tx, device.id, to ? std::optional(to->id) : std::nullopt);
    if (device.courier) store::touch_courier(tx, *device.courier);
    view::Change card;
    if (to) {
        store::touch_courier(tx, to->id);
        card.put.emplace(store::courier_row_key, row_of(tx, *to));
    } else {
        card.gone.insert(store::courier_row_key);
    }
    view::change(tx, device.id, card);
    dispatch::retell_device(tx, device.id);
    chat::retell_device(tx, device.id);
    access::withdraw(tx, device.id);  // told anew to whom it is about
    return {device.id, to ? std::optional(to->id) : std::nullopt, device.courier};
}

// Rows are locked in sorted order of their ids, so that two bindings at once wait for each other and never cross.
std::vector<store::DeviceRow> lock_sorted(core::Tx& tx, std::vector<core::DeviceId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<store::DeviceRow> rows;
    for (const auto& id : ids)
        if (auto row = store::lock_device(tx, id)) rows.push_back(std::move(*row));
    return rows;
}

}  // namespace

core::Result<std::vector<Carried>> bind(core::Tx& tx, const std::string& courier, const core::DeviceId& device) {
    const auto carrier = store::lock_courier(tx, courier);
    if (!carrier) return core::not_found("no such courier");
    if (carrier->blocked) return core::conflict("the courier is blocked");
    std::vector<core::DeviceId> touched{device};
    if (const auto own = store::device_of_courier(tx, courier)) touched.push_back(own->id);
    const auto rows = lock_sorted(tx, std::move(touched));
    const auto wanted = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == device; });
    if (wanted == rows.end()) return core::not_found("no such device");
    if (wanted->state == store::DeviceState::revoked) return core::conflict("the device is revoked");
    std::vector<Carried> changes;
    if (wanted->courier == courier) return changes;
    for (const auto& row : rows)
        if (row.id != device && row.courier == courier) changes.push_back(hand_over(tx, row, nullptr));
    changes.push_back(hand_over(tx, *wanted, &*carrier));
    return changes;
}

core::Result<std::vector<Carried>> unbind(core::Tx& tx, const std::string& courier) {
    if (!store::lock_courier(tx, courier)) return core::not_found("no such courier");
    std::vector<Carried> changes;
    if (const auto own = store::device_of_courier(tx, courier)) return release(tx, own->id);
    return changes;
}

core::Result<std::vector<Carried>> block(core::Tx& tx, const std::string& courier) {
    auto changes = unbind(tx, courier);
    if (changes)
        for (const auto& change : *changes)
            store::block_courier_on(tx, courier, change.device, view::head(tx, change.device));
    return changes;
}

void unblock(core::Tx& tx, const std::string& courier) { store::unblock_courier(tx, courier); }

std::vector<Carried> release(core::Tx& tx, const core::DeviceId& device) {
    const auto row = store::lock_device(tx, device);
    if (!row || !row->courier) return {};
    return {hand_over(tx, *row, nullptr)};
}

std::optional<core::DeviceId> retell(core::Tx& tx, const store::CourierRow& courier) {
    const auto device = store::device_of_courier(tx, courier.id);
    if (!device) return std::nullopt;
    view::change(tx, device->id, {{{store::courier_row_key, row_of(tx, courier)}}, {}});
    return device->id;
}

}  // namespace plus7::central::app::devices
