// The fact lane: order, chain, one effect per event, forks, and the ack that says how far it is durable.
#include "shared/crypto/sha256.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;

TEST_CASE_TEMPLATE("a greeted handheld's facts become acts and are acknowledged", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    CHECK(world.hello(device) == Outcome::applied);
    const auto welcome = world.last_welcome(device);
    CHECK(welcome.epoch_state == wire::EpochState::open);
    CHECK(welcome.fact.upto == 0);
    CHECK(welcome.certificate == core::Bytes{1, 2, 3});

    const std::vector<core::Bytes> facts{device.fact(model::ShiftStarted{}), device.scan(), device.scan("PKG-7")};
    CHECK(world.take(device, facts, 1) == Outcome::applied);
    const auto ack = world.last_ack(device);
    CHECK(ack.epoch == device.epoch);
    CHECK(ack.epoch_state == wire::EpochState::open);
    CHECK(ack.upto == 3);
    CHECK(ack.hash == device.last);
    CHECK(ack.credit > 0);
    CHECK(world.number("SELECT COUNT(*) FROM act WHERE device_id = $1", device.id) == 3);
    CHECK(world.number("SELECT COUNT(*) FROM event_log WHERE subject_kind = 'device'") == 3);
    CHECK(world.number("SELECT MAX(subject_seq) FROM event_log WHERE subject_kind = 'shift'") == 3);
    CHECK(world.one().hub.find(device.id)->shift_since.has_value());
    CHECK(world.cases(device).empty());
}

TEST_CASE_TEMPLATE("a batch that comes again changes nothing and gets the same ack", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto facts = device.scans(5);
    CHECK(world.take(device, facts, 1) == Outcome::applied);
    const auto first = world.last_ack(device);
    CHECK(world.take(device, facts, 1) == Outcome::duplicate);
    REQUIRE(eventually([&] { return world.acks(device).size() == 2; }));
    CHECK(world.last_ack(device) == first);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 5);
    // Partly known: the rest is taken.
    auto more = facts;
    more.push_back(device.scan());
    CHECK(world.take(device, more, 1) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 6);
}

TEST_CASE_TEMPLATE("facts behind a hole wait until what is missing has come", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto early = device.scans(2), late = device.scans(2);
    CHECK(world.take(device, late, 3) == Outcome::deferred);
    CHECK(world.last_ack(device).upto == 0);
    CHECK(world.take(device, early, 1) == Outcome::applied);
    CHECK(world.take(device, late, 3) == Outcome::applied);
    CHECK(world.number("SELECT fact_upto FROM epoch") == 4);
    CHECK(world.cases(device).empty());
}

TEST_CASE_TEMPLATE("a fact that does not name the one before is taken, and the gap has a name", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto fact = device.draft("scan", wire::encode_data(model::Scan{{1}, model::Symbology::qr}));
    fact.prev = core::random_id<core::Hash>();
    CHECK(world.take(device, {device.seal(fact)}, 1) == Outcome::applied);
    CHECK(world.cases(device) == std::vector<std::string>{"chain_gap"});
    CHECK(world.number("SELECT COUNT(*) FROM act WHERE flags = 'after_gap'") == 1);
}

TEST_CASE_TEMPLATE("a second fact under one number is kept as evidence and freezes the epoch", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto twin = device;
    CHECK(world.take(device, device.scans(2), 1) == Outcome::applied);
    twin.scan("other");
    const auto forked = twin.draft("scan", wire::encode_data(model::Scan{{9}, model::Symbology::qr}));
    CHECK(world.take(device, {twin.seal(forked)}, 2) == Outcome::applied);
    REQUIRE(eventually([&] { return world.acks(device).size() == 2; }));
    const auto ack = world.last_ack(device);
    CHECK(ack.epoch_state == wire::EpochState::frozen);
    CHECK(ack.upto == 2);
    CHECK(ack.hash == device.last);
    CHECK(world.number("SELECT COUNT(*) FROM disputed_record WHERE reason = 'fork'") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 2);
    CHECK(world.cases(device) == std::vector<std::string>{"fork"});

    // It goes on in a child epoch, under the same event ids: nothing happens twice.
    const auto id = device.draft("scan", {}).id;
    device.begin_epoch(2, device.last);
    CHECK(world.hello(device) == Outcome::applied);
    CHECK(world.last_welcome(device).epoch_state == wire::EpochState::open);
    auto again = device.draft("scan", wire::encode_data(model::Scan{{9}, model::Symbology::qr}));
    again.id = id;
    CHECK(world.take(device, {device.seal(again)}, 1) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM epoch WHERE state = 'open'") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM fact_record WHERE flags LIKE '%after_gap%'") == 0);
}

TEST_CASE_TEMPLATE("an event told again under another number has no second effect", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    auto first = device.draft("scan", wire::encode_data(model::Scan{{1}, model::Symbology::qr}));
    const auto record = device.seal(first);
    auto again = first;
    again.seq = 2;
    again.prev = device.last;
    CHECK(world.take(device, {record, device.seal(again)}, 1) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM fact_record WHERE flags = 'repeat'") == 1);
    CHECK(world.cases(device).empty());

    again.seq = 3;
    again.prev = device.last;
    again.data = wire::encode_data(model::Scan{{2}, model::Symbology::qr});
    CHECK(world.take(device, {device.seal(again)}, 3) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM act") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM disputed_record WHERE reason = 'event'") == 1);
    CHECK(world.cases(device) == std::vector<std::string>{"disputed"});
    REQUIRE(eventually([&] { return world.acks(device).size() == 2; }));
    CHECK(world.last_ack(device).upto == 3);
}

namespace {

// One fact of every type of the list, each under the next number; a gap and a rotation fit their fact.
std::vector<core::Bytes> one_of_each(HandDevice& device, const crypto::SigningKey& next) {
    std::vector<core::Bytes> facts;
    const auto state = [&]<typename Data>(Data data) {
        if constexpr (std::is_same_v<Data, model::Scan>) data.code = {1};
        if constexpr (std::is_same_v<Data, model::DeviceStarted>) data.version = "1";
        if constexpr (std::is_same_v<Data, model::DeviceStoreDamaged>) data.file = "core.db";
        if constexpr (std::is_same_v<Data, model::AttemptFailed>) data.reason = "refused";
        if constexpr (std::is_same_v<Data, model::Damaged>) data.note = "wet";
        if constexpr (std::is_same_v<Data, model::MoneyTaken>) data = {1, "RUB", model::MoneyWay::cash, {}};
        if constexpr (std::is_same_v<Data, model::FactGap>) data = {device.seq + 1, device.seq + 1, device.last};
        if constexpr (std::is_same_v<Data, model::KeyRotated>)
            data = wire::rotate_key(device.epoch, device.key->public_key(), next);
        facts.push_back(device.fact(data));
    };
    [&]<typename... Data>(std::type_identity<std::variant<Data...>>) {
        (state(Data{}), ...);
    }(std::type_identity<model::FieldFact>{});
    return facts;
}

}  // namespace

TEST_CASE("every type that a handheld can state is known to central") {
    On<Sqlite> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto next = crypto::SigningKey::generate();
    CHECK(world.take(device, one_of_each(device, next), 1) == Outcome::applied);
    CHECK(world.last_ack(device).upto == std::variant_size_v<model::FieldFact>);
    CHECK(world.number("SELECT COUNT(*) FROM act") == std::int64_t{std::variant_size_v<model::FieldFact>});
    CHECK(world.number("SELECT COUNT(*) FROM act WHERE flags <> ''") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM quarantine") == 0);
}

TEST_CASE_TEMPLATE("a fact of an unknown type is stored, acknowledged and flagged", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    CHECK(world.take(device, {device.fact("parcel.sniffed", {})}, 1) == Outcome::applied);
    CHECK(world.last_ack(device).upto == 1);
    CHECK(world.number("SELECT COUNT(*) FROM act WHERE flags = 'unknown_type'") == 1);
}

TEST_CASE_TEMPLATE("facts after a key rotation are signed by the new key, in the same batch already", Engine, Sqlite,
                   Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto fresh = crypto::SigningKey::generate();
    const auto rotation = device.fact(wire::rotate_key(device.epoch, device.key->public_key(), fresh));
    const auto after = device.seal(device.draft("parcel.sniffed", {}), &fresh);
    CHECK(world.take(device, {rotation, after}, 1) == Outcome::applied);
    CHECK(world.take(device, {device.seal(device.draft("parcel.sniffed", {}), &fresh)}, 3) == Outcome::applied);
    CHECK(world.number("SELECT COUNT(*) FROM quarantine") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM device WHERE record_key = $1", fresh.public_key()) == 1);
    CHECK(world.number("SELECT COUNT(*) FROM device_key") == 2);
}

TEST_CASE_TEMPLATE("numbers that a handheld lost are skipped by a stated gap, with a case", Engine, Sqlite, Postgres) {
    On<Engine> world;
    HandDevice device;
    world.enrol(device);
    world.hello(device);
    const auto gap = device.fact(model::FactGap{1, 7, {}});
    CHECK(world.take(device, {gap}, 1) == Outcome::applied);
    CHECK(world.last_ack(device).upto == 7);
    CHECK(world.last_ack(device).hash == device.last);
    device.seq = 7;
    CHECK(world.take(device, {device.scan()}, 8) == Outcome::applied);
    CHECK(world.cases(device) == std::vector<std::string>{"fact_gap"});
    CHECK(world.take(device, {gap}, 1) == Outcome::duplicate);
}
