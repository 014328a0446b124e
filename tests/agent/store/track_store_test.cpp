#include "agent/store/track_store.hpp"

#include <doctest/doctest.h>

#include "shared/crypto/sha256.hpp"
#include "tests/agent/store/store_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

struct Content {
    std::vector<std::size_t> blocks;  // fixes in each
    std::vector<wire::Gap> gaps;
    std::size_t fixes = 0;
};

Content content(StoreRig& rig) {
    Content found;
    const auto run = rig.track().next_run({}, 1 << 20, 10'000);
    for (const auto& bytes : run.records) {
        const auto record = wire::decode_track_record(bytes).value();
        if (const auto* gap = std::get_if<wire::Gap>(&record)) found.gaps.push_back(*gap);
        if (const auto* block = std::get_if<wire::TrackBlockRecord>(&record)) {
            found.blocks.push_back(wire::decode_track_block(block->block).value().fixes.size());
            found.fixes += found.blocks.back();
        }
    }
    return found;
}

void abandon(StoreRig& rig) {  // as if the power went: what is only in memory is gone
    rig.close();
    rig.time += 5min;
    rig.open();
}

}  // namespace

TEST_CASE("online a block is sealed at 60 fixes or at 60 seconds") {
    StoreRig rig;
    rig.drive(29);  // 58 s
    REQUIRE(rig.track().tick(rig.time, true));
    CHECK(rig.track().unacked() == 0);
    rig.drive(2);
    REQUIRE(rig.track().tick(rig.time, true));
    CHECK(content(rig).blocks == std::vector<std::size_t>{31});
    for (int i = 0; i < 60; ++i) {
        rig.time += 100ms;
        REQUIRE(rig.track().add(rig.fix(), rig.time));
    }
    REQUIRE(rig.track().tick(rig.time, true));
    CHECK(content(rig).blocks == std::vector<std::size_t>{31, 60});
}

TEST_CASE("offline a block holds up to 600 fixes; coming online seals what is open and old") {
    StoreRig rig;
    for (int i = 0; i < 650; ++i) {
        rig.drive(1);
        REQUIRE(rig.track().tick(rig.time, false));
    }
    CHECK(content(rig).blocks == std::vector<std::size_t>{600});
    REQUIRE(rig.track().tick(rig.time, true));
    CHECK(content(rig).blocks == std::vector<std::size_t>{600, 50});
}

TEST_CASE("a power cut costs at most the last ten seconds, and the next start declares that gap") {
    StoreRig rig;
    rig.drive(53);
    const auto last = rig.fix().time;
    abandon(rig);
    const auto kept = content(rig).fixes;
    CHECK(kept >= 53 - 5);
    CHECK(kept <= 53);
    CHECK(content(rig).gaps.empty());  // not before it is known where it ends
    rig.drive(1);
    REQUIRE(content(rig).gaps.size() == 1);
    const auto gap = content(rig).gaps.front();
    CHECK(gap.reason == wire::GapReason::power_cut);
    CHECK(last - gap.from <= 10s);
    CHECK(gap.to == rig.fix().time);
    REQUIRE(rig.track().finish());
    CHECK(content(rig).fixes == kept + 1);
}

TEST_CASE("a gap that was found but not yet stated survives another crash") {
    StoreRig rig;
    rig.drive(20);
    abandon(rig);
    abandon(rig);
    rig.drive(1);
    CHECK(content(rig).gaps.size() == 1);
}

TEST_CASE("an end in order leaves no gap, and nothing in memory") {
    StoreRig rig;
    rig.drive(7);
    REQUIRE(rig.track().finish());
    CHECK_FALSE(rig.track().recording());
    abandon(rig);
    rig.drive(3);
    REQUIRE(rig.track().finish());
    CHECK(content(rig).gaps.empty());
    CHECK(content(rig).blocks == std::vector<std::size_t>{7, 3});
}

TEST_CASE("sealing from rows loses nothing that the codec keeps") {
    StoreRig rig;
    std::vector<model::Fix> given;
    for (int i = 0; i < 40; ++i) {
        rig.drive(1);
        given.push_back(rig.fix());
    }
    REQUIRE(rig.track().finish());
    const auto run = rig.track().next_run({}, 1 << 20, 10);
    const auto record = std::get<wire::TrackBlockRecord>(wire::decode_track_record(run.records.at(0)).value());
    const auto direct = wire::encode_track_block(given, {wire::PositionUnit::e5}).value();
    CHECK(record.block == direct);
}

TEST_CASE("a declared gap seals what is before it; a fix that cannot be recorded is refused") {
    StoreRig rig;
    rig.drive(4);
    REQUIRE(rig.track().declare_gap({rig.fix().time, rig.fix().time + 1min, wire::GapReason::no_gpsd, {}}));
    CHECK(content(rig).blocks == std::vector<std::size_t>{4});
    CHECK(content(rig).gaps.size() == 1);
    auto broken = rig.fix();
    broken.place.lat = 200;
    const auto refused = rig.track().add(broken, rig.time);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::invalid);
}

TEST_CASE("only acked records are deleted, and runs are the newest consecutive ones outside what is under way") {
    StoreRig rig;
    for (int i = 0; i < 10; ++i) {
        rig.drive(2);
        REQUIRE(rig.track().finish());
    }
    REQUIRE(rig.track().acknowledge(2, {{5, 6}}, rig.central_time()));
    CHECK(rig.track().unacked() == 6);
    CHECK(rig.track().extent() == wire::LaneExtent{3, 10});
    auto run = rig.track().next_run({}, 1 << 20, 100);
    CHECK(run.first_seq == 7);
    CHECK(run.last_seq() == 10);
    run = rig.track().next_run({{9, 10}}, 1 << 20, 100);
    CHECK(run.first_seq == 7);
    CHECK(run.last_seq() == 8);
    run = rig.track().next_run({{7, 10}}, 1 << 20, 100);
    CHECK(run.first_seq == 3);
    CHECK(run.last_seq() == 4);
    CHECK(rig.track().next_run({}, 1, 100).first_seq == 10);
    CHECK(rig.track().next_run({{1, 10}}, 1 << 20, 100).records.empty());
}

TEST_CASE("a digest covers a hundred records, at the end of a shift the rest, and is stated once") {
    StoreRig rig;
    for (int i = 0; i < 130; ++i) {
        rig.drive(1);
        REQUIRE(rig.track().finish());
    }
    const auto run = rig.track().next_run({}, 1 << 20, 1000);
    std::vector<core::Hash> hashes;
    for (const auto& record : run.records) hashes.push_back(crypto::sha256(record));
    REQUIRE(rig.track().acknowledge(50, {}, rig.central_time()));  // acked ones count too
    REQUIRE(rig.stores->state_digests(false, rig.stamp(), {}));
    REQUIRE(rig.stores->state_digests(true, rig.stamp(), {}));
    REQUIRE(rig.stores->state_digests(true, rig.stamp(), {}));
    const auto facts = rig.pending();
    REQUIRE(facts.size() == 2);
    const auto first = wire::decode_data<model::TrackDigest>(fact_of(facts[0]).data).value();
    const auto second = wire::decode_data<model::TrackDigest>(fact_of(facts[1]).data).value();
    CHECK(first ==
          model::TrackDigest{rig.outbox().epoch(), 1, 100, wire::track_digest({hashes.begin(), hashes.begin() + 100})});
    CHECK(second ==
          model::TrackDigest{rig.outbox().epoch(), 101, 130, wire::track_digest({hashes.begin() + 100, hashes.end()})});
}

TEST_CASE("a crash between a digest's fact and its mark states it once all the same") {
    StoreRig rig;
    rig.drive(1);
    REQUIRE(rig.track().finish());
    REQUIRE(rig.stores->state_digests(true, rig.stamp(), {}));
    REQUIRE(rig.track().digested(0));  // as the file stands when only the fact was saved
    rig.open();
    REQUIRE(rig.stores->state_digests(true, rig.stamp(), {}));
    CHECK(rig.pending().size() == 1);
    CHECK_FALSE(rig.track().digest_due(true));
}

TEST_CASE("in another epoch what is kept is numbered from 1, and an old gap's numbers are forgotten") {
    StoreRig rig;
    for (int i = 0; i < 5; ++i) {
        rig.drive(1);
        REQUIRE(rig.track().finish());
    }
    REQUIRE(rig.track().acknowledge(5, {}, rig.central_time()));
    REQUIRE(rig.track().reconcile(2, {{5, 5}}, rig.central_time()));  // central lost 3 and 4
    REQUIRE(content(rig).gaps.size() == 1);
    CHECK(content(rig).gaps.front().never == std::vector<wire::SeqRange>{{3, 4}});
    REQUIRE(rig.track().reconcile(2, {{5, 5}}, rig.central_time()));
    CHECK(content(rig).gaps.size() == 1);  // declared once
    rig.drive(1);
    REQUIRE(rig.track().finish());
    const auto epoch = core::random_id<core::Epoch>();
    REQUIRE(rig.track().move_to(epoch));
    CHECK(rig.track().epoch() == epoch);
    CHECK(rig.track().extent() == wire::LaneExtent{1, 2});
    CHECK(content(rig).gaps.front().never.empty());
    CHECK(content(rig).blocks.size() == 1);
}
