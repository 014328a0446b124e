// The page's camera as a scanner: pictures come in, codes go out. They are read in a process of their own
// (reader_process.hpp), which a thread of its own asks, so that neither the loop nor the storage thread waits; one
// picture at a time, and none waits. Owned by the agent; loop thread.
#pragma once
#include <atomic>
#include <functional>
#include <string_view>

#include "agent/camera/reader_process.hpp"
#include "agent/camera/sightings.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::agent::camera {

struct CameraOptions {
    std::vector<std::string> reader;                // the program that reads the pictures
    std::chrono::milliseconds answer_within{4000};  // else it is ended; the page asks anew after five seconds
};

class CameraScanner {
  public:
    // `code` gets each scan once, on the asking thread.
    CameraScanner(runtime::Loop& loop, core::Clock& clock, CameraOptions options,
                  std::function<void(core::Bytes)> code);
    ~CameraScanner() { stop(); }

    // Then `done` is called once, on the asking thread: whether a code was in the picture; no, when reading it ended
    // the process. invalid: frame_of's; limit: another picture is being read; unavailable: no process, or stopping. In
    // these cases it is not called.
    core::Status look(std::string_view message, std::function<void(bool read)> done);

    void let_go() { reader_.end(); }  // nobody looks any more
    void stop();

    std::uint64_t frames() const { return frames_; }

  private:
    using Line = std::shared_ptr<ReaderLine>;
    void read(const Line& line, const core::Bytes& message, const std::function<void(bool)>& done);

    core::Clock& clock_;
    const CameraOptions options_;
    std::function<void(core::Bytes)> code_;
    ReaderProcess reader_;
    Sightings sightings_;  // asking thread
    std::atomic<bool> reading_ = false;
    std::atomic<std::uint64_t> frames_ = 0;
    runtime::Workers asking_;
};

}  // namespace plus7::agent::camera
