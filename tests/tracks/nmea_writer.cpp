#include "tests/tracks/nmea_writer.hpp"

#include <cmath>
#include <cstdio>

namespace plus7::test {
namespace {

std::string sentence(const std::string& body) {
    unsigned sum = 0;
    for (const char c : body) sum ^= static_cast<unsigned char>(c);
    char end[8];
    std::snprintf(end, sizeof end, "*%02X\r\n", sum);
    return "$" + body + end;
}

// ddmm.mmmmm,N  or  dddmm.mmmmm,E
std::string angle(double degrees, int digits, char positive, char negative) {
    const double magnitude = std::fabs(degrees);
    const int whole = static_cast<int>(magnitude);
    char text[32];
    std::snprintf(text, sizeof text, "%0*d%09.6f,%c", digits, whole, (magnitude - whole) * 60,
                  degrees < 0 ? negative : positive);
    return text;
}

}  // namespace

std::string to_nmea(std::span<const model::Fix> fixes, core::TimeMs start) {
    std::string text;
    for (const auto& fix : fixes) {
        const auto time = start + (fix.time - fixes.front().time);
        const auto day = std::chrono::floor<std::chrono::days>(time);
        const std::chrono::year_month_day date{day};
        const std::chrono::hh_mm_ss clock{time - day};
        char hms[16], dmy[8], motion[32];
        std::snprintf(hms, sizeof hms, "%02d%02d%02d.%02d", static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                      static_cast<int>(clock.subseconds().count() / 10));
        std::snprintf(dmy, sizeof dmy, "%02u%02u%02d", static_cast<unsigned>(date.day()),
                      static_cast<unsigned>(date.month()), static_cast<int>(date.year()) % 100);
        const double knots = fix.speed_mps.value_or(0) * 3600 / 1852;
        if (fix.course_deg)
            std::snprintf(motion, sizeof motion, "%.2f,%.1f", knots, *fix.course_deg);
        else
            std::snprintf(motion, sizeof motion, "%.2f,", knots);
        const auto place = angle(fix.place.lat, 2, 'N', 'S') + "," + angle(fix.place.lon, 3, 'E', 'W');
        text += sentence(std::string("GPGGA,") + hms + "," + place + ",1,09,0.9,150.0,M,15.0,M,,");
        text += sentence("GPGSA,A,3,04,05,09,12,24,25,29,31,32,,,,1.8,0.9,1.5");
        text += sentence(std::string("GPRMC,") + hms + ",A," + place + "," + motion + "," + dmy + ",,,A");
    }
    return text;
}

}  // namespace plus7::test
