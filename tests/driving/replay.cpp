#include "tests/driving/replay.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace plus7::test {
namespace {

constexpr double standing_mps = 0.3;  // receivers give no course below it

std::vector<core::LatLon> places_of(const std::vector<model::Fix>& track) {
    std::vector<core::LatLon> places;
    for (const auto& fix : track) places.push_back(fix.place);
    return places;
}

Moment moment_on(const Path& path, double at_m, double speed, bool back) {
    Moment moment{path.place_at(at_m), speed, {}, false};
    if (speed >= standing_mps) moment.course_deg = std::fmod(path.course_at(at_m) + (back ? 180 : 0), 360);
    return moment;
}

}  // namespace

Pace::Pace(const std::vector<model::Fix>& track) {
    if (track.size() < 2) throw std::invalid_argument("a track needs two fixes");
    for (std::size_t i = 0; i < track.size(); ++i) {
        const std::chrono::duration<double> since = track[i].time - track.front().time;
        if (i > 0 && since.count() < seconds_.back()) throw std::invalid_argument("the track's time goes back");
        seconds_.push_back(since.count());
        metres_.push_back(i == 0 ? 0 : metres_.back() + core::distance_m(track[i - 1].place, track[i].place));
    }
    if (duration_s() <= 0) throw std::invalid_argument("the track takes no time");
}

std::size_t Pace::piece_at(double seconds) const {
    const auto after = std::upper_bound(seconds_.begin(), seconds_.end(), seconds);
    return std::clamp<std::size_t>(static_cast<std::size_t>(after - seconds_.begin()), 1, seconds_.size() - 1) - 1;
}

double Pace::metres_at(double seconds) const {
    const auto i = piece_at(seconds);
    const double took = seconds_[i + 1] - seconds_[i];
    if (took <= 0) return metres_[i];
    const double share = std::clamp((seconds - seconds_[i]) / took, 0.0, 1.0);
    return metres_[i] + (metres_[i + 1] - metres_[i]) * share;
}

double Pace::speed_at(double seconds) const {
    const auto i = piece_at(seconds);
    const double took = seconds_[i + 1] - seconds_[i];
    return took <= 0 ? 0 : (metres_[i + 1] - metres_[i]) / took;
}

Replay::Replay(const std::vector<model::Fix>& track, double begin_s)
    : pace_(track), path_(places_of(track)), clock_s_(begin_s) {}

Moment Replay::advance(double seconds) {
    const double whole = 2 * pace_.duration_s();
    clock_s_ = std::fmod(clock_s_ + seconds, whole);
    const bool back = clock_s_ > pace_.duration_s();
    const double at_s = back ? whole - clock_s_ : clock_s_;
    return moment_on(path_, pace_.metres_at(at_s), pace_.speed_at(at_s), back);
}

PacedWalk::PacedWalk(const std::vector<model::Fix>& track, StreetWalk walk)
    : pace_(track), walk_(std::move(walk)), path_({walk_.place()}) {}

Moment PacedWalk::advance(double seconds) {
    double metres = -pace_.metres_at(clock_s_);
    clock_s_ += seconds;
    for (; clock_s_ >= pace_.duration_s(); clock_s_ -= pace_.duration_s())
        metres += pace_.metres_at(pace_.duration_s());
    metres += pace_.metres_at(clock_s_);
    for (at_m_ += metres; at_m_ >= path_.length_m();) {
        at_m_ -= path_.length_m();
        path_ = Path(walk_.next().line);
    }
    return moment_on(path_, at_m_, pace_.speed_at(clock_s_), false);
}

}  // namespace plus7::test
