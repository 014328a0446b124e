#include "shared/text/local_day.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace plus7::text {
namespace {

using Days = std::chrono::sys_days;
using Milliseconds = std::chrono::milliseconds;

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Days> days_of(std::string_view day) {
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
    const bool plain = std::all_of(day.begin(), day.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
    const auto year = number_in(day.substr(0, 4)), month = number_in(day.substr(5, 2)), date = number_in(day.substr(8));
    if (!plain || !year || !month || !date) return std::nullopt;
    const std::chrono::year_month_day read{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*date)}};
    if (!read.ok()) return std::nullopt;
    return Days{read};
}

std::string text_of(Days days) {
    const auto midnight = core::TimeMs{std::chrono::duration_cast<Milliseconds>(days.time_since_epoch())};
    return core::to_iso8601(midnight).substr(0, 10);
}

std::unique_ptr<icu::TimeZone> zone_of(const std::string& name) {
    return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}

}  // namespace

bool is_day(std::string_view day) { return days_of(day).has_value(); }

int weekday_of(std::string_view day) {
    return static_cast<int>(std::chrono::weekday{days_of(day).value()}.iso_encoding()) - 1;
}

std::string day_after(std::string_view day, int days) {
    return text_of(days_of(day).value() + std::chrono::days{days});
}

LocalTime local_time(core::TimeUs at, const std::string& zone) {
    const auto utc = std::chrono::floor<Milliseconds>(at);
    std::int32_t raw = 0, summer = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone_of(zone)->getOffset(static_cast<UDate>(core::count(utc)), false, raw, summer, error);
    const auto local = utc + Milliseconds{raw + summer};
    const auto days = std::chrono::floor<std::chrono::days>(local);
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - days);
    const auto day = text_of(days);
    return {day, weekday_of(day), minute.count()};
}

core::TimeUs moment_of(std::string_view day, std::int64_t minute, const std::string& zone) {
    const core::TimeMs local = days_of(day).value() + std::chrono::minutes{minute};
    std::int32_t raw = 0, summer = 0;
    UErrorCode error = U_ZERO_ERROR;
    const auto known = zone_of(zone);
    if (const auto* rules = dynamic_cast<const icu::BasicTimeZone*>(known.get()))
        rules->getOffsetFromLocal(static_cast<UDate>(core::count(local)), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                                  raw, summer, error);
    return local - Milliseconds{raw + summer};
}

}  // namespace plus7::text
