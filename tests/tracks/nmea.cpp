#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "tests/tracks/tracks.hpp"

namespace plus7::test {
namespace {

constexpr double knot_mps = 1852.0 / 3600.0;
constexpr double range_error_m = 2.5;  // 1 sigma per unit of HDOP, a common figure for single-frequency receivers

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The fields of "$…*hh" when the checksum is right.
std::optional<std::vector<std::string_view>> sentence(std::string_view line) {
    const auto star = line.rfind('*');
    if (!line.starts_with('$') || star == std::string_view::npos || line.size() < star + 3) return std::nullopt;
    unsigned stated = 0;
    std::from_chars(line.data() + star + 1, line.data() + star + 3, stated, 16);
    unsigned sum = 0;
    std::vector<std::string_view> fields;
    std::size_t start = 1;
    for (std::size_t i = 1; i <= star; ++i) {
        if (i < star) sum ^= static_cast<unsigned char>(line[i]);
        if (i == star || line[i] == ',') {
            fields.push_back(line.substr(start, i - start));
            start = i + 1;
        }
    }
    if (sum != stated) return std::nullopt;
    return fields;
}

// ddmm.mmmm and a hemisphere.
std::optional<double> angle(std::string_view text, std::string_view hemisphere) {
    const auto value = number(text);
    if (!value || hemisphere.empty()) return std::nullopt;
    const double degrees = std::floor(*value / 100);
    const double result = degrees + (*value - degrees * 100) / 60;
    return hemisphere == "S" || hemisphere == "W" ? -result : result;
}

// hhmmss.sss and ddmmyy, years 2000 to 2099.
std::optional<core::TimeMs> moment(std::string_view clock, std::string_view date) {
    const auto time = number(clock);
    const auto day = number(date);
    if (!time || !day || date.size() != 6) return std::nullopt;
    const auto whole = static_cast<unsigned>(*day);
    const std::chrono::year_month_day ymd{std::chrono::year{2000 + static_cast<int>(whole % 100)},
                                          std::chrono::month{whole / 100 % 100}, std::chrono::day{whole / 10000}};
    if (!ymd.ok()) return std::nullopt;
    const auto seconds = static_cast<long long>(*time);
    const double of_day = static_cast<double>(seconds / 10000 * 3600 + seconds / 100 % 100 * 60 + seconds % 100) +
                          (*time - static_cast<double>(seconds));
    return core::TimeMs{std::chrono::sys_days{ymd}} + std::chrono::milliseconds{std::llround(of_day * 1000)};
}

std::optional<model::Fix> from_rmc(const std::vector<std::string_view>& f) {
    if (f.size() < 10 || f[2] != "A") return std::nullopt;
    const auto time = moment(f[1], f[9]);
    const auto lat = angle(f[3], f[4]);
    const auto lon = angle(f[5], f[6]);
    if (!time || !lat || !lon) return std::nullopt;
    model::Fix fix;
    fix.time = *time;
    fix.place = {*lat, *lon};
    fix.is_3d = true;
    if (const auto knots = number(f[7])) fix.speed_mps = *knots * knot_mps;
    fix.course_deg = number(f[8]);
    return fix;
}

}  // namespace

core::Result<std::vector<model::Fix>> read_nmea(std::string_view text) {
    std::vector<model::Fix> fixes;
    std::string_view last_rmc;
    std::string_view gga_time;
    std::optional<double> hdop;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1);
        std::string_view line = text.substr(0, end + 1);
        text.remove_prefix(end + 1);
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        const auto fields = sentence(line);
        if (!fields || fields->front().size() != 5) continue;
        const std::string_view kind = fields->front().substr(2);
        if (kind == "RMC") {
            const auto fix = from_rmc(*fields);
            if (!fix) continue;
            fixes.push_back(*fix);
            last_rmc = (*fields)[1];
        } else if (kind == "GGA" && fields->size() > 8) {
            gga_time = (*fields)[1];
            hdop = number((*fields)[8]);
        }
        if (!fixes.empty() && hdop && gga_time == last_rmc) fixes.back().accuracy_m = *hdop * range_error_m;
    }
    if (fixes.empty()) return core::invalid("no valid RMC sentence");
    return fixes;
}

}  // namespace plus7::test
