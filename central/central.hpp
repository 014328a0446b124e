// The composition root of plus7-central: every part in the order of dependency, the order of starting and of stopping.
// One per process, made by main. Runs on the loop thread.
#pragma once
#include <atomic>
#include <memory>
#include <optional>

#include "central/api/api.hpp"
#include "central/api/field_routes.hpp"
#include "central/app/devices/device_changes.hpp"
#include "central/broker/kicker.hpp"
#include "central/broker/managed_broker.hpp"
#include "central/config.hpp"
#include "central/ingest/ingest.hpp"
#include "central/ingest/inlet.hpp"
#include "central/ingest/outlet.hpp"
#include "central/jobs/jobs.hpp"
#include "central/maps/tile_source.hpp"
#include "central/outbox/webhook_sender.hpp"
#include "shared/http/server.hpp"
#include "shared/runtime/lock_file.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::central {

class Central {
  public:
    // Takes the lock, opens database and authority. The error says what a person can do.
    static core::Result<std::unique_ptr<Central>> open(const Config& config);
    ~Central();

    // Until SIGTERM or SIGINT: 0; 1 when a part could not be started.
    int run();

  private:
    struct Opened;
    explicit Central(Opened opened);

    void start_broker();
    void broker_ready();
    core::Status start_ingest(const broker::ServiceAccess& access);
    core::Status start_outbox();
    core::Status start_api();
    core::Status seed_demonstration(const std::string& url);  // what [demo] asks for
    api::FieldDeps field_deps(const std::string& url);
    std::vector<api::Part> parts() const;
    bool cut(const core::DeviceId& device, std::chrono::seconds length);
    void start_jobs();
    void announce(std::uint16_t port);
    void second();
    void turn_outbox();
    void fail(const core::Error& error);
    void stop();
    void stop_inlet();
    void stop_server();
    void stop_broker();

    broker::ServiceAccess outside_broker() const;
    mqtt::ClientOptions account(const broker::ServiceAccess& access, const std::string& user,
                                const std::string& password) const;
    std::vector<std::string> not_ready() const;
    std::uint16_t broker_port() const;

    const Config config_;
    runtime::LockFile lock_;
    std::unique_ptr<core::SystemClock> clock_;
    runtime::Metrics metrics_;
    runtime::Loop loop_;
    runtime::Workers workers_;
    std::unique_ptr<sql::Database> db_;
    core::ServerGen server_gen_;
    crypto::SecretKey server_key_;
    std::unique_ptr<broker::AuthorityFolder> authority_;
    app::accounts::PasswordHasher hasher_;
    app::tracking::LiveHub hub_;
    app::devices::DeviceChanges view_changes_;
    app::devices::DeviceChanges device_changes_;
    maps::TileSource tiles_;
    std::unique_ptr<broker::ManagedBroker> broker_;
    std::unique_ptr<broker::Kicker> kicker_;
    std::unique_ptr<ingest::Outlet> outlet_;
    std::unique_ptr<ingest::Ingest> ingest_;
    std::unique_ptr<ingest::Inlet> inlet_;
    std::unique_ptr<outbox::WebhookSender> webhooks_;
    std::unique_ptr<outbox::Relay> relay_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<http::Server> server_;
    jobs::Backups backups_;
    jobs::Scheduler scheduler_;
    runtime::Timer second_;
    std::atomic<bool> broker_up_ = false;
    std::atomic<std::int64_t> broker_since_us_ = 0;
    bool stopping_ = false;
    int exit_code_ = 0;
};

// `plus7-central run`: opens and runs; the exit code.
int run(const Config& config);

}  // namespace plus7::central
