#include "shared/crypto/tls_key.hpp"

#include <doctest/doctest.h>

#include "tests/shared/crypto/bytes_of.hpp"
#include "tests/shared/crypto/pki.hpp"

using namespace plus7;
using test::bytes;
using test::pki;

TEST_CASE("a TLS key survives its PEM form, and openssl reads it as P-256") {
    const auto key = crypto::TlsKey::generate();
    const auto again = crypto::TlsKey::from_pem(key.pem().text()).value();
    CHECK(again.public_key() == key.public_key());
    CHECK(key.pem().text().starts_with("-----BEGIN PRIVATE KEY-----"));
    const auto seen = test::openssl("pkey -in %1 -noout -text", {std::string(key.pem().text())});
    CHECK(seen.code == 0);
    CHECK(seen.says("NIST CURVE: P-256"));
}

TEST_CASE("keys of other kinds, encrypted keys and garbage are refused without asking anybody") {
    const auto refused = [](const std::string& text) {
        const auto key = crypto::TlsKey::from_pem(text);
        return !key.ok() && key.error().kind == core::ErrorKind::invalid;
    };
    CHECK(refused(test::openssl("genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-384", {}).output));
    CHECK(refused(test::openssl("genpkey -quiet -algorithm ED25519", {}).output));
    CHECK(refused(test::openssl("pkcs8 -topk8 -in %1 -passout pass:x", {std::string(pki().key.pem().text())}).output));
    CHECK(refused(""));
    CHECK(refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    CHECK(refused(pki().device_certificate.pem));
    CHECK(crypto::TlsKey::from_pem(std::string(70000, 'a')).error().kind == core::ErrorKind::limit);
    const auto sec1 = test::openssl("ec -in %1", {std::string(pki().key.pem().text())}).output;
    CHECK(crypto::TlsKey::from_pem(sec1.substr(sec1.find("-----"))).ok());
}

TEST_CASE("a signature of a TLS key verifies with the public key of the request, and with any byte changed does not") {
    const auto message = bytes("nonce of an enrolment");
    const auto public_key = crypto::verify_csr(pki().device_csr).value().public_key;
    const auto signature = pki().key.sign(message);
    CHECK(crypto::verify_tls_signature(public_key, message, signature));
    CHECK_FALSE(crypto::verify_tls_signature(public_key, bytes("another nonce"), signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto changed = signature;
            changed[i] ^= static_cast<std::uint8_t>(1U << bit);
            CHECK_FALSE(crypto::verify_tls_signature(public_key, message, changed));
        }
        CHECK_FALSE(crypto::verify_tls_signature(public_key, message, core::ByteView(signature).first(i)));
    }
    CHECK_FALSE(crypto::verify_tls_signature({}, message, signature));
    CHECK_FALSE(crypto::verify_tls_signature(crypto::TlsKey::generate().public_key(), message, signature));
    CHECK_FALSE(crypto::verify_tls_signature(pki().signing_certificate.public_key, message, signature));
}
