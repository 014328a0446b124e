#include "central/app/field/true_time.hpp"

namespace plus7::central::app::field {
namespace {

// Before it no device of ours existed; a receiver with a week-number rollover says 2002 or so.
constexpr core::TimeUs first_possible = core::time_us(1'735'689'600'000'000);  // 2025-01-01

bool is_possible(core::TimeUs at, core::TimeUs received) {
    return at >= first_possible && at <= received + clock_tolerance;
}

bool may_be_believed(core::WallSource source) {
    return source == core::WallSource::network || source == core::WallSource::gps ||
           source == core::WallSource::central;
}

}  // namespace

std::string_view name_of(Trust trust) {
    switch (trust) {
        case Trust::gps:
            return "gps";
        case Trust::mono:
            return "mono";
        case Trust::wall:
            return "wall";
        case Trust::received:
            return "received";
    }
    return "received";
}

TrueTime true_time(const core::Stamp& stamp, std::optional<std::chrono::microseconds> anchor, core::TimeUs received) {
    if (stamp.gps && is_possible(*stamp.gps, received)) return {*stamp.gps, Trust::gps};
    if (anchor) {
        const core::TimeUs at{*anchor + stamp.mono};
        if (is_possible(at, received)) return {at, Trust::mono};
    }
    if (may_be_believed(stamp.wall_src) && is_possible(stamp.wall, received)) return {stamp.wall, Trust::wall};
    return {received, Trust::received};
}

}  // namespace plus7::central::app::field
