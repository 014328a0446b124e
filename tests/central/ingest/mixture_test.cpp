// Whatever comes: every frame ends as exactly one outcome, the counters add up (I12), the cursor is the contiguous
// prefix (I5), and the log gives the same projections again (I9).
#include <random>

#include "central/ingest/rebuild.hpp"
#include "shared/wire/blob_record.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::Lane;
using wire::TopicKind;

namespace {

struct Hand {
    HandDevice device;
    std::vector<std::pair<std::uint64_t, core::Bytes>> batches;  // first seq, message
};

class Mixture {
  public:
    explicit Mixture(World& to) : world(to), hands(12) {
        for (auto& hand : hands) {
            world.enrol(hand.device);
            hand.device.track_max = hand.device.blob_max = 40;
            give(hand, TopicKind::hello, wire::encode(hand.device.hello()));
        }
    }

    void run(int frames) {
        while (given < frames) {
            one_frame(hands[dice() % hands.size()]);
            if (given % 200 == 0) resend();
        }
        resend();
    }

    int given = 0;

  private:
    std::uint64_t roll(std::uint64_t sides) { return dice() % sides; }

    void give(Hand& hand, TopicKind kind, core::Bytes message) {
        world.give(hand.device, kind, std::move(message));
        ++given;
    }

    void one_frame(Hand& hand) {
        auto& device = hand.device;
        const auto seq = 1 + roll(40);
        switch (roll(10)) {
            case 0:
                return give(hand, TopicKind::hello, wire::encode(device.hello()));
            case 1:
                return give(hand, TopicKind::fact, core::random_bytes(roll(300)));
            case 2:
                if (hand.batches.empty()) return give(hand, TopicKind::live, {});
                return give(hand, TopicKind::fact, hand.batches[roll(hand.batches.size())].second);
            case 3:
                return give(hand, TopicKind::track,
                            device.batch({block_record(core::time_ms(static_cast<std::int64_t>(seq) * 60'000), 20)},
                                         seq, Lane::track));
            case 4: {
                const wire::BlobChunk chunk{core::Hash{{7}}, 4000, 100 * (seq - 1), core::Bytes(100, 1)};
                return give(hand, TopicKind::blob, device.batch({wire::encode_record(chunk)}, seq, Lane::blob));
            }
            case 5:
                world.one().ingest->accept({"p7/1/nobody/up/fact", {}, false, world.clock.now()});
                ++given;
                return;
            default:
                return facts(hand);
        }
    }

    void facts(Hand& hand) {
        auto& device = hand.device;
        const auto first = device.seq + 1;
        std::vector<core::Bytes> records;
        if (roll(6) == 0) device.shift = core::random_id<model::ShiftId>();
        records.push_back(roll(4) == 0 ? device.fact(model::ShiftStarted{})
                                       : device.fact(model::DeviceBattery{50, false}));
        if (roll(8) == 0) records.push_back(device.fact("scan", {}));  // poison
        records.push_back(roll(5) == 0 ? device.fact("later.version", {}) : device.scan());
        auto message = device.batch(records, first);
        hand.batches.emplace_back(first, message);
        if (roll(10) == 0) message.resize(message.size() - 5);  // refused
        give(hand, TopicKind::fact, std::move(message));
    }

    // What is not durable yet goes again, as a handheld would do.
    void resend() {
        REQUIRE(world.settle());
        for (auto& hand : hands) {
            const auto upto = static_cast<std::uint64_t>(
                world.number("SELECT fact_upto FROM epoch WHERE device_id = $1", hand.device.id));
            for (const auto& [first, message] : hand.batches)
                if (first > upto) give(hand, TopicKind::fact, message);
            REQUIRE(world.settle());
        }
    }

    World& world;
    std::mt19937 dice{7};
    std::vector<Hand> hands;
};

}  // namespace

TEST_CASE_TEMPLATE("every frame of a wild mixture ends as exactly one outcome, and the log gives the same acts again",
                   Engine, Sqlite, Postgres) {
    central::ingest::IngestOptions options;
    options.lines.frames_per_device = 12;
    On<Engine> world(options);
    Mixture mixture(world);
    mixture.run(Engine::is_sqlite ? 5000 : 1500);

    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < central::ingest::outcomes; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        CHECK_MESSAGE(world.one().counts.total(outcome) > 0, central::ingest::name_of(outcome));
        sum += world.one().counts.total(outcome);
    }
    CHECK(sum == static_cast<std::uint64_t>(mixture.given));
    CHECK(world.one().counts.total_received() == sum);
    CHECK(world.number("SELECT COUNT(*) FROM epoch WHERE fact_upto <> (SELECT COUNT(*) FROM fact_record "
                       "WHERE fact_record.device_id = epoch.device_id AND fact_record.epoch = epoch.epoch)") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM epoch WHERE state = 'open'") == 12);
    CHECK(world.number("SELECT COUNT(*) FROM act") > mixture.given / 4);
    CHECK(static_cast<std::uint64_t>(world.number("SELECT COUNT(*) FROM act")) == world.one().counts.facts.value());

    using Pair = std::pair<core::Hash, core::Hash>;
    const auto verified = world.db->write([](sql::Tx& tx) -> core::Result<Pair> {
        const auto before = central::ingest::projection_digest(tx);
        const auto facts = central::ingest::rebuild(tx);
        if (!facts) return facts.error();
        return Pair{before, central::ingest::projection_digest(tx)};
    });
    REQUIRE(verified.ok());
    CHECK(verified->first == verified->second);
}
