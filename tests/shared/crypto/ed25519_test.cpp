#include "shared/crypto/ed25519.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using test::bytes;
using test::hex;

namespace {

struct Vector {
    const char* seed;
    const char* public_key;
    const char* message;
    const char* signature;
};

// RFC 8032 §7.1, tests 1 to 3.
constexpr Vector vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
     "655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
     "b00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
     "c027beceea1ec40a"},
};

}  // namespace

TEST_CASE("Ed25519 keys and signatures are those of RFC 8032") {
    for (const auto& vector : vectors) {
        CAPTURE(vector.seed);
        const auto key = crypto::SigningKey::from_seed(hex(vector.seed)).value();
        CHECK(key.public_key().hex() == vector.public_key);
        const auto signature = key.sign(hex(vector.message));
        CHECK(signature.hex() == vector.signature);
        CHECK(crypto::verify(key.public_key(), hex(vector.message), signature));
        CHECK(core::to_hex(key.seed().bytes()) == vector.seed);
    }
}

TEST_CASE("a signature with any bit changed is refused") {
    const auto key = crypto::SigningKey::generate();
    const auto message = bytes("parcel handed over");
    const auto signature = key.sign(message);
    for (std::size_t bit = 0; bit < 8 * core::Signature::size; ++bit) {
        auto changed = signature;
        changed.value[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(crypto::verify(key.public_key(), message, changed));
    }
}

TEST_CASE("a signature does not fit another message or another key") {
    const auto key = crypto::SigningKey::generate();
    const auto signature = key.sign(bytes("one"));
    CHECK_FALSE(crypto::verify(key.public_key(), bytes("two"), signature));
    CHECK_FALSE(crypto::verify(crypto::SigningKey::generate().public_key(), bytes("one"), signature));
    CHECK_FALSE(crypto::verify(core::PublicKey{}, bytes("one"), core::Signature{}));
}

TEST_CASE("a seed of another length is refused") {
    CHECK(crypto::SigningKey::from_seed(core::Bytes(31)).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::SigningKey::from_seed({}).error().kind == core::ErrorKind::invalid);
}

TEST_CASE("one key signs on several threads at once") {
    const auto key = crypto::SigningKey::generate();
    const auto expected = key.sign(bytes("same"));
    std::array<bool, 4> same{};
    std::vector<std::jthread> threads;
    for (auto& result : same) {
        threads.emplace_back([&] {
            result = true;
            for (int i = 0; i < 50; ++i) result = result && key.sign(bytes("same")) == expected;
        });
    }
    threads.clear();
    for (const bool result : same) CHECK(result);
}
