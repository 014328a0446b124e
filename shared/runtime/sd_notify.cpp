#include "shared/runtime/sd_notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "shared/runtime/log.hpp"

namespace plus7::runtime {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

// One datagram of assignments to the socket that systemd names (sd_notify(3), "Notes"; a leading @ is the abstract
// namespace). The protocol is promised to stay; libsystemd would cost the handheld a megabyte of memory for it.
void notify(const std::string& state) {
    const auto path = variable("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool sent =
        socket >= 0 && ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address),
                                length) == static_cast<ssize_t>(state.size());
    const int why = errno;
    if (socket >= 0) ::close(socket);
    if (!sent) log_warning("systemd could not be notified", {{"error", std::strerror(why)}});
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

void notify_ready() { notify("READY=1"); }
void notify_stopping() { notify("STOPPING=1"); }
void notify_alive() { notify("WATCHDOG=1"); }

void notify_status(std::string_view one_line) {
    std::string state = "STATUS=";
    for (const char c : one_line) state += c == '\n' ? ' ' : c;  // a line break would start another assignment
    notify(state);
}

std::optional<std::chrono::milliseconds> watchdog_period() {
    const auto period_us = number(variable("WATCHDOG_USEC"));
    if (!period_us || *period_us <= 0) return std::nullopt;
    const auto meant = variable("WATCHDOG_PID");
    if (!meant.empty() && number(meant) != ::getpid()) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{*period_us});
}

}  // namespace plus7::runtime
