#include "tests/tracks/tracks.hpp"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "shared/core/geo.hpp"

namespace plus7::test {
namespace {

constexpr double standing_mps = 0.3;

}  // namespace

void derive_velocity(std::vector<model::Fix>& fixes) {
    for (std::size_t i = 0; i < fixes.size(); ++i) {
        model::Fix& fix = fixes[i];
        if (fix.speed_mps) continue;
        const model::Fix& from = fixes[i > 0 ? i - 1 : 0];
        const double seconds = std::chrono::duration<double>(fix.time - from.time).count();
        fix.speed_mps = seconds > 0 ? core::distance_m(from.place, fix.place) / seconds : 0.0;
        if (*fix.speed_mps >= standing_mps) fix.course_deg = core::bearing_deg(from.place, fix.place);
    }
}

core::Result<std::vector<model::Fix>> read_track(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return core::not_found("cannot read the track " + path);
    const std::string content = text.str();
    const auto start = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (start == std::string::npos) return core::invalid("an empty track: " + path);
    auto fixes = content[start] == '<' ? read_gpx(content) : read_nmea(content);
    if (!fixes) return fixes.error().context(path);
    return fixes;
}

std::vector<model::Fix> recorded_track(const std::string& name) {
    std::string path = PLUS7_TRACKS_DIR "/";
    path += name;
    auto fixes = read_track(path);
    if (!fixes) throw std::runtime_error(fixes.error().message);
    return std::move(fixes).value();
}

}  // namespace plus7::test
