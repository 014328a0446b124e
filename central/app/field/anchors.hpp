// What ties the monotonic clocks of handhelds' boots to GPS time, while many facts are applied: each read once, and
// written once by keep(). Used within one unit.
#pragma once
#include <chrono>
#include <map>
#include <optional>

#include "shared/core/ids.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::field {

class Anchors {
  public:
    using Offset = std::chrono::microseconds;  // GPS time minus monotonic time

    explicit Anchors(core::Tx& tx) : tx_(tx) {}

    std::optional<Offset> of(const core::DeviceId& device, const core::BootId& boot) {
        return known(device, boot).offset;
    }
    void set(const core::DeviceId& device, const core::BootId& boot, Offset offset);
    void keep();

  private:
    struct Known {
        std::optional<Offset> offset;
        bool is_new = false;
    };
    Known& known(const core::DeviceId& device, const core::BootId& boot);

    core::Tx& tx_;
    std::map<std::pair<core::DeviceId, core::BootId>, Known> known_;
};

}  // namespace plus7::central::app::field
