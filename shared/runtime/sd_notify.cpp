#include "shared/runtime/sd_notify.hpp"

#include <systemd/sd-daemon.h>

#include <cstring>
#include <string>

#include "shared/runtime/log.hpp"

namespace plus7::runtime {
namespace {

void notify(const std::string& state) {
    const int result = ::sd_notify(0, state.c_str());
    if (result < 0) log_warning("systemd could not be notified", {{"error", std::strerror(-result)}});
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
    std::uint64_t period_us = 0;
    if (::sd_watchdog_enabled(0, &period_us) <= 0) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{period_us});
}

}  // namespace plus7::runtime
