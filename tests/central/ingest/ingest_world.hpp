// Ingest without a broker: frames go in by hand, what it publishes is kept and verified as a handheld would. One
// database, one or several instances.
#pragma once
#include <doctest/doctest.h>

#include <atomic>

#include "central/ingest/counts.hpp"
#include "central/ingest/ingest.hpp"
#include "shared/wire/ack.hpp"
#include "shared/wire/view_message.hpp"
#include "shared/wire/welcome.hpp"
#include "tests/central/ingest/hand_device.hpp"
#include "tests/shared/sql/engines.hpp"
#include "tests/support/eventually.hpp"

namespace plus7::test {

using central::ingest::Outcome;

class HandClock final : public core::Clock {
  public:
    core::TimeUs now() override { return core::time_us(us_); }
    std::chrono::milliseconds mono() override { return std::chrono::milliseconds{us_ / 1000}; }
    void advance(std::chrono::microseconds by) { us_ += by.count(); }

  private:
    std::atomic<std::int64_t> us_{core::count(core::TimeUs{*core::from_iso8601("2026-11-22T12:00:00Z")})};
};

struct KickList final : central::app::devices::DeviceGate {
    void kick(const core::DeviceId& device) override {
        const std::lock_guard guard(lock);
        kicked.push_back(device);
    }
    std::mutex lock;
    std::vector<core::DeviceId> kicked;
};

// One central instance with all that is its own.
struct Instance {
    Instance(sql::Database& db, HandClock& clock, const crypto::SigningKey& key, const core::ServerGen& server_gen,
             central::ingest::IngestOptions options);

    runtime::Metrics metrics;
    central::ingest::Counts counts{metrics};  // the same metrics by name
    central::app::tracking::LiveHub hub;
    central::app::devices::DeviceChanges views;
    central::app::devices::DeviceChanges changes;
    KickList gate;
    std::mutex lock;
    std::vector<mqtt::Publication> published;
    std::unique_ptr<central::ingest::Ingest> ingest;
};

class World {
  public:
    explicit World(std::unique_ptr<sql::Database> database, central::ingest::IngestOptions options = {});

    void enrol(const HandDevice& device, const std::string& state = "enrolled");
    Instance& add_instance();

    // Hands a frame in without waiting.
    void give(const HandDevice& device, wire::TopicKind kind, core::Bytes payload, std::size_t instance = 0);
    // … and waits for its end, which it gives.
    Outcome take(const HandDevice& device, wire::TopicKind kind, const core::Bytes& payload);
    Outcome take(const HandDevice& device, const std::vector<core::Bytes>& facts, std::uint64_t first) {
        return take(device, wire::TopicKind::fact, device.batch(facts, first));
    }
    Outcome hello(const HandDevice& device) {
        return take(device, wire::TopicKind::hello, wire::encode(device.hello()));
    }
    bool settle();  // all that was given has ended, in all instances

    std::vector<wire::Ack> acks(const HandDevice& device);
    wire::Ack last_ack(const HandDevice& device);
    std::vector<wire::Welcome> welcomes(const HandDevice& device);
    wire::Welcome last_welcome(const HandDevice& device);
    std::vector<wire::ViewPart> view_parts(const HandDevice& device);

    template <typename... Args>
    std::int64_t number(std::string_view sql, const Args&... args) {
        return test::number(*db, sql, args...);
    }
    std::vector<std::string> cases(const HandDevice& device);

    std::unique_ptr<sql::Database> db;
    HandClock clock;
    crypto::SigningKey key = crypto::SigningKey::generate();
    core::ServerGen server_gen;
    central::ingest::IngestOptions options;
    std::vector<std::unique_ptr<Instance>> instances;
    Instance& one() { return *instances.front(); }

  private:
    std::vector<core::Bytes> bodies(const HandDevice& device, wire::DownType type);
};

// A world on one engine, for TEST_CASE_TEMPLATE.
template <typename Engine>
struct On : private Engine, public World {
    On() : Engine(), World(Engine::open()) {}
    explicit On(central::ingest::IngestOptions chosen) : Engine(), World(Engine::open(), std::move(chosen)) {}
    Engine& engine() { return *this; }
};

}  // namespace plus7::test
