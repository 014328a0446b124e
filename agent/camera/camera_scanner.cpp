#include "agent/camera/camera_scanner.hpp"

namespace plus7::agent::camera {

CameraScanner::CameraScanner(core::Clock& clock, std::function<void(core::Bytes)> code)
    : clock_(clock), code_(std::move(code)), reader_({.threads = 1, .max_queued = 1}) {}

core::Status CameraScanner::look(std::string_view message, std::function<void(bool)> done) {
    if (const auto frame = frame_of(core::view_of(message)); !frame) return frame.error();
    if (reading_.exchange(true)) return core::limit("a picture is being read: wait for its answer");
    auto job = [this, kept = core::copy_of(core::view_of(message)), done = std::move(done)] { read(kept, done); };
    auto queued = reader_.submit(std::move(job));
    if (!queued) reading_ = false;
    return queued;
}

void CameraScanner::read(const core::Bytes& message, const std::function<void(bool)>& done) {
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
    const auto frame = frame_of(message);
    const auto symbol = frame ? read_symbol(*frame) : std::nullopt;
    turn.was_read = symbol.has_value();
    if (sightings_.see(symbol, clock_.mono())) code_(symbol->code);
}

}  // namespace plus7::agent::camera
