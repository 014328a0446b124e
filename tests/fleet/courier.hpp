// One courier of the fleet: a Kit on the storage thread, the agent's SyncClient between it and the broker, and what can
// befall both. Made, used and destroyed on the loop thread; destroyed after the storage thread was stopped, or by
// crash().
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "agent/sync/sync_client.hpp"
#include "tests/fleet/kit.hpp"
#include "tests/proxy/proxy.hpp"

namespace plus7::fleet {

using SyncOptions = agent::sync::SyncClientOptions;
using MakeMotion = std::function<core::Result<std::unique_ptr<test::Motion>>()>;

struct CourierOptions {
    std::string code;
    std::filesystem::path dir;  // enrolled
    std::uint64_t seed = 0;
    double speed_up = 1;    // seconds of motion in a second
    bool bad_line = false;  // connects through a proxy of its own, so that offline() and crash() can cut
    MakeMotion motion;      // called once, on the storage thread
};

class Courier {
  public:
    struct Totals {
        std::uint64_t on_shift = 0, fixes = 0, scans = 0, errors = 0, unacked = 0;
    };

    Courier(runtime::Loop& loop, runtime::Workers& storage, core::Clock& clock, CourierOptions options);

    void start();
    bool online() const { return sync_ && sync_->online(); }
    const std::string& code() const { return options_.code; }
    void add_to(Totals& totals) const;  // storage thread

    // Cuts the connection and keeps it cut; before the first one: it begins cut off. Needs bad_line.
    void offline(std::chrono::milliseconds time);
    // What a power cut does, as far as one process can: connection and everything in memory end without goodbye, then
    // all is opened again. False when the storage thread is too busy. Blocks the loop while both let go (≤ 1 s).
    bool crash();
    // In order: the track is sealed, the broker told. Then `stopped`, once.
    void stop(std::function<void()> stopped);

  private:
    struct Shared {  // storage thread, except the pointer itself
        std::unique_ptr<test::Motion> motion;
        std::unique_ptr<Kit> kit;
        Kit::Counters before;  // of kits that crashed
    };
    core::Result<store::Identity> open();  // storage thread
    void opened(const core::Result<store::Identity>& identity);
    SyncOptions sync_options(const store::Identity& identity);
    void connect_through_proxy(store::Identity& identity);
    void second();
    bool on_storage(std::function<void()> job);

    runtime::Loop& loop_;
    runtime::Workers& storage_;
    core::Clock& clock_;
    const CourierOptions options_;
    std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
    std::unique_ptr<test::Proxy> proxy_;
    std::uint16_t proxy_port_ = 0;
    std::chrono::milliseconds begin_offline_{0};
    std::unique_ptr<agent::sync::SyncClient> sync_;
    runtime::Timer second_;
    std::atomic<bool> second_queued_ = false;
    bool stopping_ = false;
};

}  // namespace plus7::fleet
