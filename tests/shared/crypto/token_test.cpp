#include "shared/crypto/token.hpp"

#include <doctest/doctest.h>

#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using test::bytes;

TEST_CASE("a token carries its bits as text and is found again by its hash") {
    const auto token = crypto::random_token();
    CHECK(core::from_base64url(token.text).value().size() == 32);
    CHECK(crypto::token_hash(token.text) == token.hash);
    CHECK(core::from_base64url(crypto::random_token(crypto::TokenBits::b128).text).value().size() == 16);
    CHECK(crypto::random_token().text != crypto::random_token().text);
}

TEST_CASE("comparing in constant time tells equal from unequal") {
    CHECK(crypto::equal_constant_time({}, {}));
    CHECK(crypto::equal_constant_time(bytes("same"), bytes("same")));
    CHECK_FALSE(crypto::equal_constant_time(bytes("same"), bytes("sama")));
    CHECK_FALSE(crypto::equal_constant_time(bytes("same"), bytes("sam")));
}
