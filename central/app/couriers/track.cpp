#include "central/app/couriers/track.hpp"

#include <algorithm>

#include "central/store/device_report_store.hpp"
#include "central/store/device_store.hpp"

namespace plus7::central::app::couriers {
namespace {

using store::GapReason;
using store::TrackPiece;

MissingBecause reason_of(GapReason reason) {
    switch (reason) {
        case GapReason::power_cut:
            return MissingBecause::power_off;
        case GapReason::storage:
            return MissingBecause::storage;
        case GapReason::no_fix:
        case GapReason::no_gpsd:
        case GapReason::no_time:
            return MissingBecause::no_gps;
        case GapReason::policy:
            return MissingBecause::policy;
        case GapReason::pause:
            return MissingBecause::on_break;
        case GapReason::lost_rows:
            return MissingBecause::lost;
        case GapReason::unknown:
            break;
    }
    return MissingBecause::unknown;
}

// The part of a shift that is asked for.
struct Window {
    core::DeviceId device;
    core::TimeUs from{}, to{};
    bool open = false;  // it goes on
};

class Builder {
  public:
    Builder(core::Tx& tx, Track& track) : tx_(tx), track_(track) {}

    void add(const Window& window) {
        const auto pieces = store::track_pieces(tx_, window.device, window.from, window.to);
        first_ = track_.segments.size();
        declared_.clear();
        for (const auto& piece : pieces)
            if (piece.is_gap) declare(piece, window);
        for (const auto& piece : pieces)
            if (!piece.is_gap) append(piece, window);
        name_holes(window);
        track_.gaps.insert(track_.gaps.end(), declared_.begin(), declared_.end());
    }

  private:
    void declare(const TrackPiece& piece, const Window& window) {
        const TrackGap gap{std::max(piece.t0, window.from), std::min(piece.t1, window.to), reason_of(piece.reason)};
        if (gap.from < gap.to) declared_.push_back(gap);
    }

    void append(const TrackPiece& piece, const Window& window) {
        const bool late = is_late(store::RecordMark{piece.t0, piece.t1, piece.received, 0, true});
        for (const auto& fix : piece.fixes) {
            const core::TimeUs at = fix.time;
            if (at < window.from || at >= window.to) continue;
            auto* last = segments_here() ? &track_.segments.back() : nullptr;
            // A record that came again under another number adds nothing.
            if (last && fix.time <= last->fixes.back().time) continue;
            if (!last || last->late != late || !joins(last->fixes.back().time, at))
                track_.segments.push_back({window.device, late, {}});
            track_.segments.back().fixes.push_back(fix);
        }
    }

    bool segments_here() const { return track_.segments.size() > first_; }

    bool joins(core::TimeUs before, core::TimeUs after) const {
        return after - before <= joined_within && !is_declared(before, after);
    }

    bool is_declared(core::TimeUs from, core::TimeUs to) const {
        return std::any_of(declared_.begin(), declared_.end(),
                           [&](const TrackGap& gap) { return gap.from < to && gap.to > from; });
    }

    void name_holes(const Window& window) {
        auto known_until = window.from;
        const auto why = holes_wait(window) ? MissingBecause::waiting : MissingBecause::unknown;
        for (auto i = first_; i < track_.segments.size(); ++i) {
            const auto& fixes = track_.segments[i].fixes;
            name_hole(known_until, fixes.front().time, why);
            known_until = fixes.back().time;
        }
        const bool on_device = window.open && is_offline(window);
        name_hole(known_until, window.to, on_device ? MissingBecause::waiting : why);
    }

    void name_hole(core::TimeUs from, core::TimeUs to, MissingBecause why) {
        if (to - from > joined_within && !is_declared(from, to)) track_.gaps.push_back({from, to, why});
    }

    bool holes_wait(const Window& window) const { return store::holes_of(tx_, window.device).track > 0; }
    bool is_offline(const Window& window) const {
        const auto device = store::find_device(tx_, window.device);
        return device && !device->online;
    }

    core::Tx& tx_;
    Track& track_;
    std::size_t first_ = 0;  // segment of this window
    std::vector<TrackGap> declared_;
};

std::vector<Window> windows_of(const std::vector<store::ShiftRow>& shifts, core::TimeUs from, core::TimeUs to) {
    std::vector<Window> windows;
    auto free_from = from;  // two devices at once: the later shift waits its turn
    for (const auto& shift : shifts) {
        Window window{shift.device, std::max(free_from, *shift.started), std::min(to, shift.ended.value_or(to)),
                      !shift.ended.has_value()};
        if (window.from >= window.to) continue;
        free_from = window.to;
        windows.push_back(std::move(window));
    }
    return windows;
}

void name_free_time(Track& track, const std::vector<Window>& windows, core::TimeUs from, core::TimeUs to) {
    auto at = from;
    for (const auto& window : windows) {
        if (window.from > at) track.gaps.push_back({at, window.from, MissingBecause::off_shift});
        at = window.to;
    }
    if (to > at) track.gaps.push_back({at, to, MissingBecause::off_shift});
}

Records records_of(core::Tx& tx, const std::vector<store::ShiftRow>& shifts, const std::vector<Window>& windows,
                   core::TimeUs from, core::TimeUs now) {
    std::vector<store::RecordMark> marks;
    for (const auto& window : windows) {
        // The end of a shift is a fact of its last moment.
        const auto end = window.to + std::chrono::microseconds{1};
        for (const auto& found : {store::track_marks(tx, window.device, window.from, end),
                                  store::fact_marks(tx, window.device, window.from, end)})
            marks.insert(marks.end(), found.begin(), found.end());
    }
    const auto newest = shifts.empty() ? std::nullopt : std::optional(shifts.back());
    auto records = count_records(std::move(marks), records_of_shift(tx, newest, now).waiting);
    records.since = from;
    return records;
}

}  // namespace

std::string_view name_of(MissingBecause reason) {
    constexpr std::string_view names[] = {"no_gps",   "power_off", "off_shift", "storage", "policy",
                                          "on_break", "lost",      "waiting",   "unknown"};
    return names[static_cast<std::size_t>(reason)];
}

core::Result<Track> track_of(core::Tx& tx, const std::string& courier, core::TimeUs from, core::TimeUs to,
                             core::TimeUs now) {
    if (to <= from) return core::invalid("to_ms must lie after from_ms");
    if (to - from > longest_track) return core::invalid("at most 48 hours of a track at a time");
    const auto shifts = store::shifts_between(tx, courier, from, to);
    const auto until = std::max(from, std::min(to, now));
    const auto windows = windows_of(shifts, from, until);
    Track track;
    Builder builder(tx, track);
    for (const auto& window : windows) builder.add(window);
    name_free_time(track, windows, from, until);
    std::sort(track.gaps.begin(), track.gaps.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    track.records = records_of(tx, shifts, windows, from, now);
    return track;
}

}  // namespace plus7::central::app::couriers
