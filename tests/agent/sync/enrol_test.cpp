// Enrolment and renewal against a central that issues real certificates over a real HTTP server on loopback.
#include "agent/sync/enrol.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "agent/sync/enrol_json.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/http/problem.hpp"
#include "shared/http/server.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/workers.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::agent;
using namespace plus7::agent::sync;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr std::string_view token = "AAAAAAAAAAAAAAAAAAAAAA";

core::TimeUs now() { return core::SystemClock().now(); }

struct Office {
    Office() : device(core::DeviceId::random()), authority(crypto::Authority::create("test CA", now()).value()) {}

    http::Response start(const http::Request& request) const {
        const auto asked = json::parse(request.body);
        if (asked.at("token") != token) return http::problem(core::expired("the code has run out"), request);
        return answer({{"nonce", core::to_base64url(nonce.bytes())}, {"device", device.text()}, {"expires_ms", 1}});
    }

    http::Response finish(const http::Request& request) {
        const auto asked = json::parse(request.body);
        const auto pem = asked.at("csr").get<std::string>();
        const auto csr = crypto::verify_csr(pem).value();
        record_key = *core::PublicKey::from(*core::from_base64url(asked.at("record_key").get<std::string>()));
        const auto tls = *core::from_base64url(asked.at("tls_signature").get<std::string>());
        const auto record = *core::from_base64url(asked.at("record_signature").get<std::string>());
        const bool proven = crypto::verify_tls_signature(csr.public_key, nonce.bytes(), tls) &&
                            crypto::verify(record_key, nonce.bytes(), *core::Signature::from(record));
        if (!proven) return http::problem(core::denied("a signature is wrong"), request);
        tls_keys.push_back(csr.public_key_hash);
        if (std::exchange(lose_answer, false)) return http::problem(core::unavailable("lost"), request);
        const auto key = foreign_key ? crypto::SigningKey::generate().public_key() : record_key;
        const auto issued = authority.issue_device(pem, device, key, now()).value();
        return answer({{"device", device.text()},
                       {"certificate", issued.pem},
                       {"ca", authority.certificate().pem},
                       {"sign_certificate", "unused here"},
                       {"broker", {{"host", "broker.example"}, {"port", 8883}}},
                       {"time_ms", now_ms()}});
    }

    http::Response renew(const http::Request& request) {
        const auto asked = json::parse(request.body);
        const auto pem = asked.at("csr").get<std::string>();
        const auto signature = *core::from_base64url(asked.at("record_signature").get<std::string>());
        const auto hash = crypto::sha256(der_by_openssl(pem));
        if (!crypto::verify(record_key, hash.bytes(), *core::Signature::from(signature))) {
            return http::problem(core::denied("a signature is wrong"), request);
        }
        if (revoked) return http::problem(core::denied("this device was revoked"), request);
        const auto issued = authority.issue_device(pem, device, record_key, now()).value();
        return answer({{"certificate", issued.pem}, {"time_ms", now_ms()}});
    }

    // Another reading of PEM than the device's own.
    static core::Bytes der_by_openssl(const std::string& pem) {
        TempDir dir;
        std::ofstream(dir.file("csr.pem")) << pem;
        Process openssl({"openssl", "req", "-in", dir.file("csr.pem"), "-outform", "DER", "-out", dir.file("csr.der")});
        REQUIRE(openssl.wait() == 0);
        std::ifstream file(dir.file("csr.der"), std::ios::binary);
        return core::copy_of(core::view_of(std::string(std::istreambuf_iterator<char>(file), {})));
    }

    static std::int64_t now_ms() { return core::count(std::chrono::floor<std::chrono::milliseconds>(now())); }
    static http::Response answer(const json& body) { return http::json(body.dump()); }

    core::DeviceId device;
    crypto::Authority authority;
    core::Nonce nonce = core::random_id<core::Nonce>();
    core::PublicKey record_key;
    std::vector<core::Hash> tls_keys;
    bool lose_answer = false;
    bool foreign_key = false;
    bool revoked = false;
};

// The office on loopback; its loop runs on a thread of its own.
struct OpenOffice : Office {
    OpenOffice() : server(loop, workers, router()) {
        port = server.listen("127.0.0.1", 0).value();
        thread = std::thread([this] { loop.run(); });
    }
    ~OpenOffice() {
        loop.stop();
        thread.join();
        workers.stop();
    }
    http::Router router() {
        const auto post = [](const char* path, http::Handler handler) {
            return http::Route{.method = http::Method::post, .pattern = path, .handler = std::move(handler)};
        };
        return http::Router::build({post("/enrol/start", [this](const http::Request& r) { return start(r); }),
                                    post("/enrol/finish", [this](const http::Request& r) { return finish(r); }),
                                    post("/device/renew", [this](const http::Request& r) { return renew(r); })})
            .value();
    }
    EnrolLink link() const {
        return {"http://127.0.0.1:" + std::to_string(port), std::string(token), authority.certificate().fingerprint};
    }

    runtime::Loop loop;
    runtime::Workers workers{{.threads = 1}};
    http::Server server;
    std::uint16_t port = 0;
    std::thread thread;
};

struct Device {
    TempDir dir;
    store::IdentityFiles files{dir.path()};
};

}  // namespace

TEST_CASE("a device enrols: keys made here, certificate checked, identity saved last") {
    OpenOffice office;
    Device device;
    const auto identity = enrol(office.link(), device.files);
    REQUIRE_MESSAGE(identity, identity.error().message);
    CHECK(identity->device == office.device);
    CHECK(identity->broker_host == "broker.example");
    CHECK(identity->broker_port == 8883);
    CHECK(store::load_identity(device.files).value() == *identity);
    CHECK(store::load_record_key(device.files)->public_key() == office.record_key);
    const auto certificate = crypto::inspect(store::load_text(device.files.certificate()).value()).value();
    CHECK(certificate.common_name == office.device.text());
    CHECK(certificate.public_key == store::load_tls_key(device.files)->public_key());
    for (const auto& file : {device.files.record_key(), device.files.tls_key()}) {
        CHECK(std::filesystem::status(file).permissions() == std::filesystem::perms{0600});
    }
}

TEST_CASE("a lost answer is asked for again with the same keys") {
    OpenOffice office;
    office.lose_answer = true;
    Device device;
    const auto first = enrol(office.link(), device.files);
    REQUIRE_FALSE(first);
    CHECK(first.error().kind == core::ErrorKind::unavailable);
    CHECK_FALSE(store::load_identity(device.files));
    REQUIRE(enrol(office.link(), device.files));
    REQUIRE(office.tls_keys.size() == 2);
    CHECK(office.tls_keys[0] == office.tls_keys[1]);
}

TEST_CASE("a server whose CA is not the one of the code is refused, and no identity is written") {
    OpenOffice office;
    Device device;
    auto link = office.link();
    link.fingerprint = core::Hash{{1}};
    const auto refused = enrol(link, device.files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::denied);
    CHECK_FALSE(store::load_identity(device.files));
    CHECK_FALSE(std::filesystem::exists(device.files.authority()));
}

TEST_CASE("a certificate for another record key is refused") {
    OpenOffice office;
    office.foreign_key = true;
    Device device;
    const auto refused = enrol(office.link(), device.files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::denied);
}

TEST_CASE("a used code is central's word and comes back as such") {
    OpenOffice office;
    Device device;
    auto link = office.link();
    link.token = "BBBBBBBBBBBBBBBBBBBBBB";
    const auto refused = enrol(link, device.files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::expired);
    CHECK(refused.error().message.find("run out") != std::string::npos);
    CHECK(refused.error().message.find(link.token) == std::string::npos);
}

TEST_CASE("a data directory of one device is not given to another; the same device may enrol again and keeps its key") {
    OpenOffice office;
    Device device;
    REQUIRE(enrol(office.link(), device.files));
    const auto key = office.record_key;
    REQUIRE(enrol(office.link(), device.files));
    CHECK(office.record_key == key);
    OpenOffice other;
    const auto refused = enrol(other.link(), device.files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::conflict);
    CHECK(store::load_identity(device.files)->device == office.device);
}

TEST_CASE("a certificate is renewed for the same key; a revoked device keeps its old one and is told") {
    OpenOffice office;
    Device device;
    const auto identity = enrol(office.link(), device.files).value();
    const auto before = store::load_text(device.files.certificate()).value();
    const auto renewed = renew_certificate(identity, device.files);
    REQUIRE_MESSAGE(renewed, renewed.error().message);
    const auto after = store::load_text(device.files.certificate()).value();
    CHECK(after != before);
    CHECK(crypto::inspect(after)->public_key == crypto::inspect(before)->public_key);
    office.revoked = true;
    const auto refused = renew_certificate(identity, device.files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::denied);
    CHECK(store::load_text(device.files.certificate()).value() == after);
}

TEST_CASE("renewal begins between day 30 and day 40, not on the same day for all") {
    crypto::Certificate certificate;
    certificate.not_before = now();
    std::set<int> days;
    for (int i = 0; i < 200; ++i) {
        const auto device = core::DeviceId::random();
        int day = 0;
        while (!renewal_due(certificate, device, certificate.not_before + std::chrono::days{day})) ++day;
        days.insert(day);
    }
    CHECK(*days.begin() >= 30);
    CHECK(*days.rbegin() <= 40);
    CHECK(days.size() >= 8);
}

TEST_CASE("the code of the QR is read, percent-encoded or not, and anything else is refused") {
    const std::string fp(64, 'a');
    const auto plain = parse_enrol_link("plus7:enrol?u=https://c.example:8443/&t=AAAAAAAAAAAAAAAAAAAAAA&fp=" + fp);
    REQUIRE(plain);
    CHECK(plain->url == "https://c.example:8443");
    CHECK(plain->fingerprint.hex() == fp);
    const auto encoded =
        parse_enrol_link("plus7:enrol?x=1&fp=" + fp + "&u=https%3A%2F%2Fc.example&t=AAAAAAAAAAAAAAAAAAAAAA");
    REQUIRE(encoded);
    CHECK(encoded->url == "https://c.example");
    for (const std::string& bad :
         {std::string("https://c.example"), std::string("plus7:enrol?"), "plus7:enrol?u=https://c&fp=" + fp,
          "plus7:enrol?u=ftp://c&t=AAAAAAAAAAAAAAAAAAAAAA&fp=" + fp, "plus7:enrol?u=https://c&t=short&fp=" + fp,
          std::string("plus7:enrol?u=https://c&t=AAAAAAAAAAAAAAAAAAAAAA&fp=zz"),
          "plus7:enrol?u=https://c%zz&t=AAAAAAAAAAAAAAAAAAAAAA&fp=" + fp,
          "plus7:enrol?u=https://c x&t=AAAAAAAAAAAAAAAAAAAAAA&fp=" + fp}) {
        CHECK_FALSE(parse_enrol_link(bad));
    }
}

TEST_CASE("an answer that is no answer of central's is a refusal, never a crash") {
    for (const char* body : {"", "{", "[]", "{}", "null", R"({"nonce":1,"device":2})",
                             R"({"nonce":"AAAAAAAAAAAAAAAAAAAAAA","device":"no"})"}) {
        CHECK_FALSE(read_enrol_started(body));
        CHECK_FALSE(read_enrolled(body));
        CHECK_FALSE(read_renewed(body));
        CHECK(read_problem(500, body).kind == core::ErrorKind::unavailable);
    }
}
