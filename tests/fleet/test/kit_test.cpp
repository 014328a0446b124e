#include "tests/fleet/kit.hpp"

#include <doctest/doctest.h>

#include <set>

#include "agent/store/kept_facts.hpp"
#include "shared/core/random.hpp"
#include "shared/wire/gap_record.hpp"
#include "tests/driving/replay.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;
using namespace plus7::fleet;

namespace {

class HandClock final : public core::Clock {
  public:
    core::TimeUs now() override { return core::time_us(1'764'000'000'000'000) + std::chrono::seconds{seconds}; }
    std::chrono::milliseconds mono() override { return std::chrono::seconds{seconds}; }
    std::int64_t seconds = 1000;
};

// A recorded ride with a door every five minutes.
class Round final : public test::Motion {
  public:
    test::Moment advance(double seconds) override {
        auto moment = replay_.advance(seconds);
        clock_s_ += seconds;
        moment.arrived = clock_s_ >= 300;
        if (moment.arrived) clock_s_ = 0;
        return moment;
    }

  private:
    test::Replay replay_{test::recorded_track("bike-2s.gpx")};
    double clock_s_ = 0;
};

// An enrolled handheld that never meets a broker.
struct Rig {
    test::TempDir folder;
    store::IdentityFiles files{folder.path()};
    core::DeviceId device = core::DeviceId::random();
    crypto::SigningKey key = store::ensure_record_key(files).value();
    HandClock clock;
    Round motion;
    app::Courier courier{core::random_id<model::CourierId>(), "D-07"};
    std::unique_ptr<Kit> kit = open();

    std::unique_ptr<Kit> open() {
        auto opened = Kit::open(files, device, clock, motion, 5);
        REQUIRE(opened.ok());
        (*opened)->begin();
        return std::move(*opened);
    }
    void drive(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            ++clock.seconds;
            kit->second(1, false);
        }
    }
};

std::vector<wire::SignedFact> facts_of(store::Stores& stores) {
    const store::KeptFacts kept(stores.core_database());
    std::vector<wire::SignedFact> facts;
    for (const auto& fact : kept.after({}, 10'000)) facts.push_back(wire::decode_fact_record(fact.record).value());
    return facts;
}

std::multiset<std::string> types_of(store::Stores& stores) {
    std::multiset<std::string> types;
    for (const auto& fact : facts_of(stores)) types.insert(wire::decode_body(fact.body)->type);
    return types;
}

struct Track {
    std::vector<model::Fix> fixes;
    int gaps = 0;
};
Track track_of(store::Stores& stores) {
    Track track;
    const auto run = stores.track().next_run({}, 1 << 20, 256);
    for (const auto& bytes : run.records) {
        const auto record = wire::decode_track_record(bytes).value();
        if (std::holds_alternative<wire::Gap>(record)) ++track.gaps;
        if (const auto* sealed = std::get_if<wire::TrackBlockRecord>(&record)) {
            const auto block = wire::decode_track_block(sealed->block).value();
            track.fixes.insert(track.fixes.end(), block.fixes.begin(), block.fixes.end());
        }
    }
    return track;
}

}  // namespace

TEST_CASE("an hour without any broker leaves a whole chain of signed facts") {
    Rig rig;
    rig.kit->bind(rig.courier);
    rig.drive(3600);
    rig.kit->stop();
    std::uint64_t seq = 0;
    core::Hash before = wire::first_prev(rig.kit->stores().outbox().epoch(), {});
    for (const auto& fact : facts_of(rig.kit->stores())) {
        const auto body = wire::decode_body(fact.body);
        REQUIRE(body.ok());
        CHECK(wire::verify(fact, rig.key.public_key()));
        CHECK(body->seq == ++seq);
        CHECK(body->prev == before);
        CHECK(body->device == rig.device);
        before = wire::hash_of_body(fact.body);
    }
    const auto types = types_of(rig.kit->stores());
    CHECK(types.count("device.started") == 1);
    CHECK(types.count("shift.started") == 1);
    CHECK(types.count("scan") == rig.kit->counters().scans);
    CHECK(rig.kit->counters().scans > 5);
    CHECK(types.count("device.stopped") == 1);
    CHECK(rig.kit->counters().errors == 0);
    CHECK(rig.kit->stores().unacked() > seq);
}

TEST_CASE("the same hour leaves track blocks along the recorded ride") {
    Rig rig;
    rig.kit->bind(rig.courier);
    rig.drive(3600);
    rig.kit->stop();
    const auto track = track_of(rig.kit->stores());
    CHECK(track.gaps == 0);
    REQUIRE(track.fixes.size() > 300);
    const auto ride = test::recorded_track("bike-2s.gpx");
    for (std::size_t i = 0; i < track.fixes.size(); i += 40) {
        double nearest = 1e9;
        for (const auto& point : ride) nearest = std::min(nearest, core::distance_m(point.place, track.fixes[i].place));
        CHECK(nearest < 40);
        if (i > 0) CHECK(track.fixes[i].time > track.fixes[i - 1].time);
    }
}

TEST_CASE("nobody is at work without a courier, and nothing is recorded") {
    Rig rig;
    rig.drive(600);
    rig.kit->stop();
    CHECK(!rig.kit->shift().open());
    CHECK(track_of(rig.kit->stores()).fixes.empty());
    CHECK(types_of(rig.kit->stores()).count("scan") == 0);
}

TEST_CASE("a kit that ends without a stop goes on with the same shift and names the gap") {
    Rig rig;
    rig.kit->bind(rig.courier);
    rig.drive(400);
    const auto shift = rig.kit->shift().open();
    const auto facts = facts_of(rig.kit->stores()).size();
    rig.kit.reset();
    rig.clock.seconds += 120;
    rig.kit = rig.open();
    REQUIRE(rig.kit->shift().open());
    CHECK(rig.kit->shift().open()->id == shift->id);
    CHECK(facts_of(rig.kit->stores()).size() >= facts);
    rig.drive(100);
    rig.kit->stop();
    CHECK(track_of(rig.kit->stores()).gaps == 1);
}

TEST_CASE("invented codes are EAN-13 that the agent takes as such, and never the same twice in a row") {
    test::Dice dice(9);
    std::string before;
    for (int i = 0; i < 200; ++i) {
        const auto code = invented_ean13(dice);
        const auto symbology = app::symbology_of(core::view_of(code));
        REQUIRE(symbology.ok());
        CHECK(*symbology == model::Symbology::ean13);
        CHECK(code != before);
        before = code;
    }
}
