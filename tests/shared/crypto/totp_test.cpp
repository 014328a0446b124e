#include "shared/crypto/totp.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/crypto/base32.hpp"
#include "shared/crypto/sha256.hpp"
#include "tests/shared/crypto/bytes_of.hpp"

using namespace plus7;
using test::bytes;

namespace {

const core::Bytes rfc_secret = bytes("12345678901234567890");

core::TimeUs second(std::int64_t unix_seconds) { return core::time_us(unix_seconds * 1'000'000); }

}  // namespace

TEST_CASE("base 32 gives and takes the values of RFC 4648") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "MY======"},
                                                           {"fo", "MZXQ===="},
                                                           {"foo", "MZXW6==="},
                                                           {"foob", "MZXW6YQ="},
                                                           {"fooba", "MZXW6YTB"},
                                                           {"foobar", "MZXW6YTBOI======"}};
    for (const auto& [plain, padded] : vectors) {
        const std::string text = padded;
        const auto bare = text.substr(0, text.find('='));
        CHECK(crypto::to_base32(bytes(plain)) == bare);
        CHECK(crypto::from_base32(padded) == bytes(plain));
        CHECK(crypto::from_base32(bare) == bytes(plain));
    }
    CHECK(crypto::from_base32("mzxw6ytboi") == bytes("foobar"));
}

TEST_CASE("what is no base 32 is refused") {
    for (const auto* text :
         {"M", "MZX", "MZXW6Y", "MY=", "MY=======", "MY=====A", "M1", "M ", "MZ", "=", "MZXW6YTB========"}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::from_base32(text));
    }
}

TEST_CASE("HOTP gives the ten codes of RFC 4226") {
    const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter) CHECK(crypto::hotp(rfc_secret, counter) == codes[counter]);
}

TEST_CASE("TOTP gives the SHA-1 codes of RFC 6238") {
    const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                            {1111111111, "14050471"}, {1234567890, "89005924"},
                                                            {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [at, code] : vectors) {
        CHECK(crypto::hotp(rfc_secret, crypto::totp_step(second(at)), 8) == code);
        CHECK(crypto::totp_verify(rfc_secret, std::string_view(code).substr(2), second(at)) ==
              static_cast<std::uint64_t>(at / 30));
    }
}

TEST_CASE("a code fits one step early and one late, not two") {
    for (const std::int64_t step : {2, 3, 4}) {
        CHECK(crypto::totp_verify(rfc_secret, "969429", second(step * 30)) == 3);
        CHECK(crypto::totp_verify(rfc_secret, "969429", second(step * 30 + 29)) == 3);
    }
    CHECK_FALSE(crypto::totp_verify(rfc_secret, "969429", second(1 * 30 + 29)));
    CHECK_FALSE(crypto::totp_verify(rfc_secret, "969429", second(5 * 30)));
}

TEST_CASE("a code that was used is refused the second time, an older one too") {
    const auto used = crypto::totp_verify(rfc_secret, "287082", second(59));
    REQUIRE(used == 1);
    CHECK_FALSE(crypto::totp_verify(rfc_secret, "287082", second(59), used));
    CHECK_FALSE(crypto::totp_verify(rfc_secret, "755224", second(59), used));
    CHECK(crypto::totp_verify(rfc_secret, "359152", second(59), used) == 2);
}

TEST_CASE("what is no code of six digits is refused") {
    for (const auto* code : {"", "28708", "2870820", " 287082", "28708a", "94287082"}) {
        CHECK_FALSE(crypto::totp_verify(rfc_secret, code, second(59)));
    }
    CHECK(crypto::totp_verify(rfc_secret, "755224", second(-5)) == 0);
}

TEST_CASE("the URI for authenticator apps names issuer and account") {
    CHECK(
        crypto::totp_uri("plus7 Донецк", "anna@depot", bytes("12345678901234567890")) ==
        "otpauth://totp/plus7%20%D0%94%D0%BE%D0%BD%D0%B5%D1%86%D0%BA:anna%40depot?secret="
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=plus7%20%D0%94%D0%BE%D0%BD%D0%B5%D1%86%D0%BA&algorithm=SHA1&digits=6&"
        "period=30");
    CHECK(crypto::totp_secret().size() == 20);
}

TEST_CASE("a decimal code is cut from any MAC and keeps its zeros") {
    // RFC 4226 §5.4's example.
    const auto mac = test::hex("1f8698690e02ca16618550ef7f19da8e945b555a");
    CHECK(crypto::decimal_code(mac) == "872921");
    CHECK(crypto::decimal_code(core::Bytes(32, 0)) == "000000");
    CHECK(crypto::decimal_code(crypto::hmac_sha256(bytes("k"), bytes("m")).bytes()).size() == 6);
    CHECK_THROWS_AS(crypto::decimal_code(core::Bytes(19)), std::invalid_argument);
    CHECK_THROWS_AS(crypto::decimal_code(mac, 10), std::invalid_argument);
}
