#include "agent/app/stamps.hpp"

#include <algorithm>
#include <cmath>

namespace plus7::agent::app {
namespace {

constexpr double most_accuracy_m = 1e6;

std::optional<std::uint32_t> whole_metres(const std::optional<double>& metres) {
    if (!metres || !(*metres >= 0) || *metres > most_accuracy_m) return std::nullopt;
    return static_cast<std::uint32_t>(std::lround(*metres));
}

}  // namespace

Stamps::Stamps(core::Clock& clock, core::BootId boot, std::function<core::WallSource()> wall_source)
    : clock_(clock), boot_(boot), wall_source_(std::move(wall_source)) {}

void Stamps::saw(const model::Fix& fix, std::chrono::milliseconds arrived) {
    if (newest_ && fix.time <= newest_->fix.time) return;
    newest_ = Seen{fix, arrived, hides_place_};
}

core::Stamp Stamps::now() const {
    core::Stamp stamp;
    stamp.wall = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    stamp.wall_src = wall_source_();
    stamp.boot = boot_;
    stamp.mono = clock_.mono();
    const auto age = fix_age();
    if (age && *age <= gps_time_holds) stamp.gps = newest_->fix.time + *age;
    return stamp;
}

core::TimeMs Stamps::best_time() const {
    const auto stamp = now();
    return stamp.gps.value_or(stamp.wall);
}

std::optional<wire::Where> Stamps::where() const {
    if (!newest_ || hides_place_ || newest_->is_hidden) return std::nullopt;
    return wire::Where{newest_->fix.place, whole_metres(newest_->fix.accuracy_m), *fix_age()};
}

// A place of before the break is an old one when it is over; one of the break itself is nobody's business.
void Stamps::hide_place(bool hides) { hides_place_ = hides; }

std::optional<std::chrono::milliseconds> Stamps::fix_age() const {
    if (!newest_) return std::nullopt;
    return std::max(clock_.mono() - newest_->arrived, std::chrono::milliseconds{0});
}

std::optional<double> Stamps::fix_accuracy_m() const {
    if (!newest_) return std::nullopt;
    return newest_->fix.accuracy_m;
}

}  // namespace plus7::agent::app
