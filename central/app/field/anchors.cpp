#include "central/app/field/anchors.hpp"

#include <utility>

#include "central/store/field_store.hpp"

namespace plus7::central::app::field {

Anchors::Known& Anchors::known(const core::DeviceId& device, const core::BootId& boot) {
    const std::pair key{device, boot};
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    return known_.emplace(key, Known{store::boot_anchor(tx_, device, boot)}).first->second;
}

void Anchors::set(const core::DeviceId& device, const core::BootId& boot, Offset offset) {
    auto& anchor = known(device, boot);
    anchor.is_new |= anchor.offset != offset;
    anchor.offset = offset;
}

void Anchors::keep() {
    for (auto& [of, anchor] : known_)
        if (std::exchange(anchor.is_new, false)) store::set_boot_anchor(tx_, of.first, of.second, *anchor.offset);
}

}  // namespace plus7::central::app::field
