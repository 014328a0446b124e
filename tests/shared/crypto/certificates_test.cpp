#include "shared/crypto/certificates.hpp"

#include <doctest/doctest.h>

#include "shared/crypto/sha256.hpp"
#include "tests/shared/crypto/bytes_of.hpp"
#include "tests/shared/crypto/pki.hpp"

using namespace plus7;
using crypto::Purpose;
using test::day;
using test::now;
using test::pki;

namespace {

core::Result<crypto::Certificate> check(const crypto::Certificate& certificate, Purpose purpose,
                                        core::TimeUs at = now) {
    return crypto::verify_chain(certificate.pem, pki().authority.certificate().pem, purpose, at);
}

bool denied(const core::Result<crypto::Certificate>& result) {
    return !result.ok() && result.error().kind == core::ErrorKind::denied;
}

}  // namespace

TEST_CASE("each certificate is good for its own purpose only") {
    const auto good_for = [](const crypto::Certificate& certificate) {
        std::string purposes;
        if (check(certificate, Purpose::server)) purposes += "server ";
        if (check(certificate, Purpose::client)) purposes += "client ";
        if (check(certificate, Purpose::signing)) purposes += "signing ";
        return purposes;
    };
    CHECK(good_for(pki().server_certificate) == "server ");
    CHECK(good_for(pki().device_certificate) == "client ");
    CHECK(good_for(pki().service_certificate) == "client ");
    CHECK(good_for(pki().signing_certificate) == "signing ");
    CHECK(good_for(pki().authority.certificate()).empty());
}

TEST_CASE("a certificate of another authority is refused, even of one with the same name") {
    const auto other = crypto::Authority::create("plus7 test authority", now).value();
    const auto foreign = other.issue_device(pki().device_csr, pki().device, pki().record_key.public_key(), now).value();
    CHECK(denied(check(foreign, Purpose::client)));
    CHECK(denied(crypto::verify_chain(pki().device_certificate.pem, other.certificate().pem, Purpose::client, now)));
    CHECK(denied(check(other.certificate(), Purpose::client)));
    const auto foreign_signing = other.issue_signing(pki().central_key.public_key(), now).value();
    CHECK(denied(check(foreign_signing, Purpose::signing)));
}

TEST_CASE("a device's certificate is no authority, whatever it signs") {
    const auto under =
        test::openssl("x509 -req -in %1 -CA %2 -CAkey %3 -CAcreateserial -days 30",
                      {pki().device_csr, pki().device_certificate.pem, std::string(pki().key.pem().text())});
    REQUIRE(under.says("BEGIN CERTIFICATE-----"));
    const auto pem = under.output.substr(under.output.find("-----BEGIN CERTIFICATE-----"));
    for (const auto purpose : {Purpose::server, Purpose::client, Purpose::signing}) {
        CHECK_FALSE(crypto::verify_chain(pem, pki().device_certificate.pem, purpose, now).ok());
        CHECK_FALSE(crypto::verify_chain(pem, pki().authority.certificate().pem, purpose, now).ok());
    }
}

TEST_CASE("a device's certificate holds 90 days from a day before it was made") {
    const auto& device = pki().device_certificate;
    CHECK(device.not_before == now - day);
    CHECK(device.not_after == now + 90 * day);
    CHECK(check(device, Purpose::client, now - day).ok());
    CHECK(denied(check(device, Purpose::client, now - 2 * day)));
    CHECK(check(device, Purpose::client, now + 90 * day - std::chrono::seconds{1}).ok());
    const auto late = check(device, Purpose::client, now + 90 * day);
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().kind == core::ErrorKind::expired);
}

TEST_CASE("what a device without a clock must trust is valid from 1970 for twenty years on") {
    for (const auto& [certificate, purpose] : {std::pair{pki().server_certificate, Purpose::server},
                                               std::pair{pki().signing_certificate, Purpose::signing}}) {
        CHECK(certificate.not_before == core::TimeUs{});
        CHECK(certificate.not_after > now + 7304 * day);
        CHECK(check(certificate, purpose, core::TimeUs{}).ok());
        CHECK(check(certificate, purpose, now + 7300 * day).ok());
        CHECK(check(certificate, purpose, now + 7400 * day).error().kind == core::ErrorKind::expired);
    }
}

TEST_CASE("inspecting shows what a certificate says") {
    const auto device = crypto::inspect(pki().device_certificate.pem).value();
    CHECK(device.common_name == pki().device.text());
    CHECK(device.record_key == pki().record_key.public_key());
    CHECK(device.key_algorithm == crypto::KeyAlgorithm::p256);
    CHECK(device.public_key == pki().key.public_key());
    CHECK(device.public_key_hash == crypto::sha256(device.public_key));
    CHECK_FALSE(device.signing_key);
    CHECK(device.serial.size() == 32);
    CHECK(device.fingerprint == crypto::sha256(crypto::der_from_pem(device.pem).value()));

    const auto signing = crypto::inspect(pki().signing_certificate.pem).value();
    CHECK(signing.common_name == "central-sign");
    CHECK(signing.key_algorithm == crypto::KeyAlgorithm::ed25519);
    CHECK(signing.signing_key == pki().central_key.public_key());
    CHECK_FALSE(signing.record_key);

    const auto server = crypto::inspect(pki().server_certificate.pem).value();
    CHECK(server.dns_names == std::vector<std::string>{"central.example", "localhost"});
    CHECK(server.addresses == std::vector<std::string>{"127.0.0.1", "::1"});
    CHECK(server.common_name == "central.example");
    CHECK_FALSE(server.is_authority);
    CHECK(crypto::inspect(pki().authority.certificate().pem).value().is_authority);
}

TEST_CASE("certificates with keys of other kinds are read and never trusted") {
    for (const std::string key : {"rsa:2048", "ed448", "ec -pkeyopt ec_paramgen_curve:P-521"}) {
        CAPTURE(key);
        const auto made = test::openssl("req -x509 -nodes -keyout /dev/null -subj /CN=stranger -newkey " + key, {});
        REQUIRE(made.says("-----BEGIN CERTIFICATE-----"));
        const auto pem = made.output.substr(made.output.find("-----BEGIN CERTIFICATE-----"));
        const auto stranger = crypto::inspect(pem).value();
        CHECK(stranger.key_algorithm == crypto::KeyAlgorithm::other);
        CHECK(stranger.common_name == "stranger");
        CHECK(denied(check(stranger, Purpose::client)));
    }
}

TEST_CASE("a certificate keeps its identity in DER and back") {
    const auto der = crypto::der_from_pem(pki().signing_certificate.pem).value();
    CHECK(crypto::pem_from_der(der).value() == pki().signing_certificate.pem);
    auto longer = der;
    longer.push_back(0);
    CHECK_FALSE(crypto::pem_from_der(longer).ok());
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(crypto::pem_from_der(core::ByteView(der).first(size)).ok());
    }
}

TEST_CASE("a certificate with any byte changed is refused") {
    for (const auto& [certificate, purpose] : {std::pair{pki().device_certificate, Purpose::client},
                                               std::pair{pki().signing_certificate, Purpose::signing}}) {
        const auto der = crypto::der_from_pem(certificate.pem).value();
        for (std::size_t i = 0; i < der.size(); ++i) {
            auto changed = der;
            changed[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
            const auto pem = crypto::pem_from_der(changed);
            if (!pem) continue;
            CAPTURE(i);
            CHECK_FALSE(crypto::verify_chain(*pem, pki().authority.certificate().pem, purpose, now).ok());
        }
    }
}

TEST_CASE("random damage to PEM and DER is refused or read, and never crashes") {
    std::mt19937 random(42);
    const auto& authority = pki().authority.certificate().pem;
    for (const auto& certificate : {pki().server_certificate, pki().device_certificate, pki().signing_certificate}) {
        const auto der = crypto::der_from_pem(certificate.pem).value();
        for (int i = 0; i < 800; ++i) {
            CAPTURE(i);
            CHECK_NOTHROW((void)crypto::inspect(test::damaged(certificate.pem, random)));
            const auto pem = crypto::pem_from_der(test::damaged(der, random));
            if (!pem) continue;
            CHECK_NOTHROW((void)crypto::inspect(*pem));
            CHECK_NOTHROW((void)crypto::verify_chain(*pem, authority, Purpose::client, now));
            CHECK_NOTHROW((void)crypto::verify_chain(certificate.pem, *pem, Purpose::server, now));
        }
    }
}

TEST_CASE("what is no certificate is refused in words") {
    for (const auto* text :
         {"", "x", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----"}) {
        const auto result = crypto::inspect(text);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().kind == core::ErrorKind::invalid);
        CHECK(result.error().message.starts_with("not a readable PEM certificate"));
    }
    CHECK_FALSE(crypto::inspect(pki().device_csr).ok());
    CHECK(crypto::inspect(std::string(70'000, ' ')).error().kind == core::ErrorKind::limit);
    CHECK_FALSE(crypto::pem_from_der({}).ok());
}
