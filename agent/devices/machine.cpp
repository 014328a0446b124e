#include "agent/devices/machine.hpp"

#include <sys/statvfs.h>
#include <sys/timex.h>

#include <algorithm>
#include <fstream>

#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::agent::devices {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

core::BootId read_boot_id() {
    if (const auto id = core::from_uuid_text(first_line("/proc/sys/kernel/random/boot_id")))
        return core::BootId{id->value};
    return core::random_id<core::BootId>();
}

}  // namespace

core::BootId boot_id() {
    static const core::BootId id = read_boot_id();
    return id;
}

core::WallSource wall_source() {
    timex state{};
    const int clock = ::adjtimex(&state);
    if (clock != TIME_ERROR && (state.status & STA_UNSYNC) == 0) return core::WallSource::network;
    const auto first_possible = core::time_us(1'735'689'600'000'000);  // 2025-01-01
    return core::SystemClock{}.now() >= first_possible ? core::WallSource::rtc : core::WallSource::unset;
}

std::optional<Battery> read_battery(const fs::path& power_supply) {
    std::error_code error;
    std::vector<fs::path> supplies;
    for (fs::directory_iterator it(power_supply, error), end; !error && it != end; it.increment(error))
        supplies.push_back(it->path());
    std::sort(supplies.begin(), supplies.end());
    for (const auto& supply : supplies) {
        if (first_line(supply / "type") != "Battery") continue;
        const auto capacity = first_line(supply / "capacity");
        const bool is_number =
            !capacity.empty() && capacity.size() <= 3 &&
            std::all_of(capacity.begin(), capacity.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!is_number) continue;
        const auto status = first_line(supply / "status");
        return Battery{std::min(std::stoi(capacity), 100), status == "Charging" || status == "Full"};
    }
    return std::nullopt;
}

std::optional<std::uint64_t> free_bytes(const fs::path& folder) {
    struct statvfs state {};
    if (::statvfs(folder.c_str(), &state) != 0) return std::nullopt;
    return static_cast<std::uint64_t>(state.f_bavail) * state.f_frsize;
}

}  // namespace plus7::agent::devices
