// The page's camera as a scanner: pictures come in, codes go out. Reads on a thread of its own, so that neither the
// loop nor the storage thread waits for it; one picture at a time, and none waits. Owned by the agent; look() from any
// thread.
#pragma once
#include <atomic>
#include <functional>
#include <string_view>

#include "agent/camera/sightings.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::agent::camera {

class CameraScanner {
  public:
    // `code` gets each scan once, on the reading thread.
    CameraScanner(core::Clock& clock, std::function<void(core::Bytes)> code);

    // Then `done` is called once, on the reading thread: whether a code was in the picture. invalid: frame_of's; limit:
    // another picture is being read; unavailable: stopping. In these cases it is not called.
    core::Status look(std::string_view message, std::function<void(bool read)> done);

    void stop() { reader_.stop(); }

    std::uint64_t frames() const { return frames_; }

  private:
    void read(const core::Bytes& message, const std::function<void(bool)>& done);

    core::Clock& clock_;
    std::function<void(core::Bytes)> code_;
    Sightings sightings_;  // reading thread
    std::atomic<bool> reading_ = false;
    std::atomic<std::uint64_t> frames_ = 0;
    runtime::Workers reader_;
};

}  // namespace plus7::agent::camera
