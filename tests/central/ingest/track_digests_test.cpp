// The track records that came are those the handheld signed for, or a case says they are not.
#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/gap_record.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

template <typename Engine>
struct Lane : On<Engine> {
    HandDevice device;
    std::vector<core::Bytes> records;

    Lane() {
        this->enrol(device);
        this->hello(device);
        for (std::size_t i = 0; i < 6; ++i) records.push_back(block_record(device.at + std::chrono::minutes{i}, 3 + i));
    }
    void tracks(std::uint64_t first, std::size_t count) {
        const auto from = records.begin() + static_cast<std::ptrdiff_t>(first - 1);
        device.track_max = std::max(device.track_max, first + count - 1);
        CHECK(this->take(device, wire::TopicKind::track,
                         device.batch({from, from + static_cast<std::ptrdiff_t>(count)}, first, wire::Lane::track)) ==
              Outcome::applied);
    }
    void digest(std::uint64_t from, std::uint64_t to, const core::Epoch& epoch, bool true_one = true) {
        std::vector<core::Hash> hashes;
        for (auto seq = from; seq <= to; ++seq) hashes.push_back(crypto::sha256(records[seq - 1]));
        if (!true_one) std::swap(hashes.front(), hashes.back());
        const auto fact = device.fact(model::TrackDigest{epoch, from, to, wire::track_digest(hashes)});
        CHECK(this->take(device, {fact}, device.seq) == Outcome::applied);
    }
    void digest(std::uint64_t from, std::uint64_t to, bool true_one = true) {
        digest(from, to, device.epoch, true_one);
    }
    std::string states() {
        return this->db
            ->read([](sql::Tx& tx) {
                std::string all;
                for (const auto& row : tx.query("SELECT state FROM track_digest ORDER BY first_seq, event_id"))
                    all += row.get<std::string>(0) + " ";
                return all;
            })
            .value();
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a digest that comes after its records is compared at once", Engine, Sqlite, Postgres) {
    Lane<Engine> lane;
    lane.tracks(1, 6);
    lane.digest(1, 4);
    lane.digest(5, 6);
    CHECK(lane.states() == "same same ");
    CHECK(lane.cases(lane.device).empty());
    CHECK(lane.number("SELECT SUM(digests_waiting) FROM epoch") == 0);
}

TEST_CASE_TEMPLATE("a digest waits for its records, the newest of which come first", Engine, Sqlite, Postgres) {
    Lane<Engine> lane;
    lane.digest(1, 4);
    lane.tracks(4, 3);
    CHECK(lane.states() == "waiting ");
    lane.tracks(1, 2);
    CHECK(lane.states() == "waiting ");
    lane.tracks(3, 1);
    CHECK(lane.states() == "same ");
    CHECK(lane.cases(lane.device).empty());
    CHECK(lane.number("SELECT SUM(digests_waiting) FROM epoch") == 0);
}

TEST_CASE_TEMPLATE("records that are not those that were signed for open a case, whichever comes first", Engine, Sqlite,
                   Postgres) {
    Lane<Engine> lane;
    lane.digest(1, 3, false);
    lane.tracks(1, 6);
    CHECK(lane.states() == "differs ");
    CHECK(lane.cases(lane.device) == std::vector<std::string>{"track_bad"});
    lane.digest(4, 6, false);
    CHECK(lane.states() == "differs differs ");
    CHECK(lane.cases(lane.device) == std::vector<std::string>{"track_bad", "track_bad"});
}

TEST_CASE_TEMPLATE("numbers that never come: compared without them, and no case when they were signed for", Engine,
                   Sqlite, Postgres) {
    Lane<Engine> lane;
    const wire::Gap gap{lane.device.at, lane.device.at + 1min, wire::GapReason::lost_rows, {{2, 2}}};
    lane.records[2] = wire::encode_record(gap);
    lane.digest(1, 3);  // while the device still had number 2
    lane.tracks(3, 1);
    lane.tracks(1, 1);
    CHECK(lane.states() == "gone ");
    CHECK(lane.cases(lane.device).empty());
}

TEST_CASE_TEMPLATE("a digest that comes again in a later epoch speaks of the lane it was made for", Engine, Sqlite,
                   Postgres) {
    Lane<Engine> lane;
    lane.tracks(1, 3);
    const auto old = lane.device.epoch;
    lane.device.begin_epoch(0, {});
    lane.hello(lane.device);
    std::swap(lane.records[0], lane.records[5]);  // the new lane's number 1 is another record
    lane.tracks(1, 1);
    std::swap(lane.records[0], lane.records[5]);
    lane.digest(1, 3, old);
    CHECK(lane.states() == "same ");
    CHECK(lane.cases(lane.device).empty());
    lane.digest(1, 3, core::random_id<core::Epoch>());  // nobody's: kept as a fact, compared with nothing
    CHECK(lane.states() == "same ");
}

TEST_CASE("a digest of more records than a digest may have is set aside") {
    Lane<Sqlite> lane;
    auto data = wire::CborMap{};
    data.bytes("ep", lane.device.epoch.bytes())
        .uint("from", 1)
        .uint("to", INT64_MAX)
        .bytes("hash", core::Hash{}.bytes());
    CHECK(lane.take(lane.device, {lane.device.fact("track.digest", data.encode())}, 1) == Outcome::quarantined);
}
