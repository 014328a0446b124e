// The track of a shift: fixes through the sampler into the track store and to the live map, and named gaps where there
// is none. Outside a shift, and in its breaks, nothing is recorded and nothing is sent. Storage thread; owned by the
// agent.
#pragma once
#include <functional>
#include <optional>

#include "agent/app/sampler.hpp"
#include "agent/store/storage_ladder.hpp"
#include "agent/store/track_store.hpp"
#include "shared/core/result.hpp"

namespace plus7::agent::app {

class Tracking {
  public:
    using Live = std::function<void(const model::Fix&)>;  // takes every usable fix of a shift; saving, the kept ones
    static constexpr std::chrono::seconds gap_after{30};  // so long without a fix is a gap
    static constexpr int thinning = 4;                    // intervals and distances at StorageStep::thin_tracks
    static constexpr int saving = 3;                      // the same when the battery is low

    Tracking(store::TrackStore& track, SamplingPolicy sampling, Live live);

    // A shift began. `since`: from then on the track owes fixes or a gap; nothing when that time is not known.
    void start(std::optional<core::TimeMs> since);
    // A shift goes on after a restart. `since`: as above; nothing when the track store declares that gap itself.
    void go_on(std::optional<core::TimeMs> since, double distance_m, wire::GapReason reason);
    // The shift ended, or the process stops: states what is owed until `now` and seals. An error: the disk refuses, and
    // the next start of the track store declares what is missing.
    core::Status finish(std::optional<core::TimeMs> now);
    // A break from `since` on: states what is owed, seals, and takes nothing until resume(). An error as of finish().
    core::Status rest(std::optional<core::TimeMs> since);
    // The same after a restart, when all of that is done.
    void rest_on(std::optional<core::TimeMs> since, double distance_m);
    // The break is over: its time is a gap of its own, and the shift goes on. An error: not stated, it rests on.
    core::Status resume(std::optional<core::TimeMs> now);
    bool active() const { return active_; }
    bool resting() const { return resting_; }

    core::Status fix(const model::Fix& fix, std::chrono::milliseconds mono);
    core::Status tick(std::chrono::milliseconds mono, bool online);  // about once a second
    void gpsd_lost();                                                // until the next fix
    void storage(store::StorageStep step);
    void save_battery(bool low);
    void set_sampling(SamplingPolicy sampling);

    double distance_m() const { return distance_m_; }               // of this shift, along what was kept
    std::optional<core::TimeMs> last_fix() const { return last_; }  // of this shift
    std::uint64_t kept_fixes() const { return kept_fixes_; }        // since this object is there

  private:
    void follow_policy();
    core::Status settle_gap(core::TimeMs until);
    core::Status keep(const model::Fix& fix, std::chrono::milliseconds mono);

    store::TrackStore& track_;
    SamplingPolicy sampling_;
    Sampler sampler_;
    Live live_;
    store::StorageStep step_ = store::StorageStep::normal;
    bool battery_low_ = false;
    bool active_ = false;
    bool resting_ = false;                      // inside a shift, in a break
    std::optional<core::TimeMs> last_;          // the newest fix, or where the shift or its break began
    std::optional<core::TimeMs> stopped_from_;  // the storage ladder stopped tracks here
    bool gpsd_gone_ = false;
    wire::GapReason reason_ = wire::GapReason::no_fix;
    std::optional<model::Fix> kept_;  // the end of the measured way
    double distance_m_ = 0;
    std::uint64_t kept_fixes_ = 0;
};

}  // namespace plus7::agent::app
