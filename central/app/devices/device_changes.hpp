// Who changed what ingest remembers of a device (state, keys, courier) calls changed() after the commit; who remembers
// is told and reads it again. Any thread; owned by the composition root, outlives both.
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
