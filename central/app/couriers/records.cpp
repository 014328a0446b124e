#include "central/app/couriers/records.hpp"

#include <algorithm>

#include "central/store/device_report_store.hpp"
#include "central/store/device_store.hpp"

namespace plus7::central::app::couriers {
namespace {

// Late records of one hole lie closer together than this.
constexpr auto same_hole = std::chrono::minutes{3};

std::optional<LastGap> newest_hole(const std::vector<store::RecordMark>& marks) {
    std::optional<LastGap> hole;
    for (const auto& mark : marks) {  // by t0
        if (!is_late(mark)) continue;
        if (!hole || mark.t0 - hole->to > same_hole) hole = LastGap{mark.t0, mark.t1, 0, 0};
        hole->to = std::max(hole->to, mark.t1);
        ++hole->late;
    }
    if (!hole) return hole;
    for (const auto& mark : marks)
        if (mark.t0 <= hole->to && mark.t1 >= hole->from) hole->lost += mark.lost;
    return hole;
}

// What waits on the device as far as anybody here knows: holes below the newest record, and what it said itself.
std::int64_t waiting_on(core::Tx& tx, const core::DeviceId& id) {
    const auto device = store::find_device(tx, id);
    const auto holes = store::holes_of(tx, id);
    return std::max(holes.track + holes.blob, device ? device->unacked.value_or(0) : 0);
}

bool is_shift_of_now(core::Tx& tx, const store::ShiftRow& shift) {
    const auto open = store::open_shift(tx, shift.device);
    return open ? open->shift_id == shift.shift_id : shift.ended.has_value();
}

}  // namespace

bool is_late(core::TimeUs act, core::TimeUs received) { return received - act > late_after; }

bool is_late(const store::RecordMark& mark) {
    if (is_late(mark.t1, mark.received)) return true;
    return mark.is_track && is_late(mark.t0 + sealing_time, mark.received);
}

Records count_records(std::vector<store::RecordMark> marks, std::int64_t waiting) {
    std::sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.t0 < b.t0; });
    Records records;
    records.received = static_cast<std::int64_t>(marks.size());
    records.waiting = waiting;
    for (const auto& mark : marks) {
        records.late += is_late(mark) ? 1 : 0;
        records.lost += mark.lost;
    }
    records.last_gap = newest_hole(marks);
    return records;
}

Records records_of_shift(core::Tx& tx, const std::optional<store::ShiftRow>& shift, core::TimeUs now) {
    if (!shift || !shift->started) return {};
    // The end itself is a record of the shift, at its very last moment.
    const auto end = shift->ended ? *shift->ended + std::chrono::microseconds{1} : now + late_after;
    auto marks = store::track_marks(tx, shift->device, *shift->started, end);
    const auto facts = store::fact_marks(tx, shift->device, *shift->started, end);
    marks.insert(marks.end(), facts.begin(), facts.end());
    auto records = count_records(std::move(marks), is_shift_of_now(tx, *shift) ? waiting_on(tx, shift->device) : 0);
    records.since = shift->started;
    return records;
}

}  // namespace plus7::central::app::couriers
