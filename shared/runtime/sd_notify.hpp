// What systemd is told (sd_notify(3)): ready, stopping, alive, status. Does nothing when not started by systemd. Any
// thread.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace plus7::runtime {

void notify_ready();
void notify_stopping();
void notify_status(std::string_view one_line);
void notify_alive();  // WATCHDOG=1

// The unit's WatchdogSec when it is meant for this process: call notify_alive() at least every half of it.
std::optional<std::chrono::milliseconds> watchdog_period();

}  // namespace plus7::runtime
