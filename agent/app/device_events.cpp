#include "agent/app/device_events.hpp"

#include <algorithm>
#include <array>

namespace plus7::agent::app {
namespace {

constexpr std::string_view clean_note = "run.clean";

core::Status as_status(const core::Result<store::Saved>& saved) {
    if (saved) return {};
    return saved.error();
}

}  // namespace

int BatterySteps::step_of(int percent) {
    constexpr std::array steps{5, 10, 15, 20, 30, 40, 60, 80};
    for (const int step : steps)
        if (percent <= step) return step;
    return 100;
}

bool BatterySteps::is_news(int percent, bool charging) {
    const int step = step_of(percent);
    const bool first = !step_.has_value();
    const bool plugged = !first && charging != charging_;
    const bool fell = !first && !charging && step < *step_;
    const bool filled = !first && charging && step == 100 && *step_ < 100;
    // The step only falls without a charger and only rises with one: a reading that wavers around it is one event.
    if (first || (charging ? step > *step_ : step < *step_)) step_ = step;
    charging_ = charging;
    return first || plugged || fell || filled;
}

DeviceEvents::DeviceEvents(store::Outbox& outbox, Logbook& logbook, Stamps& stamps)
    : outbox_(outbox), logbook_(logbook), stamps_(stamps) {}

core::Status DeviceEvents::started(std::string_view version) {
    const bool clean = outbox_.note(clean_note).has_value();
    return as_status(
        logbook_.state(model::DeviceStarted{std::string(version), clean}, {{std::string(clean_note), {}}}));
}

core::Status DeviceEvents::stopped() {
    return as_status(logbook_.state(model::DeviceStopped{}, {{std::string(clean_note), {1}}}));
}

core::Status DeviceEvents::gpsd_lost(std::chrono::milliseconds silent) {
    const auto now = stamps_.mono();
    if (gpsd_told_ && now - *gpsd_told_ < gpsd_lost_at_most_every) return {};
    const auto told = as_status(logbook_.state(model::DeviceGpsdLost{silent}));
    if (told) gpsd_told_ = now;
    return told;
}

core::Status DeviceEvents::battery(int percent, bool charging) {
    const int shown = std::clamp(percent, 0, 100);
    if (!battery_.is_news(shown, charging)) return {};
    return as_status(logbook_.state(model::DeviceBattery{static_cast<std::uint8_t>(shown), charging}));
}

core::Result<store::StorageStep> DeviceEvents::storage(std::uint64_t free_bytes, const store::StorageLimits& limits) {
    const auto before = step_;
    step_ = store::storage_step(free_bytes, before, limits);
    if (step_ <= before) return step_;
    const auto told = logbook_.state(model::DeviceStorageLow{free_bytes, static_cast<std::uint8_t>(step_)});
    if (!told) return told.error();
    return step_;
}

}  // namespace plus7::agent::app
