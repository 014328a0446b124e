// plus7-central's settings: one TOML file, one validated struct. Every default works on a laptop.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "shared/runtime/config.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central {

struct BrokerConfig {
    bool managed = true;                    // start and supervise mosquitto; else use the one below
    std::string address = "127.0.0.1";      // where handhelds connect to the managed broker
    std::uint16_t port = 8883;              // 0: a free one
    std::string public_host = "127.0.0.1";  // what handhelds are told; on the server's certificate
    // An outside broker: its service listener.
    std::string host;
    std::uint16_t service_port = 1883;
    std::string ingest_user, push_user, kick_user;
    runtime::Secret ingest_password, push_password, kick_password;
};

struct BackupConfig {  // SQLite only
    std::filesystem::path folder;
    std::int64_t every_minutes = 60;  // 0: none
    std::size_t keep = 3;
};

struct Config {
    std::filesystem::path data_dir;
    std::string database;  // "sqlite:<path>" or a PostgreSQL conninfo
    std::string instance;  // this process among several on one database
    std::string http_address = "127.0.0.1";
    std::uint16_t http_port = 8080;                // 0: a free one
    std::string public_url;                        // as browsers and handhelds see it; empty: http://<address>:<port>
    std::string url_at(std::uint16_t port) const;  // public_url, or what it is when it is empty
    std::vector<std::string> trusted_proxies;
    bool webhooks_private = false;     // webhooks may lead to private addresses, and by http:// to this machine
    std::filesystem::path web_root;    // the built console
    std::filesystem::path basemap;     // the coarse base map's files
    std::filesystem::path region_map;  // made by import-map; need not exist
    BrokerConfig broker;
    BackupConfig backup;
    bool demo_controls = false;           // buttons that only a demonstration needs
    int demo_couriers = 0;                // invented couriers with handhelds that wait for enrolment
    bool demo_sites = false;              // a depot and a pickup point, with the handhelds of those who work there
    int demo_orders = 0;                  // invented orders for the first of them
    std::filesystem::path demo_registry;  // a partner's file, to be taken in at the depot
    std::string demo_cut_url;             // POST {"seconds": n} cuts the demonstration's handheld off
    std::size_t workers = 4;
    runtime::LogLevel log_level = runtime::LogLevel::info;
};

struct LoadedConfig {
    Config config;
    std::vector<runtime::ConfigError> errors;
    std::string printed;  // all settings as TOML, secrets left out
};

// An empty path: the defaults alone.
LoadedConfig load_config(const std::filesystem::path& file);

}  // namespace plus7::central
