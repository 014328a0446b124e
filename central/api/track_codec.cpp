#include "central/api/track_codec.hpp"

#include <cmath>

#include "central/api/json_text.hpp"

namespace plus7::central::api {
namespace {

using app::couriers::TrackSegment;

// A column of differences: the first value as it is.
template <typename Value>
std::string differences(const TrackSegment& segment, Value value) {
    JsonList column;
    std::int64_t before = 0;
    for (const auto& fix : segment.fixes) {
        const std::int64_t now = value(fix);
        column.number(now - before);
        before = now;
    }
    return column.done();
}

// A column of plain values; -1 stands for unknown.
template <typename Value>
std::string plain(const TrackSegment& segment, double scale, Value value) {
    JsonList column;
    for (const auto& fix : segment.fixes) {
        const std::optional<double> known = value(fix);
        column.number(known ? std::llround(*known * scale) : -1);
    }
    return column.done();
}

}  // namespace

std::string json_of(const app::couriers::Records& records) {
    JsonObject object;
    object.time("since_ms", records.since)
        .number("received", records.received)
        .number("late", records.late)
        .number("waiting", records.waiting)
        .number("lost", records.lost);
    if (!records.last_gap) return object.null("last_gap").done();
    const auto& gap = *records.last_gap;
    return object
        .json("last_gap", JsonObject()
                              .time("from_ms", gap.from)
                              .time("to_ms", gap.to)
                              .number("late", gap.late)
                              .number("lost", gap.lost)
                              .done())
        .done();
}

std::string json_of(const TrackSegment& segment) {
    return JsonObject()
        .text("device", segment.device.text())
        .flag("late", segment.late)
        .json("t_ms", differences(segment, [](const model::Fix& fix) { return core::count(fix.time); }))
        .json("lat_e6", differences(segment, [](const model::Fix& fix) { return std::llround(fix.place.lat * 1e6); }))
        .json("lon_e6", differences(segment, [](const model::Fix& fix) { return std::llround(fix.place.lon * 1e6); }))
        .json("speed_cms", plain(segment, 100, [](const model::Fix& fix) { return fix.speed_mps; }))
        .json("course", plain(segment, 1, [](const model::Fix& fix) { return fix.course_deg; }))
        .json("acc_m", plain(segment, 1, [](const model::Fix& fix) { return fix.accuracy_m; }))
        .done();
}

std::string json_of(const app::couriers::TrackGap& gap) {
    return JsonObject().time("from_ms", gap.from).time("to_ms", gap.to).text("reason", name_of(gap.reason)).done();
}

}  // namespace plus7::central::api
