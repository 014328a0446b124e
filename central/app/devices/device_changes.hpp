// Who changed something of a device calls changed() after the commit; who remembers it is told and reads it again. One
// object for what ingest remembers (state, keys, courier), one for the device's view. Any thread; owned by the composition
// root, outlives both.
#pragma once
#include <functional>
#include <mutex>
#include <vector>

#include "shared/core/ids.hpp"

namespace plus7::central::app::devices {

class DeviceChanges {
  public:
    using Listener = std::function<void(const core::DeviceId&)>;

    // Must be quick and must not call back here. Before the first change, or at a quiet time.
    void listen(Listener listener);
    void changed(const core::DeviceId& device);

  private:
    std::mutex lock_;
    std::vector<Listener> listeners_;
};

}  // namespace plus7::central::app::devices
