#include "agent/devices/evdev_scanner.hpp"

#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <time.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "agent/devices/key_decoder.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent::devices {
namespace {

KeyEvent event_of(const input_event& event) {
    const auto time = std::chrono::seconds{event.input_event_sec} + std::chrono::microseconds{event.input_event_usec};
    return {time, event.type, event.code, event.value};
}

}  // namespace

struct EvdevScanner::State {
    runtime::Loop& loop;
    EvdevOptions options;
    std::function<void(core::Bytes)> code;
    KeyDecoder decoder;
    int fd = -1;
    libevdev* device = nullptr;
    std::string reason;    // why there is no scanner
    unsigned refused = 0;  // tries in a row that ended with it
    runtime::Watch watch;
    runtime::Timer retry;

    void open();
    std::string take_device();
    void release_device();
    void close(const std::string& why);
    void read();
    void tell_drops(std::uint64_t before);
};

void EvdevScanner::State::open() {
    const auto failure = take_device();
    if (!failure.empty()) return close(failure);
    decoder.reset();
    watch = loop.watch_read(fd, [this] { read(); });
    reason.clear();
    runtime::log_info("scanner is ready", {{"device", options.device}});
}

// Empty: all went well.
std::string EvdevScanner::State::take_device() {
    fd = ::open(options.device.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return std::strerror(errno);
    // Anything else than an event device refuses its questions, each kind of file in its own words.
    if (libevdev_new_from_fd(fd, &device) != 0) return "not an input device";
    if (!libevdev_has_event_code(device, EV_KEY, KEY_ENTER)) return "not a keyboard";
    // The wall clock may jump, which would look like a pause inside a code.
    if (const int error = libevdev_set_clock_id(device, CLOCK_MONOTONIC); error != 0) return std::strerror(-error);
    if (const int error = libevdev_grab(device, LIBEVDEV_GRAB); error != 0) return std::strerror(-error);
    return {};
}

void EvdevScanner::State::release_device() {
    watch.cancel();
    libevdev_free(device);
    device = nullptr;
    if (fd >= 0) ::close(fd);
    fd = -1;
}

void EvdevScanner::State::close(const std::string& why) {
    release_device();
    refused = reason == why ? refused + 1 : 1;
    reason = why;
    // Told ever more rarely: a scanner may be away for days, and the log writes to the handheld's flash.
    if (std::has_single_bit(refused)) runtime::log_warning("no scanner", {{"device", options.device}, {"reason", why}});
    retry = loop.after(options.retry, [this] { open(); });
}

void EvdevScanner::State::read() {
    const auto dropped = decoder.dropped().total();
    input_event event{};
    int got = 0;
    // Lost events come as SYN_DROPPED. The state that libevdev could give for them is not asked for: it has no order.
    while ((got = libevdev_next_event(device, LIBEVDEV_READ_FLAG_NORMAL, &event)) >= 0)
        if (auto one = decoder.feed(event_of(event))) code(std::move(*one));
    tell_drops(dropped);
    if (got == -EAGAIN || got == -EINTR) return;
    close(got == -ENODEV ? "unplugged" : std::strerror(-got));
}

void EvdevScanner::State::tell_drops(std::uint64_t before) {
    const auto& now = decoder.dropped();
    if (now.total() == before) return;
    runtime::log_warning("a scanned code was dropped", {{"lost_events", now.lost_events},
                                                        {"paused", now.paused},
                                                        {"too_long", now.too_long},
                                                        {"unreadable", now.unreadable}});
}

EvdevScanner::EvdevScanner(runtime::Loop& loop, EvdevOptions options, std::function<void(core::Bytes)> code)
    : state_(new State{loop, std::move(options), std::move(code), {}, -1, nullptr, {}, 0, {}, {}}) {}

EvdevScanner::~EvdevScanner() { state_->release_device(); }

void EvdevScanner::start() { state_->open(); }
bool EvdevScanner::connected() const { return state_->fd >= 0; }

}  // namespace plus7::agent::devices
