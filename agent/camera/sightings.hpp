// A camera sees a code many times while it is held before it: that is one scan. Pure; used by CameraScanner.
#pragma once
#include <chrono>
#include <optional>
#include <vector>

#include "agent/camera/symbol.hpp"

namespace plus7::agent::camera {

class Sightings {
  public:
    using Time = std::chrono::milliseconds;
    static constexpr Time away_for{2000};    // not seen for so long: the next time it is a new scan
    static constexpr std::size_t most = 16;  // codes that lie about; the one not seen for longest is forgotten first

    // True: this is a scan. Bars count when two frames in a row say the same, since a blurred edge may be read as
    // another digit whose check digit fits by chance.
    bool see(const std::optional<Symbol>& symbol, Time now);

  private:
    struct Told {
        core::Bytes code;
        Time seen;
    };
    std::optional<Symbol> before_;
    std::vector<Told> told_;
};

}  // namespace plus7::agent::camera
