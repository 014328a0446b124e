#include "agent/config.hpp"

namespace plus7::agent {
namespace {

using std::chrono::milliseconds, std::chrono::seconds;

devices::GpsdOptions read_gpsd(runtime::ConfigReader& file) {
    devices::GpsdOptions gpsd;
    gpsd.host = file.text("gpsd.host", gpsd.host);
    gpsd.port = std::to_string(file.integer("gpsd.port", 2947, {0, 65535}));
    gpsd.silent_after = file.duration("gpsd.silent_after", gpsd.silent_after, {seconds{1}, seconds{600}});
    return gpsd;
}

devices::SerialOptions read_scanner(runtime::ConfigReader& file) {
    devices::SerialOptions scanner;
    scanner.device = file.text("scanner.serial", "");
    scanner.baud = static_cast<int>(file.integer("scanner.baud", scanner.baud));
    for (const int known : {9600, 19200, 38400, 57600, 115200})
        if (scanner.baud == known) return scanner;
    file.add_error("scanner.baud", "must be 9600, 19200, 38400, 57600 or 115200");
    return scanner;
}

runtime::BackoffSettings read_reconnect(runtime::ConfigReader& file) {
    runtime::BackoffSettings reconnect;
    reconnect.base = file.duration("reconnect.first", reconnect.base, {milliseconds{100}, seconds{60}});
    reconnect.cap = file.duration("reconnect.longest", reconnect.cap, {seconds{1}, std::chrono::hours{1}});
    if (reconnect.base > reconnect.cap) file.add_error("reconnect", "first must not be longer than longest");
    return reconnect;
}

app::SamplingPolicy read_sampling(runtime::ConfigReader& file) {
    app::SamplingPolicy sampling;
    const runtime::Range<std::chrono::milliseconds> times{seconds{1}, std::chrono::hours{1}};
    sampling.interval = file.duration("sampling.interval", sampling.interval, times);
    sampling.stationary_interval = file.duration("sampling.stationary_interval", sampling.stationary_interval, times);
    sampling.stationary_after = file.duration("sampling.stationary_after", sampling.stationary_after, times);
    sampling.distance_m = file.number("sampling.distance_m", sampling.distance_m, {1, 10'000});
    sampling.turn_deg = file.number("sampling.turn_deg", sampling.turn_deg, {1, 180});
    sampling.turn_speed_mps = file.number("sampling.turn_speed_mps", sampling.turn_speed_mps, {0, 100});
    sampling.stationary_radius_m = file.number("sampling.stationary_radius_m", sampling.stationary_radius_m, {1, 1000});
    sampling.worst_accuracy_m = file.number("sampling.worst_accuracy_m", sampling.worst_accuracy_m, {1, 10'000});
    return sampling;
}

store::StorageLimits read_storage(runtime::ConfigReader& file) {
    store::StorageLimits limits;
    limits.thin = file.byte_size("storage.thin_below", limits.thin);
    limits.stop = file.byte_size("storage.stop_below", limits.stop);
    limits.reserve = file.byte_size("storage.free_reserve_below", limits.reserve);
    if (limits.thin < limits.stop || limits.stop < limits.reserve)
        file.add_error("storage", "thin_below must not be less than stop_below, nor that than free_reserve_below");
    return limits;
}

}  // namespace

LoadedConfig load_config(const std::filesystem::path& path) {
    auto file = path.empty() ? runtime::ConfigReader("", "defaults") : runtime::ConfigReader::from_file(path);
    LoadedConfig loaded;
    auto& config = loaded.config;
    file.integer("version", Config::version, {1, 1'000'000});
    config.data_dir = file.path("data_dir", "/var/lib/plus7-agent");
    config.gpsd = read_gpsd(file);
    config.scanner = read_scanner(file);
    config.hid_scanner.device = file.text("scanner.hid", "");
    config.reconnect = read_reconnect(file);
    config.page_port = static_cast<std::uint16_t>(file.integer("handheld.port", 0, {0, 65535}));
    config.sampling = read_sampling(file);
    config.storage = read_storage(file);
    config.reserve_bytes = file.byte_size("storage.reserve", 8ULL << 20, {0, 1ULL << 30});
    config.power_supply = file.path("battery.power_supply", "/sys/class/power_supply");
    const auto level = file.choice("log.level", "info", {"debug", "info", "warning", "error"});
    config.log_level = runtime::log_level_from(level).value_or(runtime::LogLevel::info);
    loaded.errors = file.finish(Config::version);
    loaded.warnings = file.warnings();
    loaded.printed = file.print();
    return loaded;
}

}  // namespace plus7::agent
