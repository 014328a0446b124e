#include "central/central.hpp"

#include <signal.h>

#include <iostream>

#include "central/api/enrolment_link.hpp"
#include "central/app/accounts/invitations.hpp"
#include "central/app/devices/revocations.hpp"
#include "central/broker/broker_files.hpp"
#include "central/broker/mosquitto_config.hpp"
#include "central/commands.hpp"
#include "central/demo/orders.hpp"
#include "central/demo/people.hpp"
#include "central/demo/registry.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/server_store.hpp"
#include "shared/crypto/secret_file.hpp"
#include "shared/http/client.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/sd_notify.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::central {
namespace {

constexpr auto grace = std::chrono::seconds{5};

// Seals second-factor secrets; outside the database, so that a stolen backup does not hold it.
core::Result<crypto::SecretKey> load_server_key(const std::filesystem::path& file) {
    auto found = crypto::read_secret_file(file);
    if (!found && found.error().kind == core::ErrorKind::not_found) {
        const auto made = crypto::SecretKey::random();
        if (auto saved = crypto::write_secret_file(file, made.bytes()); !saved) return saved.error();
        found = crypto::read_secret_file(file);
    }
    if (!found) return found.error();
    auto key = crypto::SecretKey::from(found->bytes());
    if (!key) return core::invalid(file.string() + " does not hold a key of 32 bytes");
    return std::move(*key);
}

// The names on the broker's certificate: what handhelds are told to connect to, and this machine itself.
crypto::ServerNames broker_names(const Config& config) {
    crypto::ServerNames names{{"localhost"}, {"127.0.0.1"}};
    const auto& host = config.broker.public_host;
    const bool is_address =
        host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
    auto& list = is_address ? names.addresses : names.dns;
    if (std::find(list.begin(), list.end(), host) == list.end()) list.push_back(host);
    return names;
}

// The map's attribution is HTML in the file; the console shows plain text.
std::string without_tags(const std::string& html) {
    std::string text;
    bool inside = false;
    for (const char c : html) {
        if (c == '<') inside = true;
        if (!inside) text.push_back(c);
        if (c == '>') inside = false;
    }
    return text;
}

// With what a person does about it.
core::Error listen_problem(const core::Error& error, std::uint16_t port) {
    if (error.kind != core::ErrorKind::conflict) return error.context("http.address, http.port");
    return core::conflict("the web server's port " + std::to_string(port) +
                          " is taken: end what uses it, or set http.port");
}

api::MapSide map_side(const maps::TileSource& tiles) {
    api::MapSide side;
    side.facts = [&tiles]() -> std::optional<api::MapFacts> {
        tiles.refresh();
        const auto data = tiles.metadata();
        if (!data) return std::nullopt;
        const auto& [south_west, north_east] = data->bounds;
        return api::MapFacts{data->name,        {south_west.lon, south_west.lat, north_east.lon, north_east.lat},
                             data->center.lon,  data->center.lat,
                             data->center_zoom, data->min_zoom,
                             data->max_zoom,    without_tags(data->attribution),
                             data->json};
    };
    side.tile = [&tiles](int zoom, std::int64_t x, std::int64_t y) -> std::optional<api::MapTile> {
        auto tile = tiles.tile(zoom, x, y);
        if (!tile) return std::nullopt;
        return api::MapTile{std::move(tile->data), std::move(tile->etag)};
    };
    return side;
}

}  // namespace

struct Central::Opened {
    Config config;
    runtime::LockFile lock;
    std::unique_ptr<core::SystemClock> clock;
    std::unique_ptr<sql::Database> db;
    core::ServerGen server_gen;
    crypto::SecretKey server_key;
    std::unique_ptr<broker::AuthorityFolder> authority;
};

core::Result<std::unique_ptr<Central>> Central::open(const Config& config) {
    auto clock = std::make_unique<core::SystemClock>();  // the parts keep a reference
    std::error_code error;
    std::filesystem::create_directories(config.data_dir, error);
    if (error) return core::unavailable("cannot make " + config.data_dir.string() + ": " + error.message());
    auto lock = runtime::LockFile::acquire((config.data_dir / "central.lock").string());
    if (!lock) return lock.error().context("another plus7-central uses " + config.data_dir.string());
    auto db = open_database(config);
    if (!db) return db.error();
    auto server_gen = (*db)->write([&](sql::Tx& tx) { return store::server_gen(tx, clock->now()); });
    if (!server_gen) return server_gen.error();
    auto authority = broker::AuthorityFolder::open(config.data_dir / "ca", broker_names(config), *clock);
    if (!authority) return authority.error();
    auto key = load_server_key(config.data_dir / "ca" / "server-data.key");
    if (!key) return key.error();
    return std::unique_ptr<Central>(new Central({config, std::move(*lock), std::move(clock), std::move(*db),
                                                 *server_gen, std::move(*key), std::move(*authority)}));
}

Central::Central(Opened opened)
    : config_(std::move(opened.config)),
      lock_(std::move(opened.lock)),
      clock_(std::move(opened.clock)),
      workers_({config_.workers, 4096}),
      db_(std::move(opened.db)),
      server_gen_(opened.server_gen),
      server_key_(std::move(opened.server_key)),
      authority_(std::move(opened.authority)),
      tiles_(config_.region_map.string()),
      backups_(config_.backup.folder, config_.backup.keep),
      scheduler_(loop_, workers_, *clock_, metrics_) {}

Central::~Central() {
    workers_.stop();
    if (relay_) relay_->stop();
    if (ingest_) ingest_->stop();
    db_->close();
}

int Central::run() {
    loop_.on_signal({SIGINT, SIGTERM}, [this](int) { stop(); });
    loop_.post([this] { start_broker(); });
    loop_.run();
    return exit_code_;
}

void Central::start_broker() {
    if (!config_.broker.managed) return broker_ready();
    broker::ManagedBrokerOptions options;
    options.folder = config_.data_dir / "broker";
    options.address = config_.broker.address;
    options.port = config_.broker.port;
    auto started = broker::ManagedBroker::start(
        loop_, *authority_, std::move(options), [this] { broker_ready(); },
        [this](const core::Error& error) { fail(error); });
    if (!started) return fail(started.error());
    broker_ = std::move(*started);
    authority_->on_new_crl([this] {
        loop_.post([this] {
            if (auto told = broker_->reload_crl(); !told)
                runtime::log_error("the broker did not get the revocation list", {{"reason", told.error().message}});
        });
    });
}

void Central::broker_ready() {
    if (auto started = start_ingest(broker_ ? broker_->service() : outside_broker()); !started)
        return fail(started.error());
    if (auto started = start_outbox(); !started) return fail(started.error());
    if (auto started = start_api(); !started) return fail(started.error());
    second_ = loop_.every(std::chrono::seconds{1}, [this] { second(); });
    start_jobs();
}

core::Status Central::start_ingest(const broker::ServiceAccess& access) {
    const auto& broker = config_.broker;
    const auto user = [&](const char* managed, const std::string& outside) {
        return broker.managed ? managed : outside;
    };
    kicker_ = std::make_unique<broker::Kicker>(
        loop_, account(access, user(broker::kick_account, broker.kick_user), access.kick_password));
    outlet_ = std::make_unique<ingest::Outlet>(
        loop_, account(access, user(broker::push_account, broker.push_user), access.push_password), config_.instance,
        metrics_);
    const auto certificate = crypto::der_from_pem(authority_->sign_certificate().pem);
    if (!certificate) return certificate.error();
    ingest::IngestOptions options;
    options.flight_file = config_.data_dir / ("ingest-" + config_.instance + ".flights");
    options.server_gen = server_gen_;
    options.certificate = *certificate;
    options.threads = config_.workers;
    auto started = ingest::Ingest::start({*db_, *clock_, metrics_, hub_, *kicker_, view_changes_, device_changes_,
                                          authority_->sign_key(), outlet_->publish()},
                                         std::move(options));
    if (!started) return started.error();
    ingest_ = std::move(*started);
    inlet_ = std::make_unique<ingest::Inlet>(
        loop_, account(access, user(broker::ingest_account, broker.ingest_user), access.ingest_password),
        config_.instance, *ingest_, *clock_);
    const auto missing =
        db_->read([&](sql::Tx& tx) { return app::devices::missing_revocations(tx, *authority_, clock_->now()); });
    if (!missing) return missing.error();
    if (!missing->empty())
        if (auto revoked = authority_->revoke(*missing); !revoked) return revoked;
    outlet_->start();
    inlet_->start();
    return {};
}

core::Status Central::start_outbox() {
    outbox::WebhookOptions options;
    options.allow_private = config_.webhooks_private;
    auto sender = outbox::WebhookSender::make(*db_, *clock_, server_key_, std::move(options));
    if (!sender) return sender.error();
    webhooks_ = std::move(*sender);
    const auto send = [this](const store::EffectRow& effect) { return webhooks_->send(effect); };
    relay_ = std::make_unique<outbox::Relay>(*db_, *clock_, metrics_,
                                             std::map<std::string, outbox::Send>{{outbox::webhook_destination, send}});
    return {};
}

void Central::turn_outbox() {
    const auto turn = [this] {
        if (const auto turned = relay_->turn(); !turned)
            runtime::log_error("the outbox could not be read", {{"reason", turned.error().message}});
    };
    if (const auto queued = workers_.submit(turn); !queued)
        runtime::log_warning("the outbox waits", {{"reason", queued.error().message}});
}

api::FieldDeps Central::field_deps(const std::string& url) {
    api::FieldDeps deps{*authority_, *kicker_, view_changes_,          device_changes_, loop_, workers_, {}, {},
                        {},          {},       &authority_->sign_key()};
    deps.places = {url, authority_->sign_certificate().pem, config_.broker.public_host, broker_port()};
    deps.map = map_side(tiles_);
    if (std::filesystem::exists(config_.basemap)) deps.map.basemap = config_.basemap;
    deps.system.version = runtime::version;
    deps.system.started = clock_->now();
    deps.system.parts = [this] { return parts(); };
    deps.webhooks.allow_private = config_.webhooks_private;
    deps.webhooks.send_test = [this](const std::string& webhook) { return webhooks_->test(webhook); };
    if (config_.demo_controls && !config_.demo_cut_url.empty())
        deps.system.cut = [this](const core::DeviceId& device, std::chrono::seconds length) {
            return cut(device, length);
        };
    return deps;
}

std::vector<api::Part> Central::parts() const {
    api::Part broker{"broker", broker_up_ ? api::PartState::ok : api::PartState::down, core::time_us(broker_since_us_)};
    if (!broker_up_) broker.detail = "handhelds keep their records and send them when the broker is back";
    return {std::move(broker)};
}

// The demonstration's handheld stands behind a proxy that can be told to go silent; it is the first device made.
bool Central::cut(const core::DeviceId& device, std::chrono::seconds length) {
    const auto first = db_->read([](sql::Tx& tx) -> core::Result<std::optional<core::DeviceId>> {
        const auto courier = store::find_courier_by_code(tx, demo::handheld_code);
        if (!courier) return std::optional<core::DeviceId>{};
        const auto carried = store::device_of_courier(tx, courier->id);
        return carried ? std::optional(carried->id) : std::nullopt;
    });
    if (!first || *first != device) return false;
    auto client = http::Client::make();
    if (!client) return false;
    http::Call call;
    call.method = http::Method::post;
    call.url = config_.demo_cut_url;
    call.headers.set("Content-Type", "application/json");
    call.body = "{\"seconds\":" + std::to_string(length.count()) + "}";
    const auto reply = client->call(call);
    return reply && reply->status < 300;
}

core::Status Central::seed_demonstration(const std::string& url) {
    if (config_.demo_couriers > 0) {
        const auto link = [&](const std::string& token) {
            return api::enrolment_link(url, token, authority_->ca_fingerprint());
        };
        const auto file = config_.data_dir / "demo" / "links";
        const demo::People people{config_.demo_couriers, config_.demo_sites};
        if (auto seeded = demo::seed_people(*db_, people, file, link, clock_->now()); !seeded) return seeded;
    }
    if (config_.demo_orders > 0) {
        if (auto seeded = demo::seed_orders(*db_, config_.demo_orders, clock_->now()); !seeded) return seeded;
    }
    if (!config_.demo_registry.empty()) {
        if (auto seeded = demo::seed_registry(*db_, config_.demo_registry, clock_->now()); !seeded) return seeded;
    }
    return {};
}

core::Status Central::start_api() {
    // The address goes into links and cookies, so a free port is chosen before the server asks for it.
    const auto wanted = config_.http_port != 0 ? config_.http_port : broker::free_loopback_port();
    const auto url = config_.url_at(wanted);
    api::ApiSettings settings;
    settings.public_url = url;
    settings.facts.demo = config_.demo_controls;
    if (std::filesystem::exists(config_.web_root)) settings.web_root = config_.web_root;
    const auto field = field_deps(url);
    auto made =
        api::Api::make({*db_, *clock_, metrics_, hub_, hasher_, server_key_, [this] { return not_ready(); }, &field},
                       std::move(settings));
    if (!made) return made.error();
    api_ = std::move(*made);
    http::ServerSettings server;
    server.headers = api_->headers();
    auto trusted = http::TrustedProxies::parse(config_.trusted_proxies);
    if (!trusted) return trusted.error().context("http.trusted_proxies");
    server.trusted = std::move(*trusted);
    server_ = std::make_unique<http::Server>(loop_, workers_, api_->router(), std::move(server));
    const auto port = server_->listen(config_.http_address, wanted);
    if (!port) return listen_problem(port.error(), wanted);
    if (auto seeded = seed_demonstration(url); !seeded) return seeded;
    announce(*port);
    return {};
}

void Central::start_jobs() {
    const jobs::JobPorts ports{*db_, *clock_, [this] { return authority_->reissue_crl(); },
                               [this](const core::DeviceId& device) { view_changes_.changed(device); }};
    scheduler_.start(jobs::all_jobs(ports, {std::chrono::minutes{config_.backup.every_minutes}, &backups_}));
}

void Central::second() {
    ingest_->tick();
    turn_outbox();
    const bool up = inlet_->listening() && outlet_->connected();
    if (broker_up_.exchange(up) != up) {
        broker_since_us_ = core::count(clock_->now());
        runtime::log_info("broker", {{"usable", up}});
    }
    runtime::notify_alive();
}

std::vector<std::string> Central::not_ready() const {
    if (broker_up_) return {};
    return {"broker"};
}

void Central::announce(std::uint16_t port) {
    const auto url = config_.url_at(port);
    const auto link = db_->write([&](sql::Tx& tx) -> core::Result<std::string> {
        if (!app::accounts::setup_is_open(tx)) return std::string{};
        return app::accounts::make_setup_link(tx, clock_->now()).token;
    });
    std::cout << "plus7-central: open " << url << "\n";
    if (link && !link->empty())
        std::cout << "plus7-central: make the first administrator at " << url << "/setup#" << *link
                  << " (works once, for 24 hours)\n";
    std::cout << "plus7-central: central is ready" << std::endl;
    runtime::notify_ready();
}

void Central::fail(const core::Error& error) {
    std::cerr << "plus7-central: " << error.message << std::endl;
    exit_code_ = 1;
    stop();
}

void Central::stop() {
    if (std::exchange(stopping_, true)) return;
    runtime::notify_stopping();
    second_.cancel();
    scheduler_.stop();
    backups_.stop();
    stop_server();
}

void Central::stop_server() {
    if (!server_) return stop_inlet();
    server_->stop(grace, [this] { stop_inlet(); });
}

void Central::stop_inlet() {
    if (!inlet_) return stop_broker();
    inlet_->stop([this] {
        ingest_->stop();
        outlet_->stop([this] { stop_broker(); });
    });
}

void Central::stop_broker() {
    if (!broker_) return loop_.stop();
    broker_->stop(grace, [this] { loop_.stop(); });
}

broker::ServiceAccess Central::outside_broker() const {
    const auto& outside = config_.broker;
    return {outside.host, outside.service_port, outside.ingest_password.reveal(), outside.push_password.reveal(),
            outside.kick_password.reveal()};
}

mqtt::ClientOptions Central::account(const broker::ServiceAccess& access, const std::string& user,
                                     const std::string& password) const {
    mqtt::ClientOptions options;
    options.host = access.host;
    options.port = access.port;
    options.user = user;
    options.password = runtime::Secret(password);
    options.timings.backoff = {std::chrono::milliseconds{100}, std::chrono::seconds{2}, std::chrono::seconds{60}};
    return options;
}

std::uint16_t Central::broker_port() const { return broker_ ? broker_->device_port() : config_.broker.port; }

int run(const Config& config) {
    auto central = Central::open(config);
    if (!central) {
        std::cerr << "plus7-central: " << central.error().message << "\n";
        return 1;
    }
    return (*central)->run();
}

}  // namespace plus7::central
