#include "shared/text/day.hpp"

#include <unicode/calendar.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <memory>
#include <stdexcept>

namespace plus7::text {
namespace {

void expect(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

std::unique_ptr<icu::TimeZone> zone_of(std::string_view name) {
    std::unique_ptr<icu::TimeZone> zone(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())})));
    if (*zone == icu::TimeZone::getUnknown()) zone.reset(icu::TimeZone::getGMT()->clone());
    return zone;
}

UDate date_of(core::TimeUs at) {
    return static_cast<UDate>(core::count(std::chrono::floor<std::chrono::milliseconds>(at)));
}

}  // namespace

core::TimeUs end_of_day(core::TimeUs at, int days_later, std::string_view zone) {
    auto status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(zone_of(zone).release(), status));
    expect(status);
    calendar->setTime(date_of(at), status);
    calendar->add(UCAL_DATE, days_later, status);
    for (const auto field : {UCAL_HOUR_OF_DAY, UCAL_MINUTE, UCAL_SECOND, UCAL_MILLISECOND})
        calendar->set(field, calendar->getActualMaximum(field, status));
    const auto end = calendar->getTime(status);
    expect(status);
    return core::time_us(static_cast<std::int64_t>(end) * 1000);
}

std::string day_name(core::TimeUs at, std::string_view zone, std::string_view language) {
    auto status = U_ZERO_ERROR;
    const icu::Locale locale(std::string(language).c_str());
    icu::SimpleDateFormat format(icu::UnicodeString(u"d MMMM"), locale, status);
    expect(status);
    format.adoptTimeZone(zone_of(zone).release());
    icu::UnicodeString words;
    format.format(date_of(at), words);
    std::string utf8;
    words.toUTF8String(utf8);
    return utf8;
}

}  // namespace plus7::text
