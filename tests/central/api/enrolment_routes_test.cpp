// A handheld's way in over HTTP, and what guessers meet there.
#include <nlohmann/json.hpp>

#include "shared/runtime/log.hpp"
#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using nlohmann::json;

namespace {

struct Office {
    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    Browser handheld{house};  // no cookie, no session

    // A new device's token and id.
    std::pair<std::string, std::string> device(const std::string& key = "k-1") {
        const auto made =
            admin.send(http::Method::post, "/api/v1/devices", R"({"name":"Handheld 1"})", {{"Idempotency-Key", key}});
        REQUIRE(made.status == 201);
        return {token_of(member(made, "enrolment.url")), member(made, "device.id")};
    }
    http::Response start(const std::string& token) {
        return handheld.send(http::Method::post, "/enrol/start", json{{"token", token}}.dump(), {{"Origin", ""}});
    }
};

}  // namespace

TEST_CASE("a handheld enrols with the token of the QR and is told where to connect") {
    Office office;
    const auto [token, device] = office.device();
    const auto started = office.start(token);
    REQUIRE(started.status == 200);
    CHECK(member(started, "device") == device);
    const HandheldKeys keys;
    const auto body = finish_body(keys, token, member(started, "nonce"), device);
    const auto finished = office.handheld.post("/enrol/finish", body);
    REQUIRE(finished.status == 200);
    CHECK(member(finished, "device") == device);
    CHECK(member(finished, "broker.host") == "broker.example");
    CHECK(member(finished, "broker.port") == "8883");
    CHECK(member(finished, "ca") == office.house.authority->ca_pem());
    const auto certificate = crypto::verify_chain(member(finished, "certificate"), member(finished, "ca"),
                                                  crypto::Purpose::client, office.house.clock.at);
    REQUIRE(certificate.ok());
    CHECK(certificate->record_key == keys.record.public_key());
    // Sent again: the same certificate.
    CHECK(member(office.handheld.post("/enrol/finish", body), "certificate") == member(finished, "certificate"));
    const auto shown = office.admin.get("/api/v1/devices/" + device);
    CHECK(member(shown, "device.state") == "enrolled");
    CHECK(member(shown, "certificate.fingerprint") == certificate->fingerprint.hex());
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'device.enrolled'") == 1);
}

TEST_CASE("the QR names central, the token and the pinned authority") {
    Office office;
    const auto made = office.admin.send(http::Method::post, "/api/v1/devices", R"({"name":"Handheld 1"})",
                                        {{"Idempotency-Key", "k"}});
    const auto url = member(made, "enrolment.url");
    CHECK(url.starts_with("plus7:enrol?u=https%3A%2F%2Fplus7.example&t="));
    CHECK(url.ends_with("&fp=" + office.house.authority->ca_fingerprint().hex()));
    CHECK(member(made, "enrolment.qr_svg").starts_with("<svg "));
    // The same key again gives the same token, another device is not made.
    const auto again = office.admin.send(http::Method::post, "/api/v1/devices", R"({"name":"Handheld 1"})",
                                         {{"Idempotency-Key", "k"}});
    CHECK(member(again, "enrolment.url") == url);
    CHECK(office.house.count("SELECT COUNT(*) FROM device") == 1);
}

TEST_CASE("guesses are counted by address, also those that fail, and a right token costs nothing") {
    Office office;
    const auto [token, device] = office.device();
    for (int i = 0; i < 30; ++i) REQUIRE(office.start(token).status == 200);
    for (int i = 0; i < 20; ++i) REQUIRE(office.start("AAAAAAAAAAAAAAAAAAAAAA").status == 410);
    const auto refused = office.start(token);
    CHECK(refused.status == 429);
    CHECK(member(refused, "kind") == "limit");
    CHECK(std::stoi(member(refused, "retry_after_s")) > 0);
    office.handheld.address = "192.0.2.77";
    CHECK(office.start(token).status == 200);
    office.handheld.address = "192.0.2.10";
    office.house.clock.at += 11min;
    CHECK(office.start(token).status == 200);
}

TEST_CASE("what is no request of a handheld is refused with the members that are wrong") {
    Office office;
    const auto [token, device] = office.device();
    const auto nonce = member(office.start(token), "nonce");
    auto body = json::parse(finish_body({}, token, nonce, device));
    const auto with = [&](const char* name, const json& value) {
        auto changed = body;
        changed[name] = value;
        return office.handheld.post("/enrol/finish", changed.dump());
    };
    CHECK(with("nonce", "short").status == 400);
    CHECK(with("record_key", std::string(43, '!')).status == 400);
    CHECK(with("record_signature", 7).status == 400);
    CHECK(with("csr", "no PEM").status == 400);
    CHECK(with("surprise", true).status == 400);
    CHECK(office.handheld.post("/enrol/finish", "{").status == 400);
    CHECK(with("tls_signature", "AAAA").status == 403);
    CHECK(with("token", "AAAAAAAAAAAAAAAAAAAAAA").status == 410);
    CHECK(office.handheld.post("/enrol/finish", body.dump()).status == 200);
}

TEST_CASE("enrolling again revokes the older certificate and cuts who uses it") {
    Office office;
    const HandheldKeys before, after;
    const auto pair = field_pair(office.house, office.admin, "K-1", before);
    const auto made = office.admin.post("/api/v1/devices/" + pair.device + "/enrolment");
    REQUIRE(made.status == 200);
    const auto token = token_of(member(made, "url"));
    const auto nonce = member(office.start(token), "nonce");
    REQUIRE(office.handheld.post("/enrol/finish", finish_body(after, token, nonce, pair.device)).status == 200);
    CHECK(office.house.authority->is_revoked(crypto::inspect(pair.certificate)->serial));
    CHECK(office.house.gate.devices == std::vector<core::DeviceId>{pair.id()});
}

TEST_CASE("a certificate is renewed by the record key's word, and not by anybody else's") {
    Office office;
    const HandheldKeys keys, thief;
    const auto pair = field_pair(office.house, office.admin, "K-1", keys);
    office.house.clock.at += 24h * 40;
    CHECK(office.handheld.post("/device/renew", renew_body(thief, pair.certificate, pair.device)).status == 403);
    const auto renewed = office.handheld.post("/device/renew", renew_body(keys, pair.certificate, pair.device));
    REQUIRE(renewed.status == 200);
    CHECK(crypto::inspect(member(renewed, "certificate"))->record_key == keys.record.public_key());
    office.house.clock.at += 24h * 200;
    CHECK(office.handheld.post("/device/renew", renew_body(keys, pair.certificate, pair.device)).status == 410);
}

TEST_CASE("neither names nor phones nor tokens reach the log") {
    std::vector<std::string> lines;
    runtime::set_log_sink([&](runtime::LogLevel, const std::string& line) { lines.push_back(line); });
    {
        Office office;
        runtime::configure_log({.level = runtime::LogLevel::debug});
        office.admin.send(http::Method::post, "/api/v1/couriers",
                          R"({"name":"Канарейка Проверкина","code":"K-9","phone":"+79990001234"})",
                          {{"Idempotency-Key", "c"}});
        const auto [token, device] = office.device("d");
        office.start(token);
        office.admin.get("/api/v1/couriers?q=%D0%9A%D0%B0%D0%BD%D0%B0%D1%80%D0%B5%D0%B9%D0%BA%D0%B0");
        CHECK_FALSE(lines.empty());
        for (const auto& line : lines) {
            CHECK(line.find("Канарейка") == std::string::npos);
            CHECK(line.find("%D0%9A") == std::string::npos);
            CHECK(line.find("9990001234") == std::string::npos);
            CHECK(line.find(token) == std::string::npos);
        }
    }
    runtime::set_log_sink({});
}
