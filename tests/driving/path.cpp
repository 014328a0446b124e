#include "tests/driving/path.hpp"

#include <algorithm>
#include <stdexcept>

namespace plus7::test {

Path::Path(const std::vector<core::LatLon>& line) {
    if (line.empty()) throw std::invalid_argument("a path needs a place");
    for (const auto place : line) {
        if (places_.empty()) {
            at_m_.push_back(0);
        } else {
            if (place == places_.back()) continue;
            at_m_.push_back(at_m_.back() + core::distance_m(places_.back(), place));
        }
        places_.push_back(place);
    }
}

std::size_t Path::piece_at(double metres) const {
    const auto after = std::upper_bound(at_m_.begin(), at_m_.end(), metres);
    const auto index = static_cast<std::size_t>(after - at_m_.begin());
    return std::clamp<std::size_t>(index, 1, std::max<std::size_t>(places_.size() - 1, 1)) - 1;
}

core::LatLon Path::place_at(double metres) const {
    if (metres <= 0 || places_.size() == 1) return places_.front();
    if (metres >= length_m()) return places_.back();
    const auto i = piece_at(metres);
    const double share = (metres - at_m_[i]) / (at_m_[i + 1] - at_m_[i]);
    const auto a = places_[i], b = places_[i + 1];
    return {a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share};
}

double Path::course_at(double metres) const {
    if (places_.size() == 1) return 0;
    const auto i = piece_at(metres);
    return core::bearing_deg(places_[i], places_[i + 1]);
}

std::vector<Path::Corner> Path::corners() const {
    std::vector<Corner> corners;
    for (std::size_t i = 1; i + 1 < places_.size(); ++i) {
        const double before = core::bearing_deg(places_[i - 1], places_[i]);
        const double after = core::bearing_deg(places_[i], places_[i + 1]);
        corners.push_back({at_m_[i], core::turn_deg(before, after)});
    }
    return corners;
}

}  // namespace plus7::test
