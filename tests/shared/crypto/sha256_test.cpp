#include "shared/crypto/sha256.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using test::bytes;
using test::hex;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
    CHECK(crypto::sha256({}).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(crypto::sha256(bytes("abc")).hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(crypto::sha256(bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).hex() ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(crypto::sha256(core::Bytes(1000000, 'a')).hex() ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("pieces hash like the whole, and a finished hash starts anew") {
    crypto::Sha256 hash;
    hash.update(bytes("a")).update({}).update(bytes("bc"));
    CHECK(hash.finish() == crypto::sha256(bytes("abc")));
    CHECK(hash.finish() == crypto::sha256({}));
    crypto::Sha256 moved = std::move(hash.update(bytes("abc")));
    CHECK(moved.finish() == crypto::sha256(bytes("abc")));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
    CHECK(crypto::hmac_sha256(core::Bytes(20, 0x0b), bytes("Hi There")).hex() ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(crypto::hmac_sha256(bytes("Jefe"), bytes("what do ya want for nothing?")).hex() ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(crypto::hmac_sha256(core::Bytes(20, 0xaa), core::Bytes(50, 0xdd)).hex() ==
          "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    CHECK(crypto::hmac_sha256(core::Bytes(131, 0xaa), bytes("Test Using Larger Than Block-Size Key - Hash Key First"))
              .hex() == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("an empty key and an empty message have a MAC too") {
    CHECK(crypto::hmac_sha256({}, {}).hex() == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("HKDF-SHA-256 gives the values of RFC 5869, also without salt and info") {
    const auto key = core::Bytes(22, 0x0b);
    CHECK(core::to_hex(
              crypto::hkdf_sha256(key, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42).bytes()) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    CHECK(core::to_hex(crypto::hkdf_sha256(key, {}, {}, 42).bytes()) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    CHECK_THROWS_AS(crypto::hkdf_sha256(key, {}, {}, 0), std::invalid_argument);
    CHECK_THROWS_AS(crypto::hkdf_sha256(key, {}, {}, 8161), std::invalid_argument);
    CHECK(crypto::hkdf_sha256(key, {}, {}, 8160).size() == 8160);
}
