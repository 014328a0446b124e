// plus7-fleet: many couriers made of the agent's real code. Ends by SIGTERM or SIGINT, in order.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "shared/runtime/log.hpp"
#include "tests/fleet/fleet.hpp"

using namespace plus7;

namespace {

// About fifteen files and sockets for each courier: as many as this user may have.
void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::chrono::milliseconds milliseconds_of(double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

}  // namespace

int main(int argc, char** argv) try {
    CLI::App app{"plus7-fleet: many couriers made of the agent's real code, driving along the streets of a map"};
    fleet::FleetOptions options;
    double kill_every_s = 0, offline_for_s = 120;
    app.add_option("--data", options.data_dir, "a directory in it for each courier")->required();
    app.add_option("--links", options.links, "file of lines CODE<TAB>LINK: who is to be enrolled");
    auto* map = app.add_option("--map", options.map, "made by plus7-central import-map");
    app.add_option("--replay", options.replay, "GPX or NMEA track to be replayed instead of driving")->excludes(map);
    app.add_option("--except", options.except, "codes that are not ours");
    app.add_option("--couriers", options.couriers, "at most so many; 0: all")->check(CLI::Range(0, 5000));
    app.add_option("--speed-up", options.speed_up, "seconds of motion in a second; times stay real")
        ->check(CLI::Range(0.0, 1000.0));
    app.add_option("--offline", options.offline, "share of the time that a courier has no connection")
        ->check(CLI::Range(0.0, 0.95));
    app.add_option("--offline-for", offline_for_s, "seconds that one such time lasts on average")
        ->check(CLI::Range(1.0, 86400.0));
    app.add_option("--kill-every", kill_every_s, "seconds between crashes of a random courier; 0: none")
        ->check(CLI::Range(0.0, 86400.0));
    app.add_option("--seed", options.seed, "the same seed gives the same drives");
    app.add_flag("--status", options.status, "say every ten seconds how the fleet is");
    CLI11_PARSE(app, argc, argv);
    if (options.map.empty() && options.replay.empty()) {
        std::cerr << "plus7-fleet: --map or --replay is needed\n";
        return 2;
    }
    options.kill_every = milliseconds_of(kill_every_s);
    options.offline_for = milliseconds_of(offline_for_s);
    raise_file_limit();
    runtime::configure_log({.level = runtime::LogLevel::warning});
    const auto made = fleet::Fleet::make(std::move(options));
    if (!made) {
        std::cerr << "plus7-fleet: " << made.error().message << "\n";
        return 1;
    }
    (*made)->run();
    return 0;
} catch (const std::exception& broken) {
    std::cerr << "plus7-fleet: " << broken.what() << "\n";
    return 1;
}
