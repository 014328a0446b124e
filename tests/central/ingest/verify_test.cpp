// `plus7-central verify`: a whole database is found whole, and the first thing that was changed is named.
#include "central/ingest/verify.hpp"

#include "central/store/blob_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

// A shift with scans and two blocks, a gap that is named, a second epoch, a record that was set aside.
template <typename Engine>
struct Kept : On<Engine> {
    HandDevice device;

    Kept() {
        this->enrol(device);
        this->hello(device);
        const std::vector<core::Bytes> facts{device.fact(model::ShiftStarted{}), device.scan(),
                                             device.fact(model::BreakStarted{})};
        CHECK(this->take(device, facts, 1) == Outcome::applied);
        const std::vector<core::Bytes> blocks{block_record(device.at, 5), block_record(device.at, 6)};
        device.track_max = 2;
        CHECK(this->take(device, wire::TopicKind::track, device.batch(blocks, 1, wire::Lane::track)) ==
              Outcome::applied);
        auto odd = device.draft("scan", wire::encode_data(model::Scan{{7}, model::Symbology::qr}));
        odd.prev = core::Hash{};
        CHECK(this->take(device, {device.seal(odd)}, 4) == Outcome::applied);
        CHECK(this->take(device, {device.fact("scan", {})}, 5) == Outcome::quarantined);
        device.begin_epoch(5, device.last);
        this->hello(device);
        CHECK(this->take(device, {device.scan(), device.scan()}, 1) == Outcome::applied);
    }

    central::ingest::Verified verify() { return central::ingest::verify(*this->db).value(); }
    void change(const std::string& sql) {
        this->db->write([&](sql::Tx& tx) { CHECK(tx.exec(sql) >= 1); }).value();
    }
    // The byte `from_end` before the last one of a record, turned over.
    void flip(const std::string& table, std::uint64_t seq, std::size_t from_end) {
        this->db
            ->write([&](sql::Tx& tx) {
                const auto where = " WHERE seq = $1 AND epoch = (SELECT epoch FROM epoch WHERE parent IS NULL)";
                auto bytes = tx.one("SELECT bytes FROM " + table + where, seq)->template get<core::Bytes>(0);
                bytes[bytes.size() - 1 - from_end] ^= 1;
                tx.exec("UPDATE " + table + " SET bytes = $2" + where, seq, bytes);
            })
            .value();
    }
    bool names(const std::string& what) {
        const auto found = verify();
        CAPTURE(found.words);
        const bool device_named = found.words.find(device.id.text()) != std::string::npos;
        const bool named = found.words.find(what) != std::string::npos;
        CHECK(device_named);
        CHECK(named);
        return !found.whole && device_named && named;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a whole database is found whole, and what was checked is said", Engine, Sqlite, Postgres) {
    Kept<Engine> kept;
    const auto found = kept.verify();
    CAPTURE(found.words);
    CHECK(found.whole);
    CHECK(found.words.find("7 facts in 2 epochs") != std::string::npos);
    CHECK(found.words.find("2 track records") != std::string::npos);
    CHECK(found.words.find("broken at 1 places") != std::string::npos);
    CHECK(found.words.find("1 facts were set aside") != std::string::npos);
    CHECK(found.words.find("6 facts replayed") != std::string::npos);
}

TEST_CASE_TEMPLATE("one byte of a fact's body is found and named", Engine, Sqlite, Postgres) {
    Kept<Engine> kept;
    kept.flip("fact_record", 2, 100);
    CHECK(kept.names("fact 2: its bytes do not have its hash"));
}

TEST_CASE_TEMPLATE("one byte of a signature is found and named", Engine, Sqlite, Postgres) {
    Kept<Engine> kept;
    kept.flip("fact_record", 3, 0);
    CHECK(kept.names("fact 3: its signature"));
}

TEST_CASE_TEMPLATE("one byte of a fact that was set aside, and of a block, is found and named", Engine, Sqlite,
                   Postgres) {
    Kept<Engine> kept;
    kept.flip("fact_record", 5, 100);
    CHECK(kept.names("fact 5: its bytes"));
    kept.flip("fact_record", 5, 100);
    kept.flip("track_record", 2, 9);
    CHECK(kept.names("track record 2: its block"));
}

TEST_CASE_TEMPLATE("a fact that is gone, a cursor that was moved, a key that is none: named", Engine, Sqlite,
                   Postgres) {
    Kept<Engine> kept;
    const std::string first = " AND epoch = (SELECT epoch FROM epoch WHERE parent IS NULL)";
    kept.change("UPDATE epoch SET fact_upto = 6 WHERE parent IS NULL");
    CHECK(kept.names("facts end at 5: the cursor says 6"));
    kept.change("UPDATE epoch SET fact_upto = 5, track_upto = 1 WHERE parent IS NULL");
    CHECK(kept.names("track records reach 2"));
    kept.change("UPDATE epoch SET track_upto = 2 WHERE parent IS NULL");
    CHECK(kept.verify().whole);
    kept.change("DELETE FROM fact_record WHERE seq = 2" + first);
    CHECK(kept.names("fact 3: fact 2 is missing"));
}

TEST_CASE_TEMPLATE("one byte of a photo is found and named", Engine, Sqlite, Postgres) {
    Kept<Engine> kept;
    const core::Bytes photo{1, 2, 3};
    const auto sha = crypto::sha256(photo);
    kept.db->write([&](sql::Tx& tx) { central::store::put_blob(tx, sha, photo, kept.clock.now()); }).value();
    const auto whole = kept.verify();
    CHECK(whole.whole);
    CHECK(whole.words.find("1 photos and other blobs") != std::string::npos);
    kept.db->write([&](sql::Tx& tx) { tx.exec("UPDATE blob SET bytes = $1", core::Bytes{1, 2, 4}); }).value();
    const auto found = kept.verify();
    CHECK_FALSE(found.whole);
    CHECK(found.words.find("blob " + sha.hex() + ": its bytes") != std::string::npos);
}

TEST_CASE_TEMPLATE("a changed row of a projection, and of the log, is found", Engine, Sqlite, Postgres) {
    Kept<Engine> kept;
    kept.change("UPDATE act SET type = 'scam' WHERE type = 'scan'");
    const auto found = kept.verify();
    CHECK_FALSE(found.whole);
    CHECK(found.words.find("differs from the log") != std::string::npos);
    kept.change("UPDATE act SET type = 'scan' WHERE type = 'scam'");
    CHECK(kept.verify().whole);
    kept.change("UPDATE event_log SET bytes = (SELECT bytes FROM fact_record WHERE seq = 5) WHERE subject_seq = 2");
    CHECK(kept.names("the event log has other bytes"));
}
