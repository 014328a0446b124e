// plus7-agent's settings: one TOML file, one validated struct. Every default works on a laptop.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "agent/app/sampler.hpp"
#include "agent/devices/evdev_scanner.hpp"
#include "agent/devices/gpsd_source.hpp"
#include "agent/devices/serial_scanner.hpp"
#include "agent/store/storage_ladder.hpp"
#include "shared/runtime/backoff.hpp"
#include "shared/runtime/config.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent {

struct Config {
    static constexpr std::int64_t version = 1;  // of the file; unknown keys of a newer one are only warned about

    std::filesystem::path data_dir;
    devices::GpsdOptions gpsd;
    devices::SerialOptions scanner;      // no device: none
    devices::EvdevOptions hid_scanner;   // no device: none
    runtime::BackoffSettings reconnect;  // to the broker
    app::SamplingPolicy sampling;        // until central's policy says otherwise
    store::StorageLimits storage;
    std::uint64_t reserve_bytes = 0;
    std::filesystem::path power_supply;
    runtime::LogLevel log_level = runtime::LogLevel::info;

    std::uint16_t page_port = 0;  // of the handheld's page on loopback; 0: the kernel chooses

    std::filesystem::path page_address() const { return data_dir / "page.url"; }
    std::filesystem::path page_token() const { return data_dir / "page.token"; }
    std::filesystem::path map_pack() const { return data_dir / "map.pack"; }  // streets around the day's stops
    std::filesystem::path control_socket() const { return data_dir / "control.sock"; }
};

struct LoadedConfig {
    Config config;
    std::vector<runtime::ConfigError> errors;
    std::vector<runtime::ConfigError> warnings;
    std::string printed;  // all settings as TOML
};

// An empty path: the defaults alone.
LoadedConfig load_config(const std::filesystem::path& file);

}  // namespace plus7::agent
