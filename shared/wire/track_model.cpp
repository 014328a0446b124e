#include "shared/wire/track_model.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "shared/wire/track_priors.hpp"
#include "shared/wire/track_tables.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t common_start_s = 1'767'225'600;  // 2026-01-01
constexpr AdaptiveBit rarely{2000, 8};
constexpr AdaptiveBit mostly{63'500, 8};

// Bits whose index ends in what was there before.
void expect_as_before(std::span<AdaptiveBit> bits) {
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = i & 1U ? mostly : rarely;
}

std::int32_t opinion_of(const AdaptiveBit& bit) {
    return tables::log2_q8(bit.p16() + 1) - tables::log2_q8(65'536 - bit.p16());
}

std::uint32_t usable(std::uint32_t p16) { return std::clamp<std::uint32_t>(p16 >> 1, 8, probability_one - 8); }

// The bits of a binary tree over 16 symbols with these relative frequencies.
std::array<AdaptiveBit, 16> tree_of(const std::array<std::uint16_t, 16>& counts) {
    std::array<std::uint32_t, 32> sums{};
    for (std::size_t i = 0; i < 16; ++i) sums[16 + i] = counts[i];
    std::array<AdaptiveBit, 16> tree;
    for (std::size_t node = 15; node > 0; --node) {
        sums[node] = sums[node * 2] + sums[node * 2 + 1];
        tree[node] = AdaptiveBit{sums[node * 2 + 1] * 65'535 / sums[node], priors.interval_weight};
    }
    return tree;
}

}  // namespace

IntervalModel::IntervalModel()
    : mixer_(Opinions{5'500, 6'500, 5'500}), rest_(std::array<std::int32_t, 2>{10'000, 7'500}) {
    plain_ = tree_of(priors.interval_counts);
    after_.fill(plain_);
    moving_.fill(plain_);
    same_rest_[whole] = same_rest_[fractional] = AdaptiveBit{65'000, 8};
    same_rest_[moving] = AdaptiveBit{20'000, 2};
}

std::int64_t IntervalModel::code_far(RangeCoder& coder, std::int64_t seconds) {
    const bool back = coder.code(seconds < 0, probability_one / 16);
    const auto magnitude = static_cast<std::uint64_t>(back ? -seconds : seconds - (table_size - 1)) & 0xF'FFFF'FFFFU;
    unsigned width = static_cast<unsigned>(std::bit_width(magnitude));
    width = static_cast<unsigned>(coder.code_raw(width, 6));
    const auto decoded = static_cast<std::int64_t>(coder.code_raw(magnitude, std::min(width, 36U)));
    return back ? -decoded : decoded + (table_size - 1);
}

std::int64_t IntervalModel::code_seconds(RangeCoder& coder, std::int64_t seconds, std::size_t context) {
    const auto last = static_cast<std::size_t>(std::clamp<std::int64_t>(last_seconds_, 0, table_size - 1));
    const bool near = seconds >= 0 && seconds < table_size - 1;
    const auto symbol = static_cast<std::size_t>(near ? seconds : table_size - 1);
    std::size_t node = 1;
    for (unsigned level = 4; level-- > 0;) {
        const std::array<AdaptiveBit*, 3> models{&plain_[node], &after_[last][node], &moving_[context][node]};
        Opinions opinions{};
        for (std::size_t i = 0; i < models.size(); ++i) opinions[i] = opinion_of(*models[i]);
        const std::uint32_t mixed = mixer_.mix(opinions);
        const bool bit = coder.code((symbol >> level & 1U) != 0, usable(mixed));
        mixer_.learn(opinions, mixed, bit, priors.interval_rate);
        for (AdaptiveBit* model : models) model->learn(bit);
        node = node * 2 + (bit ? 1 : 0);
    }
    const auto decoded = static_cast<std::int64_t>(node) - table_size;
    return decoded < table_size - 1 ? decoded : code_far(coder, seconds);
}

std::int64_t IntervalModel::code(RangeCoder& coder, std::int64_t dt_ms, std::size_t context) {
    const std::int64_t shifted = dt_ms + 500;
    std::int64_t seconds = shifted >= 0 ? shifted / 1000 : -((999 - shifted) / 1000);
    std::int64_t rest = dt_ms - seconds * 1000;

    // In a steady stretch one bit says "as before"; in an unsteady one it would only stand in the way of the table.
    const bool same = steady_ && code_bit(coder, same_, seconds == last_seconds_);
    seconds = same ? last_seconds_ : code_seconds(coder, seconds, context);
    steady_ = seconds == last_seconds_;

    const RestHistory history = rest_moves_ ? moving : last_rest_ms_ == 0 ? whole : fractional;
    const bool same_rest = code_bit(coder, same_rest_[history], rest == last_rest_ms_);
    rest_moves_ = !same_rest;
    if (same_rest) {
        rest = last_rest_ms_;
    } else {
        const std::array<Curve, 2> curves{Curve{0, rest_gain_.scale(160)},
                                          Curve{last_rest_ms_ * 16, rest_gain_.scale(320)}};
        rest = rest_.code(coder, curves, -500, 499, rest);
        rest_gain_.learn(rest * 16, 160);
    }
    last_seconds_ = seconds;
    last_rest_ms_ = rest;
    return seconds * 1000 + rest;
}

TrackModel::TrackModel(PositionUnit unit)
    : unit_(unit),
      position_(unit),
      velocity_(unit),
      latitude_(priors.position_weights),
      longitude_(priors.position_weights),
      speed_(priors.speed_weights),
      course_(priors.course_weights),
      accuracy_(std::array<std::int32_t, 1>{16'384}) {
    expect_as_before(speed_present_);
    expect_as_before(course_present_);
    expect_as_before(accuracy_present_);
    expect_as_before(flags_);
    accuracy_same_ = {AdaptiveBit{56'000, 4}, AdaptiveBit{24'000, 2}};
}

bool TrackModel::code(RangeCoder& coder, TrackSample& sample) {
    const bool is_first = !started_;
    started_ = true;
    if (is_first) {
        code_first(coder, sample);
    } else {
        dt_ms_ = interval_.code(coder, sample.time_ms - before_.time_ms, interval_context());
        sample.time_ms = before_.time_ms + dt_ms_;
        if (sample.time_ms < 0 || sample.time_ms > max_sample_time_ms) return false;
        code_place(coder, sample);
    }
    code_velocity(coder, sample);
    code_accuracy(coder, sample);
    code_flags(coder, sample);
    if (is_first) position_.start(sample);
    before_ = sample;
    return true;
}

void TrackModel::code_first(RangeCoder& coder, TrackSample& sample) {
    const auto time = static_cast<std::uint64_t>(sample.time_ms);
    // Eight years and a half from 2026 on take 28 bits, any other time five more.
    const bool common = time / 1000 >= common_start_s && time / 1000 - common_start_s < (std::uint64_t{1} << 28);
    const bool short_form = coder.code(common, probability_one * 7 / 8);
    const std::uint64_t seconds = short_form ? coder.code_raw(time / 1000 - common_start_s, 28) + common_start_s
                                             : coder.code_raw(time / 1000, 33);
    const bool whole = coder.code(time % 1000 == 0, probability_one * 7 / 8);
    const std::uint64_t rest = whole ? 0 : coder.code_raw(time % 1000, 10);
    sample.time_ms = static_cast<std::int64_t>(seconds * 1000 + rest % 1000);
    const std::int64_t degree = units_per_degree(unit_);
    const unsigned extra = unit_ == PositionUnit::e5 ? 0 : 3;
    const auto lat = coder.code_raw(static_cast<std::uint64_t>(sample.lat + 90 * degree), 25 + extra);
    const auto lon = coder.code_raw(static_cast<std::uint64_t>(sample.lon + 180 * degree), 26 + extra);
    sample.lat = static_cast<std::int32_t>(static_cast<std::int64_t>(lat) % (180 * degree + 1) - 90 * degree);
    sample.lon = static_cast<std::int32_t>(static_cast<std::int64_t>(lon) % (360 * degree) - 180 * degree);
    before_ = sample;
    before_.speed = before_.course = before_.accuracy = 0;
    before_.is_3d = true;
    before_.is_turn = before_.is_stationary = false;
}

void TrackModel::code_place(RangeCoder& coder, TrackSample& sample) {
    const std::int64_t degree = units_per_degree(unit_);
    position_.predict(before_, dt_ms_);
    const std::int64_t lat_step = latitude_.code(coder, position_.latitude(), -90 * degree - before_.lat,
                                                 90 * degree - before_.lat, std::int64_t{sample.lat} - before_.lat);
    const auto wrapped = [degree](std::int64_t lon) {
        return ((lon + 180 * degree) % (360 * degree) + 360 * degree) % (360 * degree) - 180 * degree;
    };
    const std::int64_t lon_step = longitude_.code(coder, position_.longitude(lat_step), -180 * degree, 180 * degree - 1,
                                                  wrapped(std::int64_t{sample.lon} - before_.lon));
    sample.lat = static_cast<std::int32_t>(before_.lat + lat_step);
    sample.lon = static_cast<std::int32_t>(wrapped(before_.lon + lon_step));
    position_.learn(lat_step, lon_step);
}

bool TrackModel::code_presence(RangeCoder& coder, AdaptiveBit& model, std::int32_t& value) {
    const bool present = code_bit(coder, model, value != TrackSample::absent);
    if (!present) value = TrackSample::absent;
    return present;
}

void TrackModel::code_velocity(RangeCoder& coder, TrackSample& sample) {
    velocity_.predict(before_, position_.displacement(), dt_ms_);
    if (code_presence(coder, speed_present_[before_.speed != TrackSample::absent ? 1 : 0], sample.speed)) {
        sample.speed = static_cast<std::int32_t>(speed_.code(coder, velocity_.speed(), 0, max_speed, sample.speed));
    }
    // Receivers drop the course when they stand: how fast it is tells whether there is one.
    const auto pace = static_cast<std::size_t>(std::clamp(sample.speed + 1, 0, max_pace));
    if (code_presence(coder, course_present_[pace * 2 + (before_.course != TrackSample::absent ? 1 : 0)],
                      sample.course)) {
        const std::int64_t origin = velocity_.course_origin();
        const std::int64_t offset =
            ((sample.course - origin + course_steps / 2) % course_steps + course_steps) % course_steps -
            course_steps / 2;
        const std::int64_t decoded =
            course_.code(coder, velocity_.course(), -course_steps / 2, course_steps / 2 - 1, offset);
        sample.course = static_cast<std::int32_t>((origin + decoded + 2 * course_steps) % course_steps);
    }
    velocity_.learn(sample);
}

void TrackModel::code_accuracy(RangeCoder& coder, TrackSample& sample) {
    if (!code_presence(coder, accuracy_present_[before_.accuracy != TrackSample::absent ? 1 : 0], sample.accuracy))
        return;
    const std::int32_t last = last_accuracy_;
    const bool same = code_bit(coder, accuracy_same_[accuracy_moved_ ? 1 : 0], sample.accuracy == last);
    accuracy_moved_ = !same;
    if (same) {
        sample.accuracy = last;
        return;
    }
    // The step "unchanged" is taken out of the scale.
    const std::int32_t change = sample.accuracy - last;
    const std::array<Curve, 1> curve{Curve{-8, accuracy_gain_.scale(24)}};
    const std::int64_t packed =
        accuracy_.code(coder, curve, -last, std::int64_t{max_accuracy} - last - 1, change > 0 ? change - 1 : change);
    accuracy_gain_.learn(packed * 16 + 8, 24);
    sample.accuracy = static_cast<std::int32_t>(last + (packed >= 0 ? packed + 1 : packed));
    last_accuracy_ = sample.accuracy;
}

void TrackModel::code_flags(RangeCoder& coder, TrackSample& sample) {
    const auto code_one = [&](std::size_t slot, bool before, bool value) {
        return code_bit(coder, flags_[slot * 2 + (before ? 1 : 0)], value);
    };
    sample.is_3d = code_one(0, before_.is_3d, sample.is_3d);
    sample.is_turn = code_one(1, before_.is_turn, sample.is_turn);
    sample.is_stationary = code_one(2, before_.is_stationary, sample.is_stationary);
}

std::size_t TrackModel::interval_context() const {
    // Samplers keep fixes far apart on a straight line and close together in a turn.
    const auto signed_turn = static_cast<std::int16_t>(position_.last_turn());
    const std::int32_t turn = signed_turn < 0 ? -std::int32_t{signed_turn} : signed_turn;
    return turn < 300 ? 0 : turn < 900 ? 1 : turn < 2700 ? 2 : 3;
}

}  // namespace plus7::wire
