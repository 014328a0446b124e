// A courier's track between two times, with what is missing named. Only his shifts are shown. Reads only; inside the
// caller's transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "central/app/couriers/records.hpp"
#include "central/store/courier_track_store.hpp"
#include "shared/core/tx.hpp"
#include "shared/model/fix.hpp"

namespace plus7::central::app::couriers {

constexpr auto longest_track = std::chrono::hours{48};
// Two fixes further apart than this are not one line: standing couriers are sampled once a minute.
constexpr auto joined_within = std::chrono::seconds{150};

struct TrackSegment {
    core::DeviceId device;
    bool late = false;
    std::vector<model::Fix> fixes;  // by time, none twice
};

enum class MissingBecause { no_gps, power_off, off_shift, storage, policy, on_break, lost, waiting, unknown };
std::string_view name_of(MissingBecause reason);

struct TrackGap {
    core::TimeUs from{}, to{};
    MissingBecause reason = MissingBecause::unknown;
};

struct Track {
    std::vector<TrackSegment> segments;  // in time order, as the gaps are
    std::vector<TrackGap> gaps;
    Records records;
};

// invalid: more than 48 h, or it ends before it begins.
core::Result<Track> track_of(core::Tx& tx, const std::string& courier, core::TimeUs from, core::TimeUs to,
                             core::TimeUs now);

}  // namespace plus7::central::app::couriers
