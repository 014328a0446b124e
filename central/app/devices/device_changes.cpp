#include "central/app/devices/device_changes.hpp"

namespace plus7::central::app::devices {

void DeviceChanges::listen(Listener listener) {
    const std::lock_guard guard(lock_);
    listeners_.push_back(std::move(listener));
}

void DeviceChanges::changed(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    for (const auto& listener : listeners_) listener(device);
}

}  // namespace plus7::central::app::devices
