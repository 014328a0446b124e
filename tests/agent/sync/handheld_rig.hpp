// One handheld and one scripted central on a network in virtual time: the real stores and session, a clock that only
// moves when told, and faults with given odds. Deterministic for a seed.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "agent/store/stores.hpp"
#include "agent/sync/session.hpp"
#include "tests/agent/sync/scripted_central.hpp"

namespace plus7::test {

// A directory in memory where the machine has one: what is tested is order, not the disk.
class FastDir {
  public:
    FastDir();
    ~FastDir();
    FastDir(const FastDir&) = delete;
    FastDir& operator=(const FastDir&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct VirtualClock final : core::Clock {
    core::TimeUs now() override { return start + time; }
    std::chrono::milliseconds mono() override { return time; }
    core::TimeUs start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
    std::chrono::milliseconds time{0};
};

struct Odds {  // 0 … 1
    double lose_puback = 0;
    double lose_batch = 0;  // PUBACK comes, central never sees it
    double lose_down = 0;
    double duplicate = 0;
    double cut = 0;  // per publish: the connection ends
};

class HandheldRig final : public agent::sync::Uplink {
  public:
    using ms = std::chrono::milliseconds;

    explicit HandheldRig(std::uint64_t seed = 1, agent::sync::Timings timings = {});
    ~HandheldRig() override;

    // Handheld
    agent::store::Stores& stores() { return *stores_; }
    agent::sync::Session& session() { return *session_; }
    core::Stamp stamp();
    core::Result<agent::store::Saved> scan(std::string_view code = "PKG-0001");
    model::Fix fix();
    void stop_process();  // as kill -9: nothing is said to anybody
    void start_process();
    void save_image();  // copies the files
    bool has_image() const;
    void restore_image();  // puts them back; the process is stopped and started

    // Network
    void connect();
    void disconnect();
    bool is_connected() const { return connected_; }
    void run(ms time);
    bool run_until(const std::function<bool()>& done, ms limit);
    void down(const core::Bytes& message);  // from the broker, whoever wrote it
    void post(ms delay, std::function<void()> work);
    double chance();  // [0, 1)

    // agent::sync::Uplink
    void publish(wire::TopicKind kind, core::Bytes payload, Done done) override;
    void force_reconnect(std::string_view why) override;
    void renew_client(std::string_view why) override;

    struct Sent {
        wire::TopicKind kind;
        ms at;
        core::Bytes payload;
    };
    struct Counters {
        int reconnects = 0;
        int renewed = 0;
        int restarts = 0;
    };

    core::DeviceId device;
    crypto::SigningKey key;
    VirtualClock clock;
    ScriptedCentral central;
    Odds odds;
    ms latency{50};
    ms tick_every{500};  // longer for days in which nothing happens
    double bytes_per_ms = 20;
    bool central_runs = true;                        // false: the broker answers, nobody listens
    std::optional<mqtt::PublishResult> puback_with;  // instead of a plain success
    bool auto_reconnect = true;
    std::vector<Sent> sent;
    Counters counters;
    std::vector<wire::Policy> policies;

  private:
    void deliver(wire::TopicKind kind, const core::Bytes& payload);
    void run_due();

    std::mt19937_64 random_;
    FastDir dir_;
    FastDir image_;
    agent::sync::Timings timings_;
    std::unique_ptr<agent::store::Stores> stores_;
    std::unique_ptr<agent::sync::Session> session_;
    bool connected_ = false;
    std::uint64_t connection_ = 0;
    ms uplink_free_{0};
    ms next_tick_{0};
    std::multimap<ms, std::function<void()>> events_;
    core::BootId boot_;
};

}  // namespace plus7::test
