#include "agent/agent.hpp"

#include <signal.h>

#include <filesystem>

#include "agent/camera/frame.hpp"
#include "agent/devices/machine.hpp"
#include "shared/http/security_headers.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/sd_notify.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::agent {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds control_grace{1000};  // for requests that run when the agent stops
constexpr milliseconds stop_limit{4000};     // for everything: systemd and people expect less than 5 s
constexpr std::size_t control_connections = 32;
constexpr std::size_t storage_queue = 4096;
constexpr std::uint64_t map_every = 10;  // seconds

// It lies beside the agent, also when both have been replaced by newer ones since.
std::string picture_reader() {
    std::error_code unreadable;
    const auto agent = std::filesystem::read_symlink("/proc/self/exe", unreadable);
    return (agent.parent_path() / "plus7-picture-reader").string();
}

http::ServerSettings control_settings() {
    http::ServerSettings settings;
    settings.max_connections = control_connections;
    return settings;
}

http::ServerSettings page_settings() {
    auto settings = control_settings();
    settings.headers = http::security_headers("");
    // The camera's pictures, which would be packed and unpacked on this very machine.
    settings.websocket.message_bytes = camera::Frame::most_bytes;
    settings.websocket.deflate_from = SIZE_MAX;
    return settings;
}

store::StoresOptions stores_options(const Config& config) {
    core::SystemClock clock;
    core::Stamp now;
    now.wall = std::chrono::floor<milliseconds>(clock.now());
    now.wall_src = devices::wall_source();
    now.boot = devices::boot_id();
    now.mono = clock.mono();
    return {config.data_dir, config.reserve_bytes, now};
}

}  // namespace

core::Result<std::unique_ptr<Agent>> Agent::open(const Config& config) {
    const store::IdentityFiles files(config.data_dir);
    auto identity = store::load_identity(files);
    if (!identity) return identity.error();
    auto lock = runtime::LockFile::acquire((config.data_dir / "agent.lock").string());
    if (!lock) return lock.error();
    // A missing key or certificate is damage, not a device that was never enrolled.
    auto key = store::load_record_key(files);
    if (!key) return core::unavailable("record.key: " + key.error().message);
    auto authority = store::load_text(files.authority());
    if (!authority) return core::unavailable("ca.crt: " + authority.error().message);
    auto who =
        std::make_unique<Who>(Who{std::move(*lock), std::move(*identity), std::move(*key), std::move(*authority)});
    auto stores = store::Stores::open(stores_options(config), who->identity.device, who->key);
    if (!stores) return core::unavailable(stores.error().message);
    return std::unique_ptr<Agent>(new Agent(config, std::move(who), std::move(*stores)));
}

Agent::Agent(const Config& config, std::unique_ptr<Who> who, std::unique_ptr<store::Stores> stores)
    : config_(config),
      who_(std::move(who)),
      storage_({.threads = 1, .max_queued = storage_queue}),
      field_({config.data_dir, config.power_supply, config.sampling, config.storage}, std::move(stores), clock_,
             devices::boot_id()),
      sync_(loop_, storage_, field_.stores(), clock_, sync_options()),
      camera_(loop_, clock_, {.reader = {picture_reader()}},
              [this](core::Bytes code) { loop_.post([this, code] { scanned(code); }); }),
      desk_{field_.scanning(),
            field_.shift(),
            field_.sign_in(),
            field_.parcels(),
            field_.transfers(),
            field_.codes(),
            field_.money(),
            field_.chat(),
            field_.floor(),
            field_.stamps(),
            field_.stores().blobs(),
            [this] { return status(); },
            [this] { return custody_file(); },
            [this] { return metrics_text(); }},
      control_(loop_, storage_, handheld::control_router(desk_), control_settings()),
      page_(desk_, field_.scan_screen(), clock_,
            {[this](std::string_view frame, std::function<void(bool)> done) {
                 return camera_.look(frame, std::move(done));
             },
             [this] { camera_.let_go(); }},
            config.map_pack()),
      page_server_(loop_, storage_, page_.router(), page_settings()),
      gpsd_(std::make_unique<devices::GpsdSource>(loop_, config.gpsd, gpsd_events())),
      renewal_(std::make_unique<Renewal>(loop_, clock_, who_->identity.device, config.data_dir)),
      map_keeper_(std::make_unique<MapKeeper>(loop_, clock_, config.data_dir, config.map_pack())) {
    make_scanners();
    field_.connect({[this](const model::Fix& fix) { sync_.session().offer_live(fix); },
                    [this] { sync_.session().wake(); }, [this] { return sync_.session().online(); },
                    [this] { page_.changed(); }});
}

Agent::~Agent() {
    camera_.stop();
    storage_.stop();
}

sync::SyncClientOptions Agent::sync_options() {
    sync::SessionOptions session{.device = who_->identity.device,
                                 .ca_pem = who_->authority,
                                 .boot = devices::boot_id(),
                                 .versions = {{"agent", std::string(runtime::version)}},
                                 .timings = {},
                                 .random = {},
                                 .on_policy = [this](const wire::Policy& policy) { field_.policy(policy); },
                                 .on_central_time = {},
                                 .on_view = [this] { field_.view_changed(); },
                                 .restart_process = [this] { loop_.post([this] { stop(End::stuck); }); }};
    sync::SyncClientOptions options{
        .identity = who_->identity, .data_dir = config_.data_dir, .session = std::move(session)};
    options.connector.backoff = config_.reconnect;
    return options;
}

devices::GpsdEvents Agent::gpsd_events() {
    devices::GpsdEvents events;
    events.fix = [this](const model::Fix& fix) {
        on_storage([this, fix, arrived = clock_.mono()] { field_.fix(fix, arrived); });
    };
    events.lost = [this](milliseconds silent) {
        gpsd_lost_ = true;
        on_storage([this, silent] { field_.gpsd_lost(silent); });
    };
    events.back = [this] { gpsd_lost_ = false; };
    return events;
}

void Agent::scanned(core::Bytes code) {
    on_storage([this, code = std::move(code)] { field_.scanned(code); });
}

void Agent::make_scanners() {
    const auto code = [this](core::Bytes read) { scanned(std::move(read)); };
    if (!config_.scanner.device.empty())
        scanner_ = std::make_unique<devices::SerialScanner>(loop_, config_.scanner, code);
    if (!config_.hid_scanner.device.empty())
        hid_scanner_ = std::make_unique<devices::EvdevScanner>(loop_, config_.hid_scanner, code);
}

core::Result<Agent::End> Agent::run() {
    loop_.on_signal({SIGTERM, SIGINT}, [this](int) { stop(End::stopped); });
    on_storage([this] { field_.begin(); });
    if (const auto listening = control_.listen_unix(config_.control_socket()); !listening) return listening.error();
    if (const auto served = serve_page(); !served) return served.error();
    start();
    loop_.run();
    storage_.stop();
    if (!sealed_) field_.stop();  // its turn did not come in time
    return end_;
}

// One token per boot: a page that is open when the agent is started anew goes on. It is for the kiosk's browser alone,
// in files that only our user reads.
core::Status Agent::keep_page_token() {
    const auto boot = devices::boot_id().hex();
    const auto kept = store::load_text(config_.page_token());
    if (kept && kept->starts_with(boot + " ")) {
        page_.gate().keep(kept->substr(boot.size() + 1));
        return {};
    }
    return store::save_text(config_.page_token(), boot + " " + page_.gate().token());
}

core::Status Agent::serve_page() {
    if (auto kept = keep_page_token(); !kept) return kept;
    const auto port = page_server_.listen("127.0.0.1", config_.page_port);
    if (!port) return port.error().context("the handheld's page");
    page_.gate().set_port(*port);
    const auto url = "http://127.0.0.1:" + std::to_string(*port) + "/?t=" + page_.gate().token();
    return store::save_text(config_.page_address(), url + "\n");
}

void Agent::start() {
    if (config_.gpsd.has_receiver()) gpsd_->start();
    if (scanner_) scanner_->start();
    if (hid_scanner_) hid_scanner_->start();
    sync_.start();
    renewal_->start();
    second_ = loop_.every(seconds{1}, [this] { second(); });
    ticked_ = clock_.mono();
    runtime::log_info("running", {{"device", who_->identity.device.text()}, {"version", runtime::version}});
    runtime::notify_ready();
}

void Agent::second() {
    gpsd_connected_ = gpsd_->connected();
    scanner_connected_ = (scanner_ && scanner_->connected()) || (hid_scanner_ && hid_scanner_->connected());
    if (!tick_queued_.exchange(true)) {
        on_storage([this] {
            tick_queued_ = false;
            ticked_ = clock_.mono();
            field_.tick();
        });
    }
    if (seconds_++ % map_every == 0) look_at_map();
    const auto period = runtime::watchdog_period();
    if (!period) return;
    // Alive is only who still saves: a storage thread that hangs lets systemd start the agent anew.
    if (clock_.mono() - ticked_.load() < *period / 2) runtime::notify_alive();
    runtime::notify_status(sync_.online() ? "connected" : "no connection to the broker");
}

void Agent::look_at_map() {
    if (!sync_.online()) return;
    on_storage([this] {
        auto places = field_.places();
        loop_.post([this, places = std::move(places)] {
            if (map_keeper_) map_keeper_->look(places, sync_.online());
        });
    });
}

void Agent::stop(End end) {
    if (stopping_) return;
    stopping_ = true;
    end_ = end;
    runtime::notify_stopping();
    runtime::log_info("stopping");
    second_.cancel();
    renewal_.reset();
    map_keeper_.reset();
    gpsd_.reset();
    scanner_.reset();
    hid_scanner_.reset();
    deadline_ = loop_.after(stop_limit, [this] {
        runtime::log_warning("stopping took too long: leaving without goodbye");
        loop_.stop();
    });
    page_server_.stop(control_grace, [this] { control_.stop(control_grace, [this] { seal_and_leave(); }); });
}

void Agent::seal_and_leave() {
    on_storage([this] {
        field_.stop();
        sealed_ = true;
        loop_.post([this] { sync_.stop([this] { loop_.stop(); }); });
    });
}

void Agent::on_storage(std::function<void()> job) {
    if (storage_.submit(std::move(job))) return;
    ++dropped_jobs_;
    runtime::log_warning("the storage thread is too busy", {{"dropped", dropped_jobs_}});
}

}  // namespace plus7::agent
