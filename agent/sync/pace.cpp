#include "agent/sync/pace.hpp"

#include <algorithm>
#include <cmath>

#include "shared/wire/limits.hpp"

namespace plus7::agent::sync {
namespace {
constexpr double least_goal = 4 * 1024;
constexpr double share = 0.3;  // of the newest measurement
}  // namespace

void UplinkSpeed::measured(std::size_t bytes, Milliseconds time) {
    const double speed = static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(time.count(), 1));
    bytes_per_ms_ += share * (speed - bytes_per_ms_);
}

std::size_t UplinkSpeed::batch_goal(Milliseconds batch_time) const {
    const double goal = bytes_per_ms_ * static_cast<double>(batch_time.count());
    return static_cast<std::size_t>(std::clamp(goal, least_goal, static_cast<double>(wire::max_batch_bytes)));
}

void AckTime::measured(Milliseconds time) {
    const auto value = static_cast<double>(std::max<std::int64_t>(time.count(), 0));
    mean_ms_ = mean_ms_ == 0 ? value : mean_ms_ + share * (value - mean_ms_);
}

Milliseconds AckTime::resend_after(const Timings& timings, int tries, const Random& random) const {
    const Milliseconds four_times{std::llround(4 * mean_ms_)};
    const auto least = std::min(std::max(timings.resend_least, four_times), timings.resend_most);
    return doubled(least, timings.resend_most, tries, random);
}

Milliseconds doubled(Milliseconds least, Milliseconds most, int n, const Random& random) {
    const double top = std::min(static_cast<double>(most.count()),
                                static_cast<double>(least.count()) * std::pow(2.0, std::min(n, 30) + 1));
    const double spread = std::max(0.0, top - static_cast<double>(least.count()));
    return least + Milliseconds{std::llround(spread * random())};
}

}  // namespace plus7::agent::sync
