// What the device states about itself: start and stop, a silent gpsd, a full disk, the battery; each coarse enough not
// to fill the outbox. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string_view>

#include "agent/app/logbook.hpp"
#include "agent/store/storage_ladder.hpp"

namespace plus7::agent::app {

// Reports the battery when it falls to one of 80, 60, 40, 30, 20, 15, 10, 5 per cent, when it is above 80 again, and
// when the charger comes or goes. Pure.
class BatterySteps {
  public:
    bool is_news(int percent, bool charging);

  private:
    static int step_of(int percent);
    std::optional<int> step_;
    bool charging_ = false;
};

class DeviceEvents {
  public:
    static constexpr std::chrono::minutes gpsd_lost_at_most_every{10};  // a gpsd that comes and goes is one event

    DeviceEvents(store::Outbox& outbox, Logbook& logbook, Stamps& stamps);

    // With whether the run before ended in order.
    core::Status started(std::string_view version);
    core::Status stopped();
    core::Status gpsd_lost(std::chrono::milliseconds silent);
    core::Status battery(int percent, bool charging);
    // The step of the storage ladder from now on; a higher one is stated.
    core::Result<store::StorageStep> storage(std::uint64_t free_bytes, const store::StorageLimits& limits);

    store::StorageStep storage_step() const { return step_; }

  private:
    store::Outbox& outbox_;
    Logbook& logbook_;
    Stamps& stamps_;
    BatterySteps battery_;
    store::StorageStep step_ = store::StorageStep::normal;
    std::optional<std::chrono::milliseconds> gpsd_told_;
};

}  // namespace plus7::agent::app
