// The composition root of plus7-agent: every part, in the order of dependency, the posts between the loop thread and
// the storage thread, and the order of stopping. One per process, made by main.
#pragma once
#include <atomic>
#include <memory>

#include "agent/camera/camera_scanner.hpp"
#include "agent/config.hpp"
#include "agent/devices/evdev_scanner.hpp"
#include "agent/devices/gpsd_source.hpp"
#include "agent/devices/serial_scanner.hpp"
#include "agent/field.hpp"
#include "agent/handheld/page.hpp"
#include "agent/handheld/routes.hpp"
#include "agent/map_keeper.hpp"
#include "agent/renewal.hpp"
#include "agent/store/identity.hpp"
#include "agent/sync/sync_client.hpp"
#include "shared/http/server.hpp"
#include "shared/runtime/lock_file.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::agent {

class Agent {
  public:
    enum class End { stopped, stuck };  // stuck: the watchdog asks for a new process

    // not_found: not enrolled; conflict: another agent runs on this data directory; others: what is broken there.
    static core::Result<std::unique_ptr<Agent>> open(const Config& config);
    ~Agent();

    // Until SIGTERM or SIGINT. An error: the control socket cannot be made.
    core::Result<End> run();

  private:
    struct Who {
        runtime::LockFile lock;
        store::Identity identity;
        crypto::SigningKey key;
        std::string authority;  // PEM
    };
    Agent(const Config& config, std::unique_ptr<Who> who, std::unique_ptr<store::Stores> stores);

    sync::SyncClientOptions sync_options();
    devices::GpsdEvents gpsd_events();
    void make_scanners();
    void scanned(core::Bytes code);
    core::Status keep_page_token();
    core::Status serve_page();
    void start();
    void second();
    void look_at_map();
    void stop(End end);
    void seal_and_leave();
    void on_storage(std::function<void()> job);
    // Answers of the control socket, storage thread (agent_answers.cpp).
    handheld::Status status();
    std::unique_ptr<handheld::CustodyFile> custody_file();
    std::string metrics_text();

    const Config config_;
    const std::unique_ptr<Who> who_;
    core::SystemClock clock_;
    runtime::Metrics metrics_;
    runtime::Loop loop_;
    runtime::Workers storage_;
    Field field_;
    sync::SyncClient sync_;
    camera::CameraScanner camera_;
    handheld::Desk desk_;
    http::Server control_;
    handheld::Page page_;
    http::Server page_server_;
    std::unique_ptr<devices::GpsdSource> gpsd_;
    std::unique_ptr<devices::SerialScanner> scanner_;
    std::unique_ptr<devices::EvdevScanner> hid_scanner_;
    std::unique_ptr<Renewal> renewal_;
    std::unique_ptr<MapKeeper> map_keeper_;
    runtime::Timer second_;
    runtime::Timer deadline_;

    // Set on the loop thread, read for the status on the storage thread.
    std::atomic<bool> gpsd_connected_ = false;
    std::atomic<bool> gpsd_lost_ = false;
    std::atomic<bool> scanner_connected_ = false;  // one of them
    std::atomic<bool> tick_queued_ = false;
    std::atomic<std::chrono::milliseconds> ticked_{std::chrono::milliseconds{0}};  // the storage thread's last tick
    std::uint64_t dropped_jobs_ = 0;
    std::uint64_t seconds_ = 0;
    bool stopping_ = false;
    bool sealed_ = false;  // storage thread, then whoever joined it
    End end_ = End::stopped;
};

}  // namespace plus7::agent
