// The commands that work without a running agent, and the agent itself.
#include <iostream>
#include <sstream>

#include "agent/agent.hpp"
#include "agent/commands.hpp"
#include "agent/sync/enrol.hpp"
#include "agent/sync/map_fetch.hpp"
#include "agent/texts.hpp"

namespace plus7::agent {
namespace {

std::string words(std::string_view english, std::initializer_list<std::string_view> values = {}) {
    return say(language_of_environment(), english, values);
}

int failed(const core::Error& error, int code) {
    std::cerr << "plus7-agent: " << words(error.message) << '\n';
    return code;
}

constexpr std::string_view not_enrolled =
    "this device is not enrolled: scan the enrolment code of the dispatcher's console, or run `plus7-agent enroll "
    "LINK`";

core::Status make_data_dir(const std::filesystem::path& dir) {
    std::error_code error;
    if (std::filesystem::create_directories(dir, error))
        std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);
    if (error) return core::unavailable("the data directory " + dir.string() + ": " + error.message());
    return {};
}

std::optional<wire::MapArea> area_from(const std::string& text) {
    std::istringstream in(text);
    wire::MapArea area;
    char a = 0, b = 0, c = 0;
    in >> area.west >> a >> area.south >> b >> area.east >> c >> area.north;
    if (!in || a != ',' || b != ',' || c != ',' || !in.eof() || !wire::is_valid(area)) return std::nullopt;
    return area;
}

}  // namespace

int run_agent(const Config& config) {
    runtime::configure_log({.level = config.log_level});
    const auto agent = Agent::open(config);
    if (!agent) {
        if (agent.error().kind == core::ErrorKind::not_found)
            return failed({{}, std::string(not_enrolled)}, exit_not_enrolled);
        return failed(agent.error(), agent.error().kind == core::ErrorKind::conflict ? exit_busy : exit_refused);
    }
    const auto end = (*agent)->run();
    if (!end) return failed(end.error(), exit_refused);
    return *end == Agent::End::stuck ? exit_stuck : exit_done;
}

int enroll(const Config& config, const std::string& text) {
    const auto link = sync::parse_enrol_link(text);
    if (!link) return failed(link.error(), exit_usage);
    if (const auto made = make_data_dir(config.data_dir); !made) return failed(made.error(), exit_refused);
    // A running agent keeps its old identity until it is started anew: enrolment under it would only confuse.
    const auto lock = runtime::LockFile::acquire((config.data_dir / "agent.lock").string());
    if (!lock) return failed(lock.error(), lock.error().kind == core::ErrorKind::conflict ? exit_busy : exit_refused);
    const auto identity = sync::enrol(*link, store::IdentityFiles(config.data_dir));
    if (!identity) return failed(identity.error(), exit_refused);
    std::cout << words("enrolled as device {}", {identity->device.text()}) << std::endl;
    return exit_done;
}

int renew(const Config& config) {
    const store::IdentityFiles files(config.data_dir);
    const auto identity = store::load_identity(files);
    if (!identity) {
        const bool missing = identity.error().kind == core::ErrorKind::not_found;
        return missing ? failed({{}, std::string(not_enrolled)}, exit_not_enrolled)
                       : failed(identity.error(), exit_refused);
    }
    if (const auto renewed = sync::renew_certificate(*identity, files); !renewed)
        return failed(renewed.error(), exit_refused);
    std::cout << words("the certificate was renewed") << std::endl;
    return exit_done;
}

int fetch_map(const Config& config, const std::string& text) {
    const auto area = area_from(text);
    if (!area) return failed({{}, "the area is west,south,east,north in 1e-5 degree"}, exit_usage);
    const store::IdentityFiles files(config.data_dir);
    const auto identity = store::load_identity(files);
    if (!identity) return failed(identity.error(), exit_refused);
    const auto pack = sync::fetch_map(*identity, files, *area);
    if (!pack) return failed(pack.error(), exit_refused);
    if (const auto saved = store::save_text(config.map_pack(), *pack); !saved)
        return failed(saved.error(), exit_refused);
    std::cout << words("the map was loaded") << std::endl;
    return exit_done;
}

}  // namespace plus7::agent
