// Keeps the streets around the day's stops on this handheld: looks now and then whether the pack still covers them and,
// while central is reached, lets a child process (this program's `fetch-map`) load another, because that blocks. Loop
// thread; owned by Agent.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>

#include "shared/core/time.hpp"
#include "shared/runtime/child.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/wire/map_pack.hpp"

namespace plus7::agent {

class MapKeeper {
  public:
    static constexpr std::chrono::days good_for{7};       // streets change slowly
    static constexpr std::chrono::minutes try_again{10};  // after whatever went wrong
    static constexpr double wanted_m = 1'500;             // that have to be there around the stops
    static constexpr double loaded_m = 4'000;             // that are asked for: tomorrow's stops are near

    MapKeeper(runtime::Loop& loop, core::Clock& clock, std::filesystem::path data_dir, std::filesystem::path pack)
        : loop_(loop), clock_(clock), data_dir_(std::move(data_dir)), pack_(std::move(pack)) {}

    // The stops and depots as they are now; asks when it is needed and `online`.
    void look(const std::vector<core::LatLon>& places, bool online);

  private:
    bool is_good(const wire::MapArea& wanted) const;
    void fetch(const wire::MapArea& area);

    runtime::Loop& loop_;
    core::Clock& clock_;
    const std::filesystem::path data_dir_, pack_;
    std::optional<runtime::Child> child_;
    std::optional<std::chrono::milliseconds> tried_;  // monotonic
    std::optional<wire::MapArea> asked_;
};

}  // namespace plus7::agent
