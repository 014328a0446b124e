#include "shared/text/local_time.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <charconv>
#include <memory>

namespace plus7::text {
namespace {

using std::chrono::minutes;
using LocalDays = std::chrono::sys_days;

// Takes what it reads off the front of a text.
class Scan {
  public:
    explicit Scan(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t least, std::size_t most) {
        std::size_t length = 0;
        while (length < rest_.size() && length < most && rest_[length] >= '0' && rest_[length] <= '9') ++length;
        if (length < least) return std::nullopt;
        int value = 0;
        std::from_chars(rest_.data(), rest_.data() + length, value);
        rest_.remove_prefix(length);
        return value;
    }
    bool any_of(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_[0]) == characters.npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

std::optional<LocalDays> day_of(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 2000 || year > 2200) return std::nullopt;
    return LocalDays{date};
}

// "2026-12-01" or "01.12.2026".
std::optional<LocalDays> read_day(Scan& scan) {
    const auto first = scan.digits(1, 4);
    const bool points = scan.any_of(".");
    if (!first || (!points && !scan.any_of("-"))) return std::nullopt;
    const auto month = scan.digits(1, 2);
    if (!month || !scan.any_of(points ? "." : "-")) return std::nullopt;
    const auto last = points ? scan.digits(4, 4) : scan.digits(1, 2);
    if (!last) return std::nullopt;
    return points ? day_of(*last, *month, *first) : day_of(*first, *month, *last);
}

std::optional<minutes> read_clock(Scan& scan) {
    const auto hour = scan.digits(1, 2);
    if (!hour || !scan.any_of(":")) return std::nullopt;
    const auto minute = scan.digits(2, 2);
    if (!minute || *hour > 24 || *minute > 59 || (*hour == 24 && *minute != 0)) return std::nullopt;
    if (scan.any_of(":") && !scan.digits(2, 2)) return std::nullopt;  // seconds say nothing about a slot
    return minutes{*hour * 60 + *minute};
}

// "Z" or "+05:00" up to the end; nothing when there is something else.
std::optional<minutes> read_offset(Scan& scan) {
    if (scan.any_of("Zz")) return scan.at_end() ? std::optional(minutes{0}) : std::nullopt;
    const bool east = scan.any_of("+");
    if (!east && !scan.any_of("-")) return std::nullopt;
    const auto hour = scan.digits(2, 2);
    scan.any_of(":");
    const auto minute = scan.digits(2, 2);
    if (!hour || !minute || *hour > 14 || *minute > 59 || !scan.at_end()) return std::nullopt;
    const minutes offset{*hour * 60 + *minute};
    return east ? offset : -offset;
}

std::unique_ptr<icu::TimeZone> zone_of(const std::string& name) {
    return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}

// The zone's offset at a time that is told in UTC, or on the zone's own clock.
std::chrono::milliseconds offset_at(const icu::TimeZone& zone, core::TimeUs time, bool is_local) {
    int32_t raw = 0, saving = 0;
    UErrorCode failed = U_ZERO_ERROR;
    zone.getOffset(static_cast<UDate>(core::count(time) / 1000), is_local, raw, saving, failed);
    return std::chrono::milliseconds{U_SUCCESS(failed) ? raw + saving : 0};
}

}  // namespace

std::optional<core::TimeUs> local_time_of(std::string_view text, const std::string& zone_name,
                                          std::optional<core::TimeUs> same_day) {
    const auto zone = zone_of(zone_name);
    Scan scan(text);
    std::optional<LocalDays> day;
    if (same_day && text.size() <= 8) {
        day = std::chrono::floor<std::chrono::days>(*same_day + offset_at(*zone, *same_day, false));
    } else {
        day = read_day(scan);
        if (!day || !(scan.any_of("T") || scan.any_of(" "))) return std::nullopt;
    }
    const auto clock = read_clock(scan);
    if (!clock) return std::nullopt;
    const core::TimeUs local{*day + *clock};
    if (scan.at_end()) return local - offset_at(*zone, local, true);
    const auto offset = read_offset(scan);
    return offset ? std::optional(core::TimeUs{local - *offset}) : std::nullopt;
}

}  // namespace plus7::text
