// The three clocks of an act and the place it happened at, from the newest fix. Storage thread; owned by the agent.
#pragma once
#include <functional>
#include <optional>

#include "agent/store/act.hpp"
#include "shared/core/time.hpp"
#include "shared/model/fix.hpp"

namespace plus7::agent::app {

class Stamps {
  public:
    // GPS time is carried on by the monotonic clock for so long after a fix; then an act has none.
    static constexpr std::chrono::seconds gps_time_holds{30};

    // `clock` must outlive it; `wall_source` says how the wall clock was set, now.
    Stamps(core::Clock& clock, core::BootId boot, std::function<core::WallSource()> wall_source);

    // `arrived`: the monotonic clock when the fix came from the receiver. An older fix than the newest is ignored.
    void saw(const model::Fix& fix, std::chrono::milliseconds arrived);

    core::Stamp now() const;
    core::TimeMs best_time() const;  // GPS time if there is one, else the wall clock
    bool wall_is_set() const { return wall_source_() != core::WallSource::unset; }
    std::chrono::milliseconds mono() const { return clock_.mono(); }

    std::optional<wire::Where> where() const;  // the newest fix and its age, however old
    // While it holds, and until the next fix after it, there is no `where`: a break. Times stay.
    void hide_place(bool hides);
    std::optional<std::chrono::milliseconds> fix_age() const;  // of the newest fix
    std::optional<double> fix_accuracy_m() const;

  private:
    struct Seen {
        model::Fix fix;
        std::chrono::milliseconds arrived{0};
        bool is_hidden = false;
    };
    core::Clock& clock_;
    core::BootId boot_;
    std::function<core::WallSource()> wall_source_;
    std::optional<Seen> newest_;
    bool hides_place_ = false;
};

}  // namespace plus7::agent::app
