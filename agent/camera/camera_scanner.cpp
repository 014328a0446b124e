#include "agent/camera/camera_scanner.hpp"

#include "agent/camera/frame.hpp"

namespace plus7::agent::camera {

CameraScanner::CameraScanner(runtime::Loop& loop, core::Clock& clock, CameraOptions options,
                             std::function<void(core::Bytes)> code)
    : clock_(clock),
      options_(std::move(options)),
      code_(std::move(code)),
      reader_(loop, clock, options_.reader),
      asking_({.threads = 1, .max_queued = 1}) {}

core::Status CameraScanner::look(std::string_view message, std::function<void(bool)> done) {
    if (const auto frame = frame_of(core::view_of(message)); !frame) return frame.error();
    if (reading_.exchange(true)) return core::limit("a picture is being read: wait for its answer");
    auto line = reader_.line();
    core::Status queued;
    if (line) {
        auto job = [this, line = *line, kept = core::copy_of(core::view_of(message)), done = std::move(done)] {
            read(line, kept, done);
        };
        queued = asking_.submit(std::move(job));
    } else {
        queued = line.error();
    }
    if (!queued) reading_ = false;
    return queued;
}

void CameraScanner::stop() {
    reader_.end();  // first: the thread may wait for it
    asking_.stop();
}

void CameraScanner::read(const Line& line, const core::Bytes& message, const std::function<void(bool)>& done) {
    // Also when something throws: the page waits for the answer. Free for its next picture before it has it.
    struct Turn {
        std::atomic<bool>& reading;
        const std::function<void(bool)>& done;
        bool was_read = false;
        ~Turn() {
            reading = false;
            done(was_read);
        }
    } turn{reading_, done};
    ++frames_;
    const auto symbol = line->ask(message, options_.answer_within);
    if (!symbol) return reader_.failed(line, symbol.error().message);
    turn.was_read = symbol->has_value();
    if (sightings_.see(*symbol, clock_.mono())) code_((*symbol)->code);
}

}  // namespace plus7::agent::camera
