#include "shared/crypto/csr.hpp"

#include <doctest/doctest.h>

#include "shared/crypto/sha256.hpp"
#include "tests/shared/crypto/bytes_of.hpp"
#include "tests/shared/crypto/pki.hpp"

using namespace plus7;
using test::pki;

namespace {

std::string standard_base64(core::ByteView bytes) {
    auto text = core::to_base64url(bytes);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

core::Bytes der_of(const std::string& pem) {
    std::string text;
    for (const char c : pem.substr(pem.find("-----\n") + 6, pem.find("-----END") - pem.find("-----\n") - 6)) {
        if (c != '\n' && c != '=') text.push_back(c == '+' ? '-' : c == '/' ? '_' : c);
    }
    return core::from_base64url(text).value();
}

std::string request_of(core::ByteView der) {
    const auto text = standard_base64(der);
    std::string pem = "-----BEGIN CERTIFICATE REQUEST-----\n";
    for (std::size_t i = 0; i < text.size(); i += 64) pem += text.substr(i, 64) + "\n";
    return pem + "-----END CERTIFICATE REQUEST-----\n";
}

}  // namespace

TEST_CASE("a request names its device and its key, and openssl agrees") {
    const auto csr = crypto::verify_csr(pki().device_csr).value();
    CHECK(csr.common_name == pki().device.text());
    CHECK(csr.public_key == pki().key.public_key());
    CHECK(csr.public_key_hash == crypto::sha256(csr.public_key));
    const auto seen = test::openssl("req -in %1 -noout -verify -subject", {pki().device_csr});
    CHECK(seen.code == 0);
    CHECK(seen.says("CN = " + pki().device.text()));
}

TEST_CASE("a request with any bit changed is refused") {
    const auto der = der_of(pki().device_csr);
    REQUIRE(crypto::verify_csr(request_of(der)).ok());
    for (std::size_t bit = 0; bit < der.size() * 8; ++bit) {
        auto changed = der;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CAPTURE(bit);
        CHECK_FALSE(crypto::verify_csr(request_of(changed)).ok());
    }
}

TEST_CASE("a request cut at any byte or followed by more is refused") {
    const auto der = der_of(pki().device_csr);
    for (std::size_t size = 0; size < der.size(); ++size) {
        CHECK_FALSE(crypto::verify_csr(request_of(core::ByteView(der).first(size))).ok());
    }
    auto longer = der;
    longer.push_back(0);
    CHECK_FALSE(crypto::verify_csr(request_of(longer)).ok());
    for (std::size_t size = 0; size < pki().device_csr.size() - 1; ++size) {
        CHECK_FALSE(crypto::verify_csr(std::string_view(pki().device_csr).substr(0, size)).ok());
    }
}

TEST_CASE("random damage to a request never gets through and never crashes") {
    std::mt19937 random(20260921);
    for (int i = 0; i < 3000; ++i) {
        CAPTURE(i);
        const auto damaged = test::damaged(pki().device_csr, random);
        const auto csr = crypto::verify_csr(damaged);
        // Damage outside the encoded bytes (a line end, the text before) may leave the request what it was.
        if (csr.ok()) CHECK(csr->public_key == pki().key.public_key());
    }
}

TEST_CASE("a request with another kind of key is refused, however well signed") {
    const auto made = test::openssl("req -new -newkey ed25519 -nodes -keyout /dev/null -subj /CN=0123456789abc", {});
    REQUIRE(made.says("BEGIN CERTIFICATE REQUEST"));
    const auto csr = crypto::verify_csr(made.output.substr(made.output.find("-----BEGIN CERTIFICATE REQ")));
    CHECK(csr.error().message.find("P-256") != std::string::npos);
}

TEST_CASE("names that cannot be a common name are refused") {
    CHECK_FALSE(crypto::make_csr(pki().key, "").ok());
    CHECK_FALSE(crypto::make_csr(pki().key, std::string(65, 'a')).ok());
    CHECK_FALSE(crypto::make_csr(pki().key, "a\nb").ok());
    CHECK_FALSE(crypto::make_csr(pki().key, std::string_view("a\0b", 3)).ok());
}
