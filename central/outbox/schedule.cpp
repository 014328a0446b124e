#include "central/outbox/schedule.hpp"

#include <algorithm>
#include <array>

namespace plus7::central::outbox {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

std::chrono::milliseconds delay_after(std::int64_t attempts, double random) {
    constexpr std::array<milliseconds, 6> delays{10s, 1min, 5min, 30min, 2h, 6h};
    const auto at = std::clamp<std::int64_t>(attempts - 1, 0, static_cast<std::int64_t>(delays.size()) - 1);
    const auto delay = delays[static_cast<std::size_t>(at)];
    return milliseconds{static_cast<std::int64_t>(static_cast<double>(delay.count()) * (0.8 + 0.4 * random))};
}

std::chrono::milliseconds pause_after(std::int64_t failures) {
    if (failures < failures_that_open) return 0ms;
    constexpr milliseconds first = 30s, longest = 10min;
    const auto doublings = std::min<std::int64_t>(failures - failures_that_open, 10);
    return std::min(longest, first * (std::int64_t{1} << doublings));
}

}  // namespace plus7::central::outbox
