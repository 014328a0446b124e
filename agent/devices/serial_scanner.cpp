#include "agent/devices/serial_scanner.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "shared/runtime/log.hpp"

namespace plus7::agent::devices {
namespace {

speed_t speed_of(int baud) {
    switch (baud) {
        case 19200:
            return B19200;
        case 38400:
            return B38400;
        case 57600:
            return B57600;
        case 115200:
            return B115200;
        default:
            return B9600;
    }
}

// Raw bytes, no echo, no translation; a pseudo terminal or a real line alike.
bool make_raw(int fd, int baud) {
    termios settings{};
    if (::tcgetattr(fd, &settings) != 0) return false;
    ::cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    ::cfsetispeed(&settings, speed_of(baud));
    ::cfsetospeed(&settings, speed_of(baud));
    return ::tcsetattr(fd, TCSANOW, &settings) == 0;
}

}  // namespace

std::vector<core::Bytes> CodeSplitter::feed(core::ByteView bytes) {
    std::vector<core::Bytes> codes;
    for (const auto byte : bytes) {
        const bool end = byte == '\r' || byte == '\n' || byte == '\t';
        if (!end) {
            if (code_.size() < max_code)
                code_.push_back(byte);
            else
                too_long_ = true;
            continue;
        }
        if (too_long_)
            ++dropped_;
        else if (!code_.empty())
            codes.push_back(std::move(code_));
        reset();
    }
    return codes;
}

void CodeSplitter::reset() {
    code_.clear();
    too_long_ = false;
}

struct SerialScanner::State {
    runtime::Loop& loop;
    SerialOptions options;
    std::function<void(core::Bytes)> code;
    CodeSplitter splitter;
    int fd = -1;
    runtime::Watch watch;
    runtime::Timer retry;

    void open();
    void close(const char* why);
    void read();
};

void SerialScanner::State::open() {
    fd = ::open(options.device.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || !make_raw(fd, options.baud)) return close(std::strerror(errno));
    splitter.reset();
    watch = loop.watch_read(fd, [this] { read(); });
    runtime::log_info("scanner is ready", {{"device", options.device}});
}

void SerialScanner::State::close(const char* why) {
    watch.cancel();
    if (fd >= 0) ::close(fd);
    fd = -1;
    runtime::log_warning("no scanner", {{"device", options.device}, {"reason", why}});
    retry = loop.after(options.retry, [this] { open(); });
}

void SerialScanner::State::read() {
    std::array<std::uint8_t, 512> buffer{};
    const auto got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return close(got == 0 ? "unplugged" : std::strerror(errno));
    for (auto& one : splitter.feed({buffer.data(), static_cast<std::size_t>(got)})) code(std::move(one));
}

SerialScanner::SerialScanner(runtime::Loop& loop, SerialOptions options, std::function<void(core::Bytes)> code)
    : state_(new State{loop, std::move(options), std::move(code), {}, -1, {}, {}}) {}

SerialScanner::~SerialScanner() {
    state_->watch.cancel();
    if (state_->fd >= 0) ::close(state_->fd);
}

void SerialScanner::start() { state_->open(); }
bool SerialScanner::connected() const { return state_->fd >= 0; }

}  // namespace plus7::agent::devices
