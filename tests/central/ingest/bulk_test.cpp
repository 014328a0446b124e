// The track and blob lanes: any order, gaps, blobs put together.
#include "central/store/blob_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/gap_record.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using wire::Lane;
using wire::TopicKind;

namespace {

std::vector<core::Bytes> chunks_of(const core::Bytes& blob, const core::Hash& sha, std::size_t size) {
    std::vector<core::Bytes> records;
    for (std::size_t at = 0; at < blob.size(); at += size) {
        const auto end = std::min(blob.size(), at + size);
        const auto from = blob.begin() + static_cast<std::ptrdiff_t>(at);
        records.push_back(wire::encode_record(
            wire::BlobChunk{sha, blob.size(), at, {from, blob.begin() + static_cast<std::ptrdiff_t>(end)}}));
    }
    return records;
}

}  // namespace

TEST_CASE_TEMPLATE("track blocks are taken in any order and acknowledged as ranges", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto track = [&](std::uint64_t seq) {
        const auto record = block_record(device.at + std::chrono::minutes{seq}, 60);
        return world.take(device, TopicKind::track, device.batch({record}, seq, Lane::track));
    };
    CHECK(track(3) == Outcome::applied);
    auto ack = world.last_ack(device);
    CHECK(ack.upto == 0);
    CHECK(ack.got == std::vector<wire::SeqRange>{{3, 3}});
    CHECK(track(1) == Outcome::applied);
    CHECK(track(1) == Outcome::duplicate);
    CHECK(world.number("SELECT track_upto FROM epoch") == 1);
    device.track_max = 3;
    world.hello(device);
    CHECK(world.last_welcome(device).track.newest == std::vector<wire::SeqRange>{{3, 3}});
    CHECK(track(2) == Outcome::applied);
    CHECK(world.number("SELECT track_upto FROM epoch") == 3);
    CHECK(world.number("SELECT SUM(fixes) FROM track_record") == 180);
}

TEST_CASE_TEMPLATE("numbers that never come count as received, but only those before the gap that says so", Engine,
                   Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    wire::Gap gap{device.at, device.at + 1min, wire::GapReason::lost_rows, {{1, 3}, {9, 4000}}};
    CHECK(world.take(device, TopicKind::track, device.batch({wire::encode_record(gap)}, 4, Lane::track)) ==
          Outcome::applied);
    CHECK(world.last_ack(device).upto == 4);
}

TEST_CASE_TEMPLATE("a newer block moves the courier on the map, an older one fills his track", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    world.take(device, {device.fact(model::ShiftStarted{})}, 1);
    auto& hub = world.one().hub;
    const auto before = hub.revision();
    world.take(device, TopicKind::track, device.batch({block_record(device.at + 10min, 60)}, 2, Lane::track));
    REQUIRE(hub.find(device.id)->position);
    CHECK(hub.find(device.id)->position->fix == device.at + 10min + 59s);
    world.take(device, TopicKind::track, device.batch({block_record(device.at, 60)}, 1, Lane::track));
    CHECK(hub.find(device.id)->position->fix == device.at + 10min + 59s);
    const auto news = hub.news_since(before);
    REQUIRE(news);
    REQUIRE(news->size() == 1);
    CHECK(news->front().kind == central::app::tracking::LiveNews::Kind::filled);
    CHECK(news->front().from == device.at);
    // A receiver that runs ahead does not freeze the map.
    world.take(device, TopicKind::track, device.batch({block_record(device.at + 9000h, 2)}, 3, Lane::track));
    CHECK(hub.find(device.id)->position->fix == device.at + 10min + 59s);
}

TEST_CASE_TEMPLATE("a blob is put together from its chunks in any order and only then confirmed", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto blob = core::random_bytes(40'000);
    const auto sha = crypto::sha256(blob);
    const auto chunks = chunks_of(blob, sha, 16 * 1024);
    REQUIRE(chunks.size() == 3);
    const auto give = [&](std::vector<core::Bytes> records, std::uint64_t first) {
        return world.take(device, TopicKind::blob, device.batch(records, first, Lane::blob));
    };
    CHECK(give({chunks[2]}, 3) == Outcome::applied);
    CHECK(world.last_ack(device).blobs_ok.empty());
    CHECK(give({chunks[0], chunks[1]}, 1) == Outcome::applied);
    REQUIRE(eventually([&] { return world.acks(device).size() == 2; }));
    CHECK(world.last_ack(device).blobs_ok == std::vector<core::Hash>{sha});
    CHECK(world.last_ack(device).upto == 3);
    CHECK(*world.db->read([&](sql::Tx& tx) { return central::store::find_blob(tx, sha); }) == blob);
    // The word was lost: said again.
    CHECK(give({chunks[2]}, 3) == Outcome::duplicate);
    REQUIRE(eventually([&] { return world.acks(device).size() == 3; }));
    CHECK(world.last_ack(device).blobs_ok == std::vector<core::Hash>{sha});
}

TEST_CASE_TEMPLATE("chunks that do not give the blob they name are asked for again", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto blob = core::random_bytes(20'000);
    const auto sha = crypto::sha256(blob);
    auto spoilt = blob;
    spoilt[17'000] ^= 1;
    const auto give = [&](const std::vector<core::Bytes>& records, std::uint64_t first) {
        return world.take(device, TopicKind::blob, device.batch(records, first, Lane::blob));
    };
    CHECK(give(chunks_of(spoilt, sha, 10'000), 1) == Outcome::applied);
    CHECK(world.last_ack(device).blobs_bad == std::vector<core::Hash>{sha});
    CHECK(give(chunks_of(blob, sha, 10'000), 3) == Outcome::applied);
    REQUIRE(eventually([&] { return world.acks(device).size() == 2; }));
    CHECK(world.last_ack(device).blobs_ok == std::vector<core::Hash>{sha});
    CHECK(world.cases(device) == std::vector<std::string>{"blob_bad"});
}

TEST_CASE_TEMPLATE("a broken block is set aside and the lane goes on", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto broken = block_record(device.at, 10);
    broken.back() ^= 1;
    CHECK(world.take(device, TopicKind::track, device.batch({broken, block_record(device.at, 10)}, 1, Lane::track)) ==
          Outcome::quarantined);
    CHECK(world.last_ack(device).upto == 2);
    CHECK(world.number("SELECT COUNT(*) FROM quarantine WHERE seq = 1") == 1);
    CHECK(world.cases(device) == std::vector<std::string>{"poison"});
}

namespace {

// All at once, so that they wait in a row; `spoil` may bend the bytes of one.
void give_row(World& world, HandDevice& device, std::uint64_t first, std::uint64_t last,
              const std::function<void(std::uint64_t, core::Bytes&)>& spoil = {}) {
    for (auto seq = first; seq <= last; ++seq) {
        auto record = block_record(device.at + std::chrono::minutes{seq}, 60);
        if (spoil) spoil(seq, record);
        world.give(device, TopicKind::track, device.batch({record}, seq, Lane::track));
    }
    REQUIRE(world.settle());
}

std::uint64_t ended(World& world, Outcome outcome) { return world.one().counts.total(outcome); }

}  // namespace

TEST_CASE_TEMPLATE("blocks that wait in a row share transactions, and each has its own end", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto applied = ended(world, Outcome::applied), duplicate = ended(world, Outcome::duplicate);
    const auto units = world.db->stats().units;
    give_row(world, device, 1, 40);
    CHECK(ended(world, Outcome::applied) == applied + 40);
    CHECK(world.number("SELECT track_upto FROM epoch") == 40);
    CHECK(eventually([&] { return world.last_ack(device).upto == 40; }));
    CHECK(world.db->stats().units - units < 40);
    give_row(world, device, 31, 50);
    CHECK(ended(world, Outcome::duplicate) == duplicate + 10);
    CHECK(ended(world, Outcome::applied) == applied + 50);
    CHECK(world.number("SELECT COUNT(*) FROM track_record") == 50);
}

TEST_CASE_TEMPLATE("in a row of blocks one that cannot be read costs its neighbours nothing", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto applied = ended(world, Outcome::applied);
    give_row(world, device, 1, 20, [](std::uint64_t seq, core::Bytes& record) {
        if (seq == 7) record.back() ^= 1;  // its checksum
    });
    CHECK(ended(world, Outcome::applied) == applied + 19);
    CHECK(ended(world, Outcome::quarantined) == 1);
    CHECK(world.number("SELECT track_upto FROM epoch") == 20);
    CHECK(world.number("SELECT COUNT(*) FROM track_record WHERE kind = 1") == 19);
    CHECK(world.number("SELECT COUNT(*) FROM quarantine WHERE seq = 7") == 1);
}

TEST_CASE_TEMPLATE("in a row of blocks a second one under a used number is kept as evidence, and so is what follows",
                   Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    give_row(world, device, 1, 5);
    device.at += std::chrono::hours{1};  // other content
    give_row(world, device, 4, 12);
    // Nothing that was sent is gone: each stands in the track or among the evidence.
    CHECK(world.number("SELECT COUNT(*) FROM track_record") == 5);
    CHECK(world.number("SELECT COUNT(*) FROM disputed_record") == 9);
    CHECK(world.cases(device) == std::vector<std::string>{"fork"});
    CHECK(world.last_ack(device).epoch_state == wire::EpochState::frozen);
}
