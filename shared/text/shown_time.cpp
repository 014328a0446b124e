#include "shared/text/shown_time.hpp"

#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>

namespace plus7::text {

std::string shown_time(core::TimeUs at, std::string_view zone) {
    std::unique_ptr<icu::TimeZone> known(icu::TimeZone::createTimeZone(
        icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())))));
    const bool is_known = *known != icu::TimeZone::getUnknown();
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString::fromUTF8("dd.MM.yyyy HH:mm"), icu::Locale::getRoot(), status);
    format.adoptTimeZone(is_known ? known.release() : icu::TimeZone::getGMT()->clone());
    icu::UnicodeString text;
    format.format(static_cast<UDate>(core::count(at)) / 1000.0, text);
    std::string utf8;
    text.toUTF8String(utf8);
    return is_known ? utf8 : utf8 + " UTC";
}

}  // namespace plus7::text
