#define DOCTEST_CONFIG_IMPLEMENT
#include "tests/central/ingest/bench/bench_world.hpp"

#include "tests/central/ingest/ingest_world.hpp"

namespace plus7::test {
namespace {

central::ingest::IngestOptions options() {
    central::ingest::IngestOptions chosen;
    chosen.lines = {100'000, 1024UL * 1024 * 1024, 10'000};
    return chosen;
}

}  // namespace

struct BenchWorld::State {
    std::optional<Sqlite> sqlite;
    std::optional<Postgres> postgres;
    std::unique_ptr<World> world;
    std::vector<HandDevice> devices;
    doctest::Context checks;  // the world checks as in a test

    State(bool on_postgres, std::size_t count) : devices(count) {
        checks.setAsDefaultForAssertsOutOfTestCases();
        checks.setAssertHandler([](const doctest::AssertData& check) {
            if (check.m_failed) throw std::runtime_error(check.m_expr);
        });
        std::unique_ptr<sql::Database> db = on_postgres ? postgres.emplace().open() : sqlite.emplace().open();
        world = std::make_unique<World>(std::move(db), options());
        for (auto& device : devices) {
            world->enrol(device);
            world->hello(device);
        }
    }

    using Frames = std::vector<std::pair<HandDevice*, core::Bytes>>;
    double feed(const Frames& frames, wire::TopicKind kind, std::size_t records) {
        const auto start = std::chrono::steady_clock::now();
        for (const auto& [device, bytes] : frames) world->give(*device, kind, bytes);
        if (!eventually([&] { return world->settle(); }, std::chrono::minutes{10})) return 0;
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        return static_cast<double>(records) / took.count();
    }
};

BenchWorld::BenchWorld(bool postgres, std::size_t devices) : state_(std::make_unique<State>(postgres, devices)) {}
BenchWorld::~BenchWorld() = default;

double BenchWorld::facts(std::size_t batches, std::size_t facts_each) {
    State::Frames frames;
    for (std::size_t i = 0; i < batches; ++i)
        for (auto& device : state_->devices) {
            const auto first = device.seq + 1;
            frames.emplace_back(&device, device.batch(device.scans(facts_each), first));
        }
    return state_->feed(frames, wire::TopicKind::fact, frames.size() * facts_each);
}

double BenchWorld::blocks(std::size_t batches, std::size_t blocks_each) {
    State::Frames frames;
    for (std::size_t i = 0; i < batches; ++i)
        for (auto& device : state_->devices) {
            std::vector<core::Bytes> records;
            for (std::size_t k = 0; k < blocks_each; ++k) {
                records.push_back(block_record(device.at, 60));
                device.at += std::chrono::minutes{1};
            }
            frames.emplace_back(&device, device.batch(records, 1 + i * blocks_each, wire::Lane::track));
        }
    return state_->feed(frames, wire::TopicKind::track, frames.size() * blocks_each);
}

sql::WriteStats BenchWorld::stats() const { return state_->world->db->stats(); }

}  // namespace plus7::test
