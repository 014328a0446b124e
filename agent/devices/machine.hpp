// What the handheld's kernel knows: the boot, how the wall clock was set, the battery, free space. Files under /proc
// and /sys and system calls that do not block. Any thread.
#pragma once
#include <filesystem>
#include <optional>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"

namespace plus7::agent::devices {

// The kernel's boot_id; a random one, once per process, where there is none.
core::BootId boot_id();

// network when the kernel says that its clock is disciplined (adjtimex), else rtc when the clock is not from before the
// project existed, else unset.
core::WallSource wall_source();

struct Battery {
    int percent = 0;
    bool charging = false;
    bool operator==(const Battery&) const = default;
};
// The first battery under `power_supply` (normally /sys/class/power_supply); nothing on a machine without one.
std::optional<Battery> read_battery(const std::filesystem::path& power_supply);

// Bytes that an unprivileged process may still write there; nothing when the folder cannot be asked.
std::optional<std::uint64_t> free_bytes(const std::filesystem::path& folder);

}  // namespace plus7::agent::devices
