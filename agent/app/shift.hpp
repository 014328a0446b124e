// The courier's working time on this device and its breaks, in which no place is recorded or sent: starts, ends, and
// outlives restarts. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "agent/app/logbook.hpp"
#include "agent/app/tracking.hpp"
#include "agent/store/bound_courier.hpp"
#include "agent/store/stores.hpp"

namespace plus7::agent::app {

using Courier = store::BoundCourier;

struct OpenShift {
    model::ShiftId id;
    Courier courier;
    core::TimeMs since{};
    bool operator==(const OpenShift&) const = default;
};

struct OpenBreak {
    core::TimeMs since{};
    bool is_timed = true;  // false: no clock could be trusted when it began
    bool operator==(const OpenBreak&) const = default;
};

struct EndedShift {
    OpenShift shift;
    std::uint64_t distance_m = 0;
    bool track_saved = true;  // false: the disk refused a part of the track; the next start states what is missing
};

class Shift {
  public:
    static constexpr std::string_view no_courier = "no courier is bound to this device: ask the dispatcher to bind one";
    static constexpr std::string_view device_locked = "this device is locked by the dispatcher";
    static constexpr std::string_view already_open = "a shift is open already";
    static constexpr std::string_view not_open = "no shift is open";
    static constexpr std::string_view no_shift = "start the shift first";
    static constexpr std::string_view on_break = "end the break first";
    static constexpr std::string_view no_break = "there is no break to end";

    // Goes on with the shift that was open when the process ended.
    Shift(store::Stores& stores, Logbook& logbook, Stamps& stamps, Tracking& tracking);

    // From central's view. A shift that is open stays with the courier who started it.
    void bind(std::optional<Courier> courier) { courier_ = std::move(courier); }
    const std::optional<Courier>& courier() const { return courier_; }
    const std::optional<OpenShift>& open() const { return open_; }

    // Durable when they return. conflict: no_courier, already_open, not_open; denied: device_locked; limit,
    // unavailable: not saved, nothing has changed.
    core::Result<OpenShift> start();
    core::Result<EndedShift> end(model::ShiftEnd by = model::ShiftEnd::courier);  // a break too
    const std::optional<OpenBreak>& resting() const { return break_; }
    core::Result<OpenBreak> start_break();                                  // conflict: no_shift, on_break
    core::Status end_break(model::ShiftEnd by = model::ShiftEnd::courier);  // conflict: no_break
    // Whether the courier can act now. conflict: no_shift, on_break.
    core::Status at_work() const;

    // The process stops inside the shift: the track is sealed, and the next start states the time between as a gap.
    core::Status pause();

  private:
    void go_on();
    void set_open(std::optional<OpenShift> shift);
    void set_break(std::optional<OpenBreak> rest);
    static std::optional<core::TimeMs> timed(core::TimeMs at, bool is_timed);
    bool has_time() const;
    std::vector<store::Note> progress() const;

    store::Stores& stores_;
    Logbook& logbook_;
    Stamps& stamps_;
    Tracking& tracking_;
    std::optional<Courier> courier_;
    std::optional<OpenShift> open_;
    std::optional<OpenBreak> break_;
};

}  // namespace plus7::agent::app
