#include "central/app/devices/registry.hpp"

#include "central/app/view/view.hpp"
#include "central/store/certificate_store.hpp"
#include "central/store/enrolment_store.hpp"
#include "shared/core/random.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::devices {
namespace {

using store::DeviceRow;
using store::DeviceState;

constexpr std::size_t longest_reason = 300;

core::Error unknown() { return core::not_found("no such device"); }
core::Error bad_label() { return core::invalid("a device's name has 1 to 60 characters"); }

core::Status check_reason(const std::string& reason) {
    if (text::fold(reason).empty() || text::length(reason) > longest_reason)
        return core::invalid("a reason of 1 to 300 characters is needed");
    return {};
}

// What may be locked, unlocked and wiped; held until the transaction ends.
core::Status hold_enrolled(core::Tx& tx, const core::DeviceId& id) {
    const auto device = store::lock_device(tx, id);
    if (!device) return unknown();
    if (device->state == DeviceState::created) return core::conflict("the device was never enrolled");
    if (device->state == DeviceState::revoked) return core::conflict("the device is revoked");
    return {};
}

core::Result<DeviceRow> switch_lock(core::Tx& tx, const core::DeviceId& id, bool locked,
                                    const std::optional<std::string>& reason) {
    if (const auto held = hold_enrolled(tx, id); !held) return held.error();
    store::set_state(tx, id, locked ? DeviceState::locked : DeviceState::enrolled, reason);
    if (auto told = view::set_locked(tx, id, locked); !told) return told.error();
    return *store::find_device(tx, id);
}

}  // namespace

bool is_label(std::string_view label) {
    return text::length(label) <= 60 && !text::fold(label).empty() && label.find('\0') == label.npos;
}

core::Result<DeviceRow> create_device(core::Tx& tx, const std::string& label, core::TimeUs now) {
    if (!is_label(label)) return bad_label();
    DeviceRow device(core::DeviceId::random());
    device.label = label;
    device.label_fold = text::fold(label);
    device.created = now;
    store::insert_device(tx, device);
    return device;
}

core::Result<DeviceRow> rename_device(core::Tx& tx, const core::DeviceId& id, const std::string& label) {
    if (!is_label(label)) return bad_label();
    if (!store::lock_device(tx, id)) return unknown();
    store::set_label(tx, id, label, text::fold(label));
    return *store::find_device(tx, id);
}

core::Result<DeviceRow> lock_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason) {
    if (auto good = check_reason(reason); !good) return good.error();
    return switch_lock(tx, id, true, reason);
}

core::Result<DeviceRow> wipe_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason,
                                    core::TimeUs now) {
    if (auto good = check_reason(reason); !good) return good.error();
    if (const auto held = hold_enrolled(tx, id); !held) return held.error();
    store::set_state(tx, id, DeviceState::locked, reason);
    const wire::WipeRequest wipe{core::random_id<model::WipeId>(), std::chrono::floor<std::chrono::milliseconds>(now)};
    if (auto told = view::ask_wipe(tx, id, wipe); !told) return told.error();
    return *store::find_device(tx, id);
}

core::Result<DeviceRow> unlock_device(core::Tx& tx, const core::DeviceId& id) {
    return switch_lock(tx, id, false, std::nullopt);
}

core::Result<RevokedDevice> revoke_device(core::Tx& tx, const core::DeviceId& id, const std::string& reason,
                                          core::TimeUs now) {
    if (auto good = check_reason(reason); !good) return good.error();
    const auto device = store::lock_device(tx, id);
    if (!device) return unknown();
    if (device->state != DeviceState::revoked) store::set_state(tx, id, DeviceState::revoked, reason);
    auto released = release(tx, id);
    store::drop_enrolments(tx, id, std::nullopt);
    store::revoke_certificates(tx, id, now);
    return RevokedDevice{*store::find_device(tx, id), store::revoked_serials_of(tx, id), std::move(released)};
}

std::string label_pattern(std::string_view typed) { return text::like_anywhere(text::fold(typed)); }

}  // namespace plus7::central::app::devices
