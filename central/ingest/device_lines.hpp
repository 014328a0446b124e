// Frames that wait, one line per device: a device's frames are handled one at a time and in order (but tracks that wait
// in a row together), different devices at the same time on different workers. Bounded as a whole, in bytes, and per device, so that none fills it alone. Any
// thread.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "central/ingest/frame.hpp"
#include "central/ingest/parts.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::central::ingest {

struct LineLimits {
    std::size_t frames = 4096;
    std::size_t bytes = 64 * 1024 * 1024;
    std::size_t frames_per_device = 64;
};

class DeviceLines {
  public:
    struct Item {
        wire::Topic topic;
        Frame frame;
    };
    using Finished = std::function<void()>;
    // On a worker: one frame, or several tracks in a row; Finished once, from any thread.
    using Handle = std::function<void(std::vector<Item>, Finished)>;
    using Settled = std::function<void(const core::DeviceId&)>;  // nothing of it waits, or much has been handled
    using Dropped = std::function<void(const wire::Topic&)>;     // taken, but never handled: at the end

    DeviceLines(runtime::Workers& workers, LineLimits limits, Handle handle, Settled settled, Dropped dropped)
        : workers_(workers),
          limits_(limits),
          handle_(std::move(handle)),
          settled_(std::move(settled)),
          dropped_(std::move(dropped)) {}

    bool push(Item item);  // false: full, or closed
    double load() const;   // 0 … 1

    // Takes nothing more; waits until all that was taken is handled, or drops what has not begun by then and waits for
    // the rest.
    void close(std::chrono::milliseconds limit);

  private:
    struct Line {
        std::deque<Item> waiting;
        std::size_t handled = 0;
    };
    void start(const core::DeviceId& device);
    void run(const core::DeviceId& device);
    std::vector<Item> take_run(Line& line);
    void next(const core::DeviceId& device, std::size_t handled);
    void drop_waiting(Line& line);

    runtime::Workers& workers_;
    const LineLimits limits_;
    const Handle handle_;
    const Settled settled_;
    const Dropped dropped_;
    mutable std::mutex lock_;
    std::condition_variable emptied_;
    std::map<core::DeviceId, Line> lines_;  // those with a frame under way
    std::size_t frames_ = 0, bytes_ = 0;
    bool closed_ = false;
};

}  // namespace plus7::central::ingest
