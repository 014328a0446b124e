#include "agent/camera/sightings.hpp"

#include <algorithm>

namespace plus7::agent::camera {

bool Sightings::see(const std::optional<Symbol>& symbol, Time now) {
    std::erase_if(told_, [&](const Told& one) { return now - one.seen >= away_for; });
    const bool is_sure = symbol && (!symbol->linear || symbol == before_);
    before_ = symbol;
    if (!symbol) return false;
    const auto known =
        std::find_if(told_.begin(), told_.end(), [&](const Told& one) { return one.code == symbol->code; });
    if (known != told_.end()) {
        known->seen = now;
        return false;
    }
    if (!is_sure) return false;
    if (told_.size() == most)
        told_.erase(
            std::min_element(told_.begin(), told_.end(), [](const Told& a, const Told& b) { return a.seen < b.seen; }));
    told_.push_back({symbol->code, now});
    return true;
}

}  // namespace plus7::agent::camera
