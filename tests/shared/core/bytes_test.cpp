#include "shared/core/bytes.hpp"

#include <doctest/doctest.h>

#include "shared/core/random.hpp"

using namespace plus7::core;

TEST_CASE("hex reads either case and refuses odd lengths and foreign characters") {
    CHECK(to_hex(Bytes{0x00, 0xAB, 0xff}) == "00abff");
    CHECK(from_hex("00aBFf") == Bytes{0x00, 0xab, 0xff});
    CHECK(from_hex("") == Bytes{});
    CHECK_FALSE(from_hex("abc"));
    CHECK_FALSE(from_hex("zz"));
    CHECK_FALSE(from_hex("0 "));
}

TEST_CASE("base64url follows the vectors of RFC 4648 without padding") {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        CHECK(to_base64url(view_of(plain)) == coded);
        CHECK(text_of(*from_base64url(coded)) == plain);
    }
    CHECK(to_base64url(Bytes{0xfb, 0xff}) == "-_8");
}

TEST_CASE("base64url refuses padding, foreign characters and texts that would mean the same bytes twice") {
    for (const char* text : {"Zg==", "Z", "Zm9v!", "Zh", "Zm9"}) CHECK_FALSE(from_base64url(text));
}

TEST_CASE("random bytes of any length survive hex and base64url") {
    for (std::size_t size = 0; size < 100; ++size) {
        const auto bytes = random_bytes(size);
        CHECK(from_hex(to_hex(bytes)) == bytes);
        CHECK(from_base64url(to_base64url(bytes)) == bytes);
    }
}

TEST_CASE("a fixed-size value is made of exactly its size and nothing else") {
    CHECK(Hash::from(Bytes(32, 7)));
    CHECK_FALSE(Hash::from(Bytes(31, 7)));
    CHECK_FALSE(Hash::from(Bytes(33, 7)));
    CHECK(Hash{}.is_zero());
    CHECK_FALSE(Hash::from(Bytes(32, 7))->is_zero());
}
