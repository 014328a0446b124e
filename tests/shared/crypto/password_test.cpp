#include "shared/crypto/password.hpp"

#include <doctest/doctest.h>

#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using crypto::Argon2Cost;

namespace {
constexpr Argon2Cost cheap{.memory_kib = 64, .passes = 1};
}

TEST_CASE("a password hash is a PHC string with the costs we promise") {
    const auto stored = crypto::hash_password("correct horse").value();
    CHECK(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(crypto::verify_password("correct horse", stored));
    CHECK_FALSE(crypto::verify_password("correct horse ", stored));
    CHECK_FALSE(crypto::verify_password("", stored));
    CHECK_FALSE(crypto::needs_rehash(stored));
}

TEST_CASE("the same password is salted anew each time") {
    CHECK(crypto::hash_password("x", cheap).value() != crypto::hash_password("x", cheap).value());
}

TEST_CASE("a hash of another cost verifies and asks for a rehash") {
    const auto stored = crypto::hash_password("пароль", cheap).value();
    CHECK(crypto::verify_password("пароль", stored));
    CHECK(crypto::needs_rehash(stored));
    CHECK_FALSE(crypto::needs_rehash(stored, cheap));
}

TEST_CASE("a stored text that is no hash never verifies and asks for a rehash") {
    const std::string texts[] = {"",
                                 "x",
                                 "$argon2id$",
                                 "$argon2id$v=19$m=19456,t=2,p=1$",
                                 "$2b$12$abcdefghijklmnopqrstuv",
                                 std::string(5000, '$'),
                                 "$argon2id$v=19$m=4294967295,t=4294967295,p=1$AAAA$AAAA"};
    for (const auto& text : texts) {
        CHECK_FALSE(crypto::verify_password("", text));
        CHECK_FALSE(crypto::verify_password("x", text));
        CHECK(crypto::needs_rehash(text));
    }
    std::mt19937 random(7);
    const auto good = crypto::hash_password("x", cheap).value();
    for (int i = 0; i < 300; ++i) {
        auto text = test::damaged(good, random);
        // Damaged costs may ask for gigabytes; only the salt and the hash are damaged here.
        text.replace(0, std::min<std::size_t>(text.size(), 28), good.substr(0, 28));
        // libsodium reads past unused bits of the last base64 character, so a damaged text may still mean the same hash;
        // what it must never do is let another password in.
        CHECK_FALSE(crypto::verify_password("y", text));
        crypto::verify_password("x", text);
    }
}

TEST_CASE("a PHC string of the reference implementation verifies") {
    // From its own tests (phc-winner-argon2, src/test.c).
    const std::string stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    CHECK(crypto::verify_password("password", stored));
    CHECK_FALSE(crypto::verify_password("Password", stored));
}

TEST_CASE("the bare function with salt and cost of a PHC string gives the hash in that string") {
    const auto stored = crypto::hash_password("482913", {1024, 3}).value();
    const auto last = stored.rfind('$');
    const auto before = stored.rfind('$', last - 1);
    auto base64 = [](std::string text) {
        for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
        return core::from_base64url(text).value();
    };
    const auto salt = base64(stored.substr(before + 1, last - before - 1));
    const auto hash = base64(stored.substr(last + 1));
    CHECK(crypto::argon2id(test::bytes("482913"), salt, {1024, 3}).value() == hash);
    CHECK(crypto::argon2id(test::bytes("482914"), salt, {1024, 3}).value() != hash);
    CHECK(crypto::argon2id(test::bytes("482913"), salt, {1024, 2}).value() != hash);
}

TEST_CASE("costs, salts and sizes out of bounds are refused") {
    const core::Bytes salt(16);
    CHECK(crypto::argon2id({}, salt, {7, 1}).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, salt, {1024 * 1024 + 1, 1}).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, salt, {64, 0}).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, salt, {64, 101}).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, core::Bytes(15), cheap).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, salt, cheap, 15).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::hash_password("x", {64, 0}).error().kind == core::ErrorKind::invalid);
    CHECK(crypto::argon2id({}, salt, cheap, 16).value().size() == 16);
    CHECK(crypto::verify_password({}, crypto::hash_password({}, cheap).value()));
}
