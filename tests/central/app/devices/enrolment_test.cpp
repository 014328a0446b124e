#include <fstream>

#include "shared/crypto/token.hpp"
#include "tests/central/app/devices/depot.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace std::chrono_literals;
using core::ErrorKind;
using test::Depot;
using test::Handheld;
using test::serial_of;

TEST_CASE_TEMPLATE("a handheld with a fresh token gets a certificate of its own keys", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld;
    const auto pem = depot.enrol(id, handheld);
    REQUIRE(pem.ok());
    const auto certificate =
        crypto::verify_chain(*pem, depot.authority->ca_pem(), crypto::Purpose::client, depot.clock.at);
    REQUIRE(certificate.ok());
    CHECK(certificate->common_name == id.text());
    CHECK(certificate->record_key == handheld.record.public_key());
    CHECK(certificate->public_key == handheld.tls.public_key());
    CHECK(depot.row(id).state == store::DeviceState::enrolled);
    CHECK(depot.row(id).record_key == handheld.record.public_key());
}

TEST_CASE_TEMPLATE("only the hash of a token is in the database", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto token = depot.open(depot.create()).value();
    CHECK(test::number(*depot.database, "SELECT COUNT(*) FROM enrolment WHERE token_hash = $1",
                       crypto::token_hash(token.token)) == 1);
    CHECK(core::from_base64url(token.token)->size() == 16);
    CHECK(token.expires == depot.clock.at + 15min);
}

TEST_CASE_TEMPLATE("the same key gets the same certificate for 24 hours, and nothing after", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld;
    const auto token = depot.open(id).value().token;
    const auto nonce = depot.start(token)->nonce;
    const auto first = depot.finish(handheld.finish(token, id, nonce)).value();
    depot.clock.at += 23h;
    CHECK(depot.start(token)->nonce == nonce);
    CHECK(depot.finish(handheld.finish(token, id, nonce)).value() == first);
    CHECK_FALSE(depot.authority->is_revoked(serial_of(first)));
    depot.clock.at += 2h;
    CHECK(depot.start(token).error().kind == ErrorKind::expired);
    CHECK(depot.finish(handheld.finish(token, id, nonce)).error().kind == ErrorKind::expired);
}

TEST_CASE_TEMPLATE("a burned token gives another key nothing", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    const auto nonce = depot.start(token)->nonce;
    const Handheld owner, thief;
    REQUIRE(depot.finish(owner.finish(token, id, nonce)).ok());
    CHECK(depot.finish(thief.finish(token, id, nonce)).error().kind == ErrorKind::expired);
    CHECK(depot.row(id).record_key == owner.record.public_key());
}

TEST_CASE_TEMPLATE("a token dies after 15 minutes, and when a newer one is made", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld;
    const auto old = depot.open(id).value().token;
    const auto nonce = depot.start(old)->nonce;
    const auto young = depot.open(id).value().token;
    CHECK(depot.start(old).error().kind == ErrorKind::expired);
    CHECK(depot.finish(handheld.finish(old, id, nonce)).error().kind == ErrorKind::expired);
    const auto young_nonce = depot.start(young)->nonce;
    depot.clock.at += 15min;
    CHECK(depot.start(young).error().kind == ErrorKind::expired);
    CHECK(depot.finish(handheld.finish(young, id, young_nonce)).error().kind == ErrorKind::expired);
    CHECK(depot.start("AAAAAAAAAAAAAAAAAAAAAA").error() == depot.start(young).error());
}

TEST_CASE_TEMPLATE("signatures, nonce and name must be the device's own", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    const auto nonce = depot.start(token)->nonce;
    const Handheld handheld, other;
    const auto good = handheld.finish(token, id, nonce);
    const auto refused = [&](auto change) {
        auto request = good;
        change(request);
        return depot.finish(request).error().kind;
    };
    CHECK(refused([&](auto& r) { r.tls_signature = other.tls.sign(nonce.bytes()); }) == ErrorKind::denied);
    CHECK(refused([&](auto& r) { r.tls_signature.clear(); }) == ErrorKind::denied);
    CHECK(refused([&](auto& r) { r.record_signature = other.record.sign(nonce.bytes()); }) == ErrorKind::denied);
    CHECK(refused([&](auto& r) { r.record_key = other.record.public_key(); }) == ErrorKind::denied);
    CHECK(refused([&](auto& r) { r.nonce.value[0] ^= 1; }) == ErrorKind::denied);
    const auto foreign_name = crypto::make_csr(handheld.tls, core::DeviceId::random().text()).value();
    CHECK(refused([&](auto& r) { r.csr_pem = foreign_name; }) == ErrorKind::denied);
    CHECK(refused([&](auto& r) { r.csr_pem = "no request"; }) == ErrorKind::invalid);
    // None of that burned the token.
    CHECK(depot.finish(good).ok());
}

TEST_CASE_TEMPLATE("a finish before any start is refused", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    CHECK(depot.finish(Handheld{}.finish(token, id, core::Nonce{})).error().kind == ErrorKind::denied);
}

TEST_CASE_TEMPLATE("a record key of another device is refused", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto first = depot.create(), second = depot.create();
    Handheld one, two;
    REQUIRE(depot.enrol(first, one).ok());
    two.record = crypto::SigningKey::from_seed(one.record.seed().bytes()).value();
    CHECK(depot.enrol(second, two).error().kind == ErrorKind::conflict);
    CHECK(depot.enrol(first, one).ok());
}

TEST_CASE_TEMPLATE("of two keys at the same moment one wins, and the other's certificate is useless", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    const auto nonce = depot.start(token)->nonce;
    const Handheld one, two;
    const auto first = one.finish(token, id, nonce), second = two.finish(token, id, nonce);
    // Both have passed the check before either commits.
    const auto checked_first = depot.check(first).value(), checked_second = depot.check(second).value();
    const auto cert_first = depot.authority->issue_device(first.csr_pem, id, first.record_key).value();
    const auto cert_second = depot.authority->issue_device(second.csr_pem, id, second.record_key).value();
    REQUIRE(depot.commit(first, checked_first, cert_first).ok());
    CHECK(depot.commit(second, checked_second, cert_second).error().kind == ErrorKind::expired);
    CHECK(depot.row(id).record_key == one.record.public_key());
    // The same key twice: the later of the two gets the certificate of the first, its own is given up.
    const auto again = depot.commit(first, checked_first, cert_second).value();
    CHECK(again.certificate == cert_first.pem);
    CHECK(again.revoke == std::vector<std::string>{cert_second.serial});
}

TEST_CASE_TEMPLATE("a crash between issuing and commit leaves the certificate listed, and finishing again heals", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    const Handheld handheld;
    const auto request = handheld.finish(token, id, depot.start(token)->nonce);
    REQUIRE(depot.check(request).ok());
    const auto lost = depot.authority->issue_device(request.csr_pem, id, request.record_key).value();
    // Here the process dies: nobody has seen the certificate.
    std::ifstream log(depot.authority->file("issued.log"));
    const std::string issued((std::istreambuf_iterator<char>(log)), {});
    CHECK(issued.find(lost.serial + " " + id.text()) != std::string::npos);
    const auto pem = depot.finish(request);
    REQUIRE(pem.ok());
    CHECK(serial_of(*pem) != lost.serial);
}

TEST_CASE_TEMPLATE("enrolling again keeps the device and its keys' history, and revokes what it had", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld before, after;
    const auto old = depot.enrol(id, before).value();
    depot.clock.at += 48h;
    const auto young = depot.enrol(id, after).value();
    CHECK(depot.authority->is_revoked(serial_of(old)));
    CHECK_FALSE(depot.authority->is_revoked(serial_of(young)));
    CHECK(depot.row(id).record_key == after.record.public_key());
    CHECK(test::number(*depot.database, "SELECT COUNT(*) FROM device_key WHERE device_id = $1", id) == 2);
    CHECK(test::number(*depot.database, "SELECT COUNT(*) FROM device_key WHERE until_us IS NULL") == 1);
}
