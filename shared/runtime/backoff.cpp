#include "shared/runtime/backoff.hpp"

#include <algorithm>
#include <cmath>

#include "shared/core/random.hpp"

namespace plus7::runtime {
namespace {

double system_random() { return std::ldexp(static_cast<double>(core::random_below(std::uint64_t{1} << 53)), -53); }

}  // namespace

Backoff::Backoff(BackoffSettings settings, Random random)
    : settings_(settings), random_(random ? std::move(random) : Random(system_random)) {}

void Backoff::succeeded(Milliseconds now) { up_since_ = now; }

Backoff::Milliseconds Backoff::failed(Milliseconds now) {
    if (up_since_ && now - *up_since_ >= settings_.stable) failures_ = 0;
    up_since_.reset();
    const int doublings = std::min(failures_, 40);  // far above any cap, far below an overflow
    ++failures_;
    const double ceiling = std::min(static_cast<double>(settings_.cap.count()),
                                    std::ldexp(static_cast<double>(settings_.base.count()), doublings));
    return Milliseconds{static_cast<Milliseconds::rep>(random_() * ceiling)};
}

void Backoff::reset() {
    failures_ = 0;
    up_since_.reset();
}

}  // namespace plus7::runtime
