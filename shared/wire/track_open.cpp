#include "shared/wire/track_open.hpp"

#include <optional>

#include "shared/wire/track_frame.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint8_t open_kind = 0x10;

enum Bit : std::uint8_t {
    has_speed = 1,
    has_course = 2,
    has_accuracy = 4,
    is_3d = 8,
    is_turn = 16,
    is_stationary = 32
};

void append_varint(core::Bytes& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
}

void append_difference(core::Bytes& out, std::int64_t now, std::int64_t before) {
    const std::int64_t change = now - before;
    append_varint(out, static_cast<std::uint64_t>(change) << 1 ^ static_cast<std::uint64_t>(change >> 63));
}

class Reader {
  public:
    explicit Reader(core::ByteView bytes) : rest_(bytes) {}

    std::optional<std::uint8_t> byte() {
        if (rest_.empty()) return std::nullopt;
        const std::uint8_t value = rest_.front();
        rest_ = rest_.subspan(1);
        return value;
    }

    std::optional<std::uint64_t> varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            const auto next = byte();
            if (!next) return std::nullopt;
            value |= std::uint64_t{*next & 0x7FU} << shift;
            if (*next < 0x80) return value;
        }
        return std::nullopt;
    }

    // Adds a difference to `value`; false when the bytes end or the sum leaves min … max.
    template <typename Number>
    bool advance(Number& value, std::int64_t min, std::int64_t max) {
        const auto raw = varint();
        if (!raw) return false;
        const auto change = static_cast<std::int64_t>(*raw >> 1) ^ -static_cast<std::int64_t>(*raw & 1U);
        const std::int64_t sum = value + change;  // a change has at most 62 bits, a value 44
        if (sum < min || sum > max) return false;
        value = static_cast<Number>(sum);
        return true;
    }

    bool at_end() const { return rest_.empty(); }

  private:
    core::ByteView rest_;
};

// Present values continue the last present one, so that a gap in a column costs nothing.
struct Columns {
    std::int64_t time_ms = 0;
    std::int32_t lat = 0;
    std::int32_t lon = 0;
    std::int32_t speed = 0;
    std::int32_t course = 0;
    std::int32_t accuracy = 0;
};

void append_sample(core::Bytes& out, Columns& last, const TrackSample& sample) {
    const bool speed = sample.speed != TrackSample::absent;
    const bool course = sample.course != TrackSample::absent;
    const bool accuracy = sample.accuracy != TrackSample::absent;
    out.push_back(static_cast<std::uint8_t>(
        (speed ? has_speed : 0) | (course ? has_course : 0) | (accuracy ? has_accuracy : 0) |
        (sample.is_3d ? is_3d : 0) | (sample.is_turn ? is_turn : 0) | (sample.is_stationary ? is_stationary : 0)));
    append_difference(out, sample.time_ms, last.time_ms);
    append_difference(out, sample.lat, last.lat);
    append_difference(out, sample.lon, last.lon);
    if (speed) append_difference(out, sample.speed, last.speed);
    if (course) append_difference(out, sample.course, last.course);
    if (accuracy) append_difference(out, sample.accuracy, last.accuracy);
    last = {sample.time_ms,
            sample.lat,
            sample.lon,
            speed ? sample.speed : last.speed,
            course ? sample.course : last.course,
            accuracy ? sample.accuracy : last.accuracy};
}

std::optional<TrackSample> read_sample(Reader& reader, Columns& last, PositionUnit unit) {
    const std::int64_t degree = units_per_degree(unit);
    const auto bits = reader.byte();
    if (!bits || *bits >= 64) return std::nullopt;
    if (!reader.advance(last.time_ms, 0, max_sample_time_ms)) return std::nullopt;
    if (!reader.advance(last.lat, -90 * degree, 90 * degree)) return std::nullopt;
    if (!reader.advance(last.lon, -180 * degree, 180 * degree - 1)) return std::nullopt;
    if ((*bits & has_speed) != 0 && !reader.advance(last.speed, 0, max_speed)) return std::nullopt;
    if ((*bits & has_course) != 0 && !reader.advance(last.course, 0, course_steps - 1)) return std::nullopt;
    if ((*bits & has_accuracy) != 0 && !reader.advance(last.accuracy, 0, max_accuracy)) return std::nullopt;
    TrackSample sample;
    sample.time_ms = last.time_ms;
    sample.lat = last.lat;
    sample.lon = last.lon;
    if ((*bits & has_speed) != 0) sample.speed = last.speed;
    if ((*bits & has_course) != 0) sample.course = last.course;
    if ((*bits & has_accuracy) != 0) sample.accuracy = last.accuracy;
    sample.is_3d = (*bits & is_3d) != 0;
    sample.is_turn = (*bits & is_turn) != 0;
    sample.is_stationary = (*bits & is_stationary) != 0;
    return sample;
}

}  // namespace

core::Result<core::Bytes> encode_open_fixes(std::span<const model::Fix> fixes, TrackBlockOptions options) {
    if (fixes.empty() || fixes.size() > max_block_fixes) return core::limit("an open row holds 1 to 600 fixes");
    core::Bytes row{static_cast<std::uint8_t>(open_kind | static_cast<std::uint8_t>(options.unit))};
    append_varint(row, fixes.size());
    Columns last;
    for (const model::Fix& fix : fixes) {
        const auto sample = to_sample(fix, options.unit);
        if (!sample) return sample.error();
        append_sample(row, last, *sample);
    }
    append_checksum(row);
    return row;
}

core::Result<TrackBlock> decode_open_fixes(core::ByteView row) {
    const auto checked = without_checksum(row);
    if (!checked) return checked.error().context("an open row");
    if (((*checked)[0] & 0xFEU) != open_kind) return core::invalid("an open row of an unknown version");
    TrackBlock block;
    block.unit = static_cast<PositionUnit>((*checked)[0] & 1U);
    Reader reader{checked->subspan(1)};
    const auto count = reader.varint();
    if (!count || *count == 0 || *count > max_block_fixes) return core::invalid("an open row of an impossible count");
    block.fixes.reserve(static_cast<std::size_t>(*count));
    Columns last;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto sample = read_sample(reader, last, block.unit);
        if (!sample) return core::invalid("an open row with an impossible value");
        block.fixes.push_back(to_fix(*sample, block.unit));
    }
    if (!reader.at_end()) return core::invalid("an open row of the wrong length");
    return block;
}

}  // namespace plus7::wire
