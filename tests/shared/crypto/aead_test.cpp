#include "shared/crypto/aead.hpp"

#include <doctest/doctest.h>

#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using test::bytes;

TEST_CASE("what is sealed opens with the same key and place only") {
    const auto key = crypto::SecretKey::random();
    const auto plain = bytes("door code 4711");
    const auto sealed = crypto::seal(key, plain, bytes("address:17"));
    CHECK(sealed.size() == plain.size() + crypto::seal_overhead);
    CHECK(crypto::open(key, sealed, bytes("address:17")).value() == plain);
    CHECK(crypto::open(key, sealed, bytes("address:18")).error().kind == core::ErrorKind::denied);
    CHECK(crypto::open(crypto::SecretKey::random(), sealed, bytes("address:17")).error().kind ==
          core::ErrorKind::denied);
}

TEST_CASE("the same text sealed twice looks different, and nothing can be sealed too") {
    const auto key = crypto::SecretKey::random();
    CHECK(crypto::seal(key, bytes("x"), {}) != crypto::seal(key, bytes("x"), {}));
    CHECK(crypto::open(key, crypto::seal(key, {}, {}), {}).value().empty());
}

TEST_CASE("sealed bytes with any byte changed or cut do not open") {
    const auto key = crypto::SecretKey::random();
    const auto sealed = crypto::seal(key, bytes("twelve words"), bytes("a"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= 1U;
        CHECK_FALSE(crypto::open(key, changed, bytes("a")).ok());
        CHECK_FALSE(crypto::open(key, core::ByteView(sealed).first(i), bytes("a")).ok());
    }
}

// draft-irtf-cfrg-xchacha-03, A.3.1.
TEST_CASE("the official XChaCha20-Poly1305 vector opens") {
    const auto key =
        crypto::SecretKey::from(test::hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
    REQUIRE(key);
    const auto sealed = test::hex(
        "404142434445464748494a4b4c4d4e4f5051525354555657"
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
    const auto plain = crypto::open(*key, sealed, test::hex("50515253c0c1c2c3c4c5c6c7"));
    REQUIRE(plain.ok());
    CHECK(core::text_of(*plain) ==
          "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
          "be it.");
}

TEST_CASE("a secret key has 32 bytes") {
    CHECK_FALSE(crypto::SecretKey::from(core::Bytes(31)));
    CHECK_FALSE(crypto::SecretKey::from({}));
    CHECK(crypto::SecretKey::from(core::Bytes(32, 7))->bytes()[31] == 7);
}

TEST_CASE("moved secret bytes leave nothing behind") {
    auto first = crypto::SecretBytes::copy_of(bytes("secret"));
    const auto second = std::move(first);
    CHECK(second.text() == "secret");
    CHECK(first.size() == 0);  // NOLINT: the state after a move is part of the contract
    CHECK(crypto::SecretBytes::copy_of({}).bytes().empty());
}
