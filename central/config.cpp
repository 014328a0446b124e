#include "central/config.hpp"

#include "shared/core/ids.hpp"
#include "shared/http/trusted_proxies.hpp"

namespace plus7::central {
namespace {

std::uint16_t port(runtime::ConfigReader& file, std::string_view key, std::int64_t fallback) {
    return static_cast<std::uint16_t>(file.integer(key, fallback, {0, 65535}));
}

BrokerConfig read_broker(runtime::ConfigReader& file) {
    BrokerConfig broker;
    broker.managed = file.flag("broker.managed", true);
    broker.address = file.text("broker.address", "127.0.0.1");
    broker.port = port(file, "broker.port", 8883);
    broker.public_host = file.text("broker.public_host", "127.0.0.1");
    broker.host = file.text("broker.host", "");
    broker.service_port = port(file, "broker.service_port", 1883);
    broker.ingest_user = file.text("broker.ingest_user", "central-ingest");
    broker.push_user = file.text("broker.push_user", "central-push");
    broker.kick_user = file.text("broker.kick_user", "central-kick");
    broker.ingest_password = file.secret("broker.ingest_password", "");
    broker.push_password = file.secret("broker.push_password", "");
    broker.kick_password = file.secret("broker.kick_password", "");
    if (!broker.managed && broker.host.empty())
        file.add_error("broker.host", "is needed when broker.managed = false: the outside broker's host");
    return broker;
}

BackupConfig read_backup(runtime::ConfigReader& file, const std::filesystem::path& data_dir) {
    BackupConfig backup;
    backup.folder = file.path("backup.folder", (data_dir / "backups").string());
    backup.every_minutes = file.integer("backup.every_minutes", 60, {0, 60 * 24 * 7});
    backup.keep = static_cast<std::size_t>(file.integer("backup.keep", 3, {1, 1000}));
    return backup;
}

void read_http(runtime::ConfigReader& file, Config& config) {
    config.http_address = file.text("http.address", "127.0.0.1");
    config.http_port = port(file, "http.port", 8080);
    config.public_url = file.text("http.public_url", "");
    const bool is_url = config.public_url.rfind("https://", 0) == 0 || config.public_url.rfind("http://", 0) == 0;
    if (!config.public_url.empty() && !is_url) file.add_error("http.public_url", "must begin with https:// or http://");
    while (!config.public_url.empty() && config.public_url.back() == '/') config.public_url.pop_back();
    config.trusted_proxies = file.text_list("http.trusted_proxies", std::vector<std::string>{"127.0.0.1", "::1"});
    if (const auto parsed = http::TrustedProxies::parse(config.trusted_proxies); !parsed)
        file.add_error("http.trusted_proxies", parsed.error().message);
    config.web_root = file.path("http.web_root", "/usr/share/plus7-central/web");
}

}  // namespace

std::string Config::url_at(std::uint16_t port) const {
    if (!public_url.empty()) return public_url;
    const bool v6 = http_address.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + http_address + "]" : http_address) + ":" + std::to_string(port);
}

LoadedConfig load_config(const std::filesystem::path& path) {
    auto file = path.empty() ? runtime::ConfigReader("", "defaults") : runtime::ConfigReader::from_file(path);
    LoadedConfig loaded;
    auto& config = loaded.config;
    config.data_dir = file.path("data_dir", "plus7-data");
    config.database = file.text("database", "sqlite:" + (config.data_dir / "central.db").string());
    config.instance = file.text("instance", "1");
    if (config.instance.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        file.add_error("instance", "may hold a-z, 0-9 and - only");
    read_http(file, config);
    config.broker = read_broker(file);
    config.backup = read_backup(file, config.data_dir);
    config.webhooks_private = file.flag("webhooks.allow_private", false);
    config.basemap = file.path("map.basemap", "/usr/share/plus7-central/basemap");
    config.region_map = file.path("map.region", (config.data_dir / "region.mbtiles").string());
    config.demo_controls = file.flag("demo.controls", false);
    config.demo_couriers = static_cast<int>(file.integer("demo.couriers", 0, {0, 99}));
    config.demo_sites = file.flag("demo.sites", false);
    config.demo_orders = static_cast<int>(file.integer("demo.orders", 0, {0, 50}));
    config.demo_registry = file.path("demo.registry", "");
    config.demo_cut_url = file.text("demo.cut_url", "");
    config.workers = static_cast<std::size_t>(file.integer("workers", 4, {1, 256}));
    const auto level = file.choice("log.level", "info", {"debug", "info", "warning", "error"});
    config.log_level = runtime::log_level_from(level).value_or(runtime::LogLevel::info);
    loaded.errors = file.finish();
    loaded.printed = file.print();
    return loaded;
}

}  // namespace plus7::central
