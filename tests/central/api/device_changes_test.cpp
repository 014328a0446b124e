// What the office does to a device takes effect in ingest at once, not when its memory runs out.
#include "central/ingest/ingest.hpp"

#include "shared/wire/live.hpp"
#include "tests/central/api/handheld.hpp"
#include "tests/central/ingest/hand_device.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

using central::ingest::Outcome;

struct Office {
    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    HandheldKeys keys;
    FieldPair pair = field_pair(house, admin, "K-1", keys);

    http::Response post(const std::string& action, const std::string& body = {}) {
        return admin.post("/api/v1/devices/" + pair.device + action, body);
    }
    http::Response put_courier(const std::string& courier) {
        return admin.send(http::Method::put, "/api/v1/couriers/" + courier + "/device",
                          R"({"device":")" + pair.device + R"("})");
    }
    std::string second_courier() {
        const auto made = admin.send(http::Method::post, "/api/v1/couriers", R"({"name":"Вторая Анна","code":"K-2"})",
                                     {{"Idempotency-Key", "second"}});
        REQUIRE(made.status == 201);
        return member(made, "id");
    }
};

// The same house with ingest in it, and the paired handheld speaking to it.
struct Field : Office {
    Field() {
        central::ingest::IngestOptions options;
        options.server_gen = core::random_id<core::ServerGen>();
        options.certificate = {1, 2, 3};
        ingest = *central::ingest::Ingest::start({*house.db, house.clock, house.metrics, house.live, house.gate,
                                                  house.views, house.changes, sign_key, [](auto) {}},
                                                 options);
        device.id = pair.id();
        device.key = std::shared_ptr<const crypto::SigningKey>(&keys.record, [](auto) {});
        REQUIRE(take(wire::TopicKind::hello, wire::encode(device.hello())) == Outcome::applied);
    }

    Outcome take(wire::TopicKind kind, const core::Bytes& payload) {
        std::array<std::uint64_t, central::ingest::outcomes> before{};
        for (std::size_t i = 0; i < before.size(); ++i) before[i] = counts.total(static_cast<Outcome>(i));
        ingest->accept({wire::topic_name(device.id, kind), payload, false, house.clock.now()});
        std::optional<Outcome> end;
        REQUIRE(eventually([&] {
            for (std::size_t i = 0; i < before.size(); ++i)
                if (counts.total(static_cast<Outcome>(i)) != before[i]) end = static_cast<Outcome>(i);
            return end.has_value();
        }));
        return *end;
    }
    Outcome scan() {
        const auto record = device.scan();
        return take(wire::TopicKind::fact, device.batch({record}, device.seq));
    }
    std::optional<std::string> shown_courier() { return house.live.find(device.id)->courier; }

    crypto::SigningKey sign_key = crypto::SigningKey::generate();
    central::ingest::Counts counts{house.metrics};
    HandDevice device;
    std::unique_ptr<central::ingest::Ingest> ingest;
};

}  // namespace

TEST_CASE("every change of state, key or courier is told to whoever remembers devices") {
    Office office;
    std::vector<core::DeviceId> told;
    office.house.changes.listen([&](const core::DeviceId& device) { told.push_back(device); });
    const auto tells = [&](const http::Response& response) {
        REQUIRE(response.status < 300);
        const bool one = told == std::vector<core::DeviceId>{office.pair.id()};
        told.clear();
        return one;
    };
    CHECK(tells(office.post("/lock", R"({"reason":"lost"})")));
    CHECK(tells(office.post("/unlock")));
    const auto other = office.second_courier();
    CHECK(tells(office.put_courier(other)));
    CHECK(tells(office.admin.send(http::Method::del, "/api/v1/couriers/" + other + "/device")));

    const auto again = office.post("/enrolment");
    REQUIRE(again.status == 200);
    CHECK(told.empty());  // a token changes nothing yet
    Browser handheld(office.house);
    const auto token = token_of(member(again, "url"));
    const auto started = handheld.send(http::Method::post, "/enrol/start", R"({"token":")" + token + R"("})");
    REQUIRE(started.status == 200);
    const HandheldKeys fresh;
    CHECK(
        tells(handheld.post("/enrol/finish", finish_body(fresh, token, member(started, "nonce"), office.pair.device))));

    told.clear();
    REQUIRE(office.post("/revoke", R"({"reason":"stolen"})").status == 200);
    CHECK_FALSE(told.empty());
    told.clear();
    CHECK(office.post("/lock", R"({"reason":"x"})").status == 409);
    CHECK(told.empty());  // what was refused changed nothing
}

TEST_CASE("acts of a handheld that changed hands are shown under its new courier at once") {
    Field field;
    CHECK(field.scan() == Outcome::applied);
    CHECK(field.shown_courier() == field.pair.courier);
    const auto second = field.second_courier();
    REQUIRE(field.put_courier(second).status == 200);
    CHECK(field.shown_courier() == second);
    CHECK(field.scan() == Outcome::applied);
    CHECK(field.shown_courier() == second);
}

TEST_CASE("a revoked handheld's places are refused at once") {
    Field field;
    model::Fix fix;
    fix.time = std::chrono::floor<std::chrono::milliseconds>(field.house.clock.now());
    fix.place = {55.75, 37.62};
    const auto live = wire::encode(fix);
    CHECK(field.take(wire::TopicKind::live, live) != Outcome::refused);
    REQUIRE(field.post("/revoke", R"({"reason":"stolen"})").status == 200);
    CHECK(field.take(wire::TopicKind::live, live) == Outcome::refused);
}
