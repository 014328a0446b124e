#include "agent/map_keeper.hpp"

#include "agent/store/street_pack.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent {
namespace {

std::string text_of(const wire::MapArea& area) {
    std::string text;
    for (const auto side : {area.west, area.south, area.east, area.north})
        text += (text.empty() ? "" : ",") + std::to_string(side);
    return text;
}

}  // namespace

void MapKeeper::look(const std::vector<core::LatLon>& places, bool online) {
    const auto wanted = wire::area_around(places, wanted_m);
    if (!online || !wanted || (child_ && child_->running())) return;
    const auto area = wire::area_around(places, loaded_m);
    const bool is_new = asked_ != area;  // other stops: not what failed a moment ago
    if (!area || (!is_new && tried_ && clock_.mono() - *tried_ < try_again) || is_good(*wanted)) return;
    fetch(*area);
}

bool MapKeeper::is_good(const wire::MapArea& wanted) const {
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(pack_, failed);
    if (failed || std::filesystem::file_time_type::clock::now() - written > good_for) return false;
    const auto head = store::read_pack_file(pack_);
    return head && wire::covers(head->area, wanted);
}

void MapKeeper::fetch(const wire::MapArea& area) {
    tried_ = clock_.mono();
    asked_ = area;
    runtime::ChildOptions options;
    options.argv = {"/proc/self/exe", "fetch-map", "--data-dir", data_dir_.string(), "--area=" + text_of(area)};
    options.on_stderr_line = [](const std::string& line) { runtime::log_info("map", {{"says", line}}); };
    auto started = runtime::Child::start(loop_, std::move(options), [](runtime::ChildExit) {});
    if (!started) return runtime::log_warning("the map is not loaded", {{"reason", started.error().message}});
    child_ = std::move(*started);
}

}  // namespace plus7::agent
