// One side went back in time: an old image of the handheld, or central from a backup.
#include <doctest/doctest.h>

#include "tests/agent/sync/handheld_rig.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

bool settled(HandheldRig& rig) { return rig.stores().unacked() == 0 && rig.session().online(); }

void scans(HandheldRig& rig, int count, std::vector<core::EventId>& ids) {
    for (int i = 0; i < count; ++i) ids.push_back(rig.scan("PKG-" + std::to_string(ids.size())).value().id);
}

bool central_has_all(const HandheldRig& rig, const std::vector<core::EventId>& ids) {
    for (const auto& id : ids) {
        if (!rig.central.ledger.effects.contains(id)) return false;
    }
    return true;
}

int open_epochs(const HandheldRig& rig) {
    int open = 0;
    for (const auto& [epoch, log] : rig.central.ledger.epochs) open += log.state == wire::EpochState::open ? 1 : 0;
    return open;
}

}  // namespace

TEST_CASE("an old image put back begins a new epoch, and its unacked facts keep their event ids") {
    HandheldRig rig;
    std::vector<core::EventId> ids;
    scans(rig, 3, ids);
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.disconnect();
    scans(rig, 2, ids);  // unacked in the image
    rig.save_image();
    rig.connect();
    std::vector<core::EventId> later;
    scans(rig, 4, later);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    const auto old = rig.stores().outbox().epoch();

    rig.restore_image();
    std::vector<core::EventId> fresh;
    scans(rig, 1, fresh);
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig) && rig.stores().outbox().epoch() != old; }, 30s));
    CHECK(rig.stores().outbox().ancestors() == std::vector{old});
    CHECK(rig.central.counters.forks == 0);
    CHECK(rig.central.counters.disputed == 0);
    CHECK(central_has_all(rig, ids));
    CHECK(central_has_all(rig, later));
    CHECK(central_has_all(rig, fresh));
    CHECK(rig.central.ledger.effects.size() == 10);
    CHECK(open_epochs(rig) == 1);
    // The child's first fact names the parent cut at central's word.
    const auto& log = rig.central.log(rig.stores().outbox().epoch());
    const auto& sealed = rig.central.log(old);
    REQUIRE(log.facts.contains(1));
    CHECK(log.facts.at(1).fact.prev ==
          wire::first_prev(rig.stores().outbox().epoch(), wire::Parent{old, sealed.upto, sealed.hash}));
}

TEST_CASE("an image that lacks track records moves all lanes to a new epoch") {
    HandheldRig rig;
    rig.save_image();
    rig.connect();
    for (int i = 0; i < 2; ++i) {
        REQUIRE(rig.stores().track().add(rig.fix(), rig.clock.mono()));
        REQUIRE(rig.stores().track().finish());
        rig.run(1min);
    }
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    const auto old = rig.stores().outbox().epoch();
    rig.restore_image();
    const auto fresh = rig.fix();
    REQUIRE(rig.stores().track().add(fresh, rig.clock.mono()));
    REQUIRE(rig.stores().track().finish());
    REQUIRE(rig.stores().blobs().put(core::Bytes(100, 1)));
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(rig.stores().outbox().epoch() != old);
    CHECK(rig.stores().track().epoch() == rig.stores().outbox().epoch());
    CHECK(rig.stores().blobs().epoch() == rig.stores().outbox().epoch());
    CHECK(rig.central.ledger.fix_times.contains(core::count(fresh.time)));
}

TEST_CASE(
    "an image whose numbers were given again to other records is noticed: none is taken for the one central has") {
    HandheldRig rig;
    rig.save_image();
    rig.connect();
    REQUIRE(rig.stores().blobs().put(core::Bytes(40'000, 1)));
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    const auto old = rig.stores().outbox().epoch();
    rig.restore_image();
    const auto other = rig.stores().blobs().put(core::Bytes(60'000, 2)).value();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig) && rig.central.ledger.blobs.contains(other); }, 1min));
    CHECK(rig.stores().outbox().epoch() != old);
    CHECK(rig.central.counters.forks == 0);
}

TEST_CASE("an epoch that central sealed or froze is left, once, and nothing is lost") {
    for (const auto state : {wire::EpochState::sealed, wire::EpochState::frozen}) {
        HandheldRig rig;
        std::vector<core::EventId> ids;
        rig.connect();
        scans(rig, 5, ids);
        REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
        rig.central.log(rig.stores().outbox().epoch()).state = state;
        scans(rig, 5, ids);
        REQUIRE(rig.stores().blobs().put(core::Bytes(50'000, 3)));
        REQUIRE(rig.run_until([&] { return settled(rig) && rig.stores().outbox().ancestors().size() == 1; }, 30s));
        CHECK(central_has_all(rig, ids));
        CHECK(rig.central.ledger.effects.size() == 10);
        CHECK(rig.session().counters().new_epochs == 1);
        CHECK(rig.central.counters.disputed == 0);
    }
}

TEST_CASE("a welcome for the old epoch that comes twice makes no second child") {
    HandheldRig rig;
    rig.odds.duplicate = 1;
    std::vector<core::EventId> ids;
    scans(rig, 5, ids);
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.central.log(rig.stores().outbox().epoch()).state = wire::EpochState::sealed;
    rig.disconnect();
    rig.connect();
    rig.run(1min);
    CHECK(rig.stores().outbox().ancestors().size() == 1);
    CHECK(rig.session().counters().new_epochs == 1);
}

TEST_CASE("I20: a central rolled back gets every fact again from what is kept") {
    HandheldRig rig;
    std::vector<core::EventId> ids;
    rig.connect();
    scans(rig, 4, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    const auto backup = rig.central.ledger;
    scans(rig, 6, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.tick_every = 10min;
    rig.run(3 * 24h);
    rig.tick_every = 500ms;
    rig.central.restore(backup);
    CHECK_FALSE(central_has_all(rig, ids));
    SUBCASE("noticed at the next hello") {
        rig.disconnect();
        rig.connect();
    }
    SUBCASE("noticed by its first word, without a new connection") {
        scans(rig, 1, ids);
        REQUIRE(rig.run_until([&] { return rig.session().counters().rewinds == 1; }, 30s));
        CHECK(rig.counters.reconnects == 0);
    }
    SUBCASE("noticed at the next connection after a fact") {
        scans(rig, 1, ids);
        rig.run(1s);
        rig.disconnect();
        rig.connect();
    }
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(central_has_all(rig, ids));
    CHECK(rig.session().counters().rewinds == 1);
    CHECK(rig.session().counters().new_epochs == 0);
    CHECK(rig.central.counters.stated_gaps == 0);
    CHECK(rig.central.counters.named_gaps == 0);
    CHECK(rig.stores().outbox().server_gen() == rig.central.server_gen);
}

TEST_CASE("what was pruned before central was rolled back is stated as a gap, and the rest comes again") {
    HandheldRig rig;
    std::vector<core::EventId> ids, old;
    rig.connect();
    scans(rig, 2, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    const auto backup = rig.central.ledger;
    scans(rig, 3, old);  // pruned after seven days of central's clock
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.tick_every = 10min;
    rig.run(8 * 24h);
    rig.tick_every = 500ms;
    scans(rig, 2, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    CHECK(rig.stores().outbox().extent().min == 6);
    rig.central.restore(backup);
    rig.disconnect();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(central_has_all(rig, ids));
    CHECK(rig.central.counters.stated_gaps == 1);
    CHECK(rig.central.log(rig.stores().outbox().epoch()).upto == 7);
    // The gap is settled: the next connection states nothing new.
    rig.disconnect();
    rig.connect();
    rig.run(10s);
    CHECK(rig.central.counters.stated_gaps == 1);
    CHECK(settled(rig));
}

TEST_CASE("facts of an epoch that was left are kept too, and refill a central that was rolled back behind it") {
    HandheldRig rig;
    std::vector<core::EventId> ids;
    const auto backup = rig.central.ledger;
    rig.connect();
    scans(rig, 5, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.central.log(rig.stores().outbox().epoch()).state = wire::EpochState::sealed;
    scans(rig, 5, ids);
    REQUIRE(rig.run_until([&] { return settled(rig) && rig.stores().outbox().ancestors().size() == 1; }, 30s));
    rig.central.restore(backup);
    rig.disconnect();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(central_has_all(rig, ids));
    CHECK(rig.central.counters.disputed == 0);
}

TEST_CASE("track records a rolled-back central lacks, and the device has deleted, are declared as never coming") {
    HandheldRig rig;
    rig.connect();
    rig.run(1s);
    const auto backup = rig.central.ledger;
    for (int i = 0; i < 5; ++i) {
        rig.run(1min);
        REQUIRE(rig.stores().track().add(rig.fix(), rig.clock.mono()));
        REQUIRE(rig.stores().track().finish());
    }
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.central.restore(backup);
    REQUIRE(rig.stores().track().add(rig.fix(), rig.clock.mono()));
    REQUIRE(rig.stores().track().finish());
    rig.disconnect();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    const auto& log = rig.central.log(rig.stores().outbox().epoch());
    CHECK(log.track.size() == rig.stores().track().extent().max);
    CHECK(rig.stores().track().extent().max == 7);  // five blocks, one more, one gap
}

TEST_CASE("I7: nothing unacked is pruned, however far central's clock runs") {
    HandheldRig rig;
    std::vector<core::EventId> ids;
    rig.connect();
    scans(rig, 3, ids);
    REQUIRE(rig.run_until([&] { return settled(rig); }, 10s));
    rig.odds.lose_batch = 1;
    scans(rig, 5, ids);
    wire::Ack ack;
    ack.epoch = rig.stores().outbox().epoch();
    ack.epoch_state = wire::EpochState::open;
    ack.upto = 3;
    ack.hash = rig.stores().outbox().extent().hash;
    ack.time = rig.clock.now() + std::chrono::days{400};
    rig.down(rig.central.seal(wire::DownType::ack, wire::encode(ack)));
    CHECK(rig.stores().outbox().extent().min == 4);
    CHECK(rig.stores().outbox().unacked() == 5);
    rig.odds.lose_batch = 0;
    rig.disconnect();
    rig.connect();
    REQUIRE(rig.run_until([&] { return settled(rig); }, 1min));
    CHECK(central_has_all(rig, ids));
}
