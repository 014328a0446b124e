#include "agent/app/shift.hpp"

#include <cmath>

#include "agent/app/shift_notes.hpp"
#include "shared/core/random.hpp"

namespace plus7::agent::app {

Shift::Shift(store::Stores& stores, Logbook& logbook, Stamps& stamps, Tracking& tracking)
    : stores_(stores), logbook_(logbook), stamps_(stamps), tracking_(tracking) {
    logbook_.always_note([this] { return progress(); });
    go_on();
}

void Shift::go_on() {
    const auto note = stores_.outbox().note(shift_note);
    const auto shift = note ? shift_from_note(*note) : std::nullopt;
    if (!shift) return;
    set_open(shift);
    const auto written = stores_.outbox().note(progress_note);
    const auto resting = stores_.outbox().note(break_note);
    const auto known = (written ? progress_from_note(*written) : std::nullopt).value_or(Progress{});
    if (const auto rest = resting ? break_from_note(*resting) : std::nullopt) {
        set_break(rest);
        tracking_.rest_on(timed(rest->since, rest->is_timed), static_cast<double>(known.distance_m));
        return;
    }
    // A track store that was cut while recording declares that gap itself.
    const bool cut = stores_.track().recording();
    tracking_.go_on(cut ? std::nullopt : known.last_fix, static_cast<double>(known.distance_m),
                    wire::GapReason::unknown);
}

core::Result<OpenShift> Shift::start() {
    if (stores_.view().locked()) return core::denied(device_locked);
    if (open_) return core::conflict(already_open);
    if (!courier_) return core::conflict(no_courier);
    const OpenShift shift{core::random_id<model::ShiftId>(), *courier_, stamps_.best_time()};
    logbook_.set_who({shift.courier.id, shift.id});
    const auto saved = logbook_.state(model::ShiftStarted{}, {{std::string(shift_note), to_note(shift)}});
    if (!saved) {
        set_open(std::nullopt);
        return saved.error();
    }
    set_open(shift);
    tracking_.start(stamps_.wall_is_set() ? std::optional(shift.since) : std::nullopt);
    return shift;
}

core::Result<EndedShift> Shift::end(model::ShiftEnd by) {
    if (!open_) return core::conflict(not_open);
    if (break_)
        if (const auto back = end_break(by); !back) return back.error();
    EndedShift ended{*open_, static_cast<std::uint64_t>(std::llround(tracking_.distance_m()))};
    const auto now = stamps_.now();
    // The track first, so that everything of the shift stands before the fact that ends it.
    const auto sealed = tracking_.finish(stamps_.best_time());
    ended.track_saved = sealed && stores_.state_digests(true, now, logbook_.who());
    const auto saved = logbook_.state(model::ShiftEnded{by, ended.distance_m},
                                      {{std::string(shift_note), {}}, {std::string(progress_note), {}}});
    if (!saved) {
        tracking_.go_on(tracking_.last_fix(), static_cast<double>(ended.distance_m), wire::GapReason::unknown);
        return saved.error();
    }
    set_open(std::nullopt);
    return ended;
}

core::Status Shift::at_work() const {
    if (!open_) return core::conflict(no_shift);
    if (break_) return core::conflict(on_break);
    return {};
}

core::Result<OpenBreak> Shift::start_break() {
    if (const auto free = at_work(); !free) return free.error();
    const OpenBreak rest{stamps_.best_time(), has_time()};
    // Before the fact, which is then the first that has no place.
    stamps_.hide_place(true);
    const auto since = timed(rest.since, rest.is_timed);
    // What the disk refuses here is missing in the track, as at the end of a shift; the courier rests all the same.
    static_cast<void>(tracking_.rest(since));
    const auto saved = logbook_.state(model::BreakStarted{}, {{std::string(break_note), to_note(rest)}});
    if (!saved) {
        stamps_.hide_place(false);
        tracking_.go_on(since, tracking_.distance_m(), wire::GapReason::unknown);
        return saved.error();
    }
    set_break(rest);
    return rest;
}

core::Status Shift::end_break(model::ShiftEnd by) {
    if (!break_) return core::conflict(no_break);
    const auto now = timed(stamps_.best_time(), has_time());
    if (const auto stated = tracking_.resume(now); !stated) return stated;
    const auto saved = logbook_.state(model::BreakEnded{by}, {{std::string(break_note), {}}});
    if (!saved) {
        tracking_.rest_on(now, tracking_.distance_m());
        return saved.error();
    }
    set_break(std::nullopt);
    return {};
}

bool Shift::has_time() const { return stamps_.now().gps.has_value() || stamps_.wall_is_set(); }

std::optional<core::TimeMs> Shift::timed(core::TimeMs at, bool is_timed) {
    return is_timed ? std::optional(at) : std::nullopt;
}

core::Status Shift::pause() { return tracking_.finish(std::nullopt); }

void Shift::set_open(std::optional<OpenShift> shift) {
    open_ = std::move(shift);
    logbook_.set_who(open_ ? wire::Who{open_->courier.id, open_->id} : wire::Who{});
}

void Shift::set_break(std::optional<OpenBreak> rest) {
    break_ = rest;
    stamps_.hide_place(break_.has_value());
}

std::vector<store::Note> Shift::progress() const {
    if (!open_) return {};
    const Progress now{static_cast<std::uint64_t>(std::llround(tracking_.distance_m())), tracking_.last_fix()};
    return {{std::string(progress_note), to_note(now)}};
}

}  // namespace plus7::agent::app
