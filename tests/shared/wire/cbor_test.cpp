#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/cbor_reader.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
using plus7::test::hex;
using plus7::wire::CborMap;
using plus7::wire::CborWriter;
using plus7::wire::Node;
using plus7::wire::read_cbor;

namespace {

std::string hex_of(CborWriter& writer) { return core::to_hex(writer.take()); }

std::string refusal(const core::Bytes& bytes, const plus7::wire::ReadLimits& limits = {}) {
    const auto read = read_cbor(bytes, limits);
    return read ? "" : read.error().message;
}

core::ErrorKind refusal_kind(const core::Bytes& bytes, const plus7::wire::ReadLimits& limits = {}) {
    const auto read = read_cbor(bytes, limits);
    REQUIRE_FALSE(read.ok());
    return read.error().kind;
}

}  // namespace

TEST_CASE("integers are written as in RFC 8949 appendix A") {
    CHECK(hex_of(CborWriter{}.uint(0)) == "00");
    CHECK(hex_of(CborWriter{}.uint(23)) == "17");
    CHECK(hex_of(CborWriter{}.uint(24)) == "1818");
    CHECK(hex_of(CborWriter{}.uint(255)) == "18ff");
    CHECK(hex_of(CborWriter{}.uint(256)) == "190100");
    CHECK(hex_of(CborWriter{}.uint(65536)) == "1a00010000");
    CHECK(hex_of(CborWriter{}.uint(1000000000000)) == "1b000000e8d4a51000");
    CHECK(hex_of(CborWriter{}.integer(-1)) == "20");
    CHECK(hex_of(CborWriter{}.integer(-100)) == "3863");
    CHECK(hex_of(CborWriter{}.integer(-1000)) == "3903e7");
    CHECK(hex_of(CborWriter{}.integer(INT64_MIN)) == "3b7fffffffffffffff");
}

TEST_CASE("strings, lists and booleans are written as in RFC 8949 appendix A") {
    CHECK(hex_of(CborWriter{}.bytes(hex("01020304"))) == "4401020304");
    CHECK(hex_of(CborWriter{}.text("IETF")) == "6449455446");
    CHECK(hex_of(CborWriter{}.text("\u6c34")) == "63e6b0b4");
    CHECK(hex_of(CborWriter{}.array(3).uint(1).boolean(true).boolean(false)) == "8301f5f4");
}

TEST_CASE("the members of a map come out in the order of RFC 8949 section 4.2.1 however they went in") {
    CborMap map;
    map.uint("bb", 1).uint("z", 2).uint("aaa", 3).uint("a", 4);
    CHECK(core::to_hex(map.encode()) ==
          "a4616104617a0262626201636161"
          "6103");
    map.uint("z", 5);
    CHECK_THROWS_AS(map.encode(), std::invalid_argument);
}

TEST_CASE("the writer refuses what the profile cannot carry") {
    CHECK_THROWS_AS(CborWriter{}.uint(UINT64_MAX), std::invalid_argument);
    CHECK_THROWS_AS(CborWriter{}.text("\xff"), std::invalid_argument);
    CHECK_THROWS_AS(CborWriter{}.text(std::string_view("a\0b", 3)), std::invalid_argument);
    CHECK_THROWS_AS(CborMap{}.time("t", core::TimeUs::max()), std::invalid_argument);
    CHECK_THROWS_AS(CborMap{}.time("t", core::TimeMs::min()), std::invalid_argument);
}

TEST_CASE("times are written in whole milliseconds, rounded down, also before 1970") {
    CHECK(CborMap{}.time("t", core::time_us(1999)).encode() == CborMap{}.integer("t", 1).encode());
    CHECK(CborMap{}.time("t", core::time_us(-1)).encode() == CborMap{}.integer("t", -1).encode());
}

TEST_CASE("the reader gives a tree whose nodes look into the bytes that were read") {
    const auto bytes = hex("a2 61 61 83 01 20 f6 62 6262 82 43 010203 f5");
    const auto read = read_cbor(bytes);
    REQUIRE(read.ok());
    REQUIRE(read->kind == Node::Kind::map);
    CHECK(core::to_hex(read->encoded) == core::to_hex(bytes));
    const auto* list = read->find("a");
    REQUIRE(list != nullptr);
    CHECK(core::to_hex(list->encoded) == "830120f6");
    CHECK(list->items[0].integer == 1);
    CHECK(list->items[1].integer == -1);
    CHECK(list->items[2].kind == Node::Kind::null);
    const auto* pair = read->find("bb");
    REQUIRE(pair != nullptr);
    CHECK(core::to_hex(pair->encoded) == "8243010203f5");
    CHECK(pair->items[0].content.data() == bytes.data() + 12);
    CHECK(core::to_hex(pair->items[0].content) == "010203");
    CHECK(core::to_hex(pair->items[0].encoded) == "43010203");
    CHECK(pair->items[1].boolean);
    CHECK(read->find("c") == nullptr);
}

TEST_CASE("whatever is not of the profile is refused with its reason") {
    const std::pair<std::string, std::string> cases[] = {
        {"", "nothing at all"},
        {"00 00", "bytes behind the end"},
        {"c0 00", "a tag"},
        {"d9 d9f7 00", "a tag"},
        {"f9 3c00", "a floating-point number"},
        {"fa 3f800000", "a floating-point number"},
        {"fb 3ff0000000000000", "a floating-point number"},
        {"f7", "an unknown simple value"},
        {"f8 ff", "an unknown simple value"},
        {"ff", "an unknown simple value"},
        {"9f 00 ff", "an indefinite length"},
        {"bf ff", "an indefinite length"},
        {"7f 61 61 ff", "an indefinite length"},
        {"5f 41 61 ff", "an indefinite length"},
        {"1c", "a reserved length form"},
        {"18 17", "a number that is not in its shortest form"},
        {"19 00ff", "a number that is not in its shortest form"},
        {"1a 0000ffff", "a number that is not in its shortest form"},
        {"1b 00000000ffffffff", "a number that is not in its shortest form"},
        {"58 01 00", "a number that is not in its shortest form"},
        {"1b 8000000000000000", "a number beyond 64 bits with sign"},
        {"3b 8000000000000000", "a number beyond 64 bits with sign"},
        {"3b ffffffffffffffff", "a number beyond 64 bits with sign"},
        {"9b ffffffffffffffff", "a number beyond 64 bits with sign"},
        {"9b 7fffffffffffffff", "the end inside a list"},
        {"5b 7fffffffffffffff 00", "the end inside a string"},
        {"a1 61 61", "the end inside a list"},
        {"82 00", "the end inside a list"},
        {"19 01", "the end inside an item"},
        {"a1 00 00", "a key that is not a text"},
        {"a1 41 61 00", "a key that is not a text"},
        {"a1 80 00", "a key that is not a text"},
        {"a2 61 61 00 61 61 00", "a key twice in one map"},
        {"a2 61 62 00 61 61 00", "keys that are not in order"},
        {"a2 62 6161 00 61 61 00", "keys that are not in order"},
        {"61 ff", "text that is not UTF-8"},
        {"61 00", "text that is not UTF-8"},
        {"62 c080", "text that is not UTF-8"},
        {"63 eda080", "text that is not UTF-8"},
        {"64 f4908080", "text that is not UTF-8"},
        {"a1 61 80 00", "a key that is not UTF-8"},
    };
    for (const auto& [bytes, reason] : cases) {
        CAPTURE(bytes);
        CHECK(refusal(hex(bytes)) == reason);
    }
}

TEST_CASE("the numbers at the borders are read") {
    CHECK(read_cbor(hex("1b7fffffffffffffff"))->integer == INT64_MAX);
    CHECK(read_cbor(hex("3b7fffffffffffffff"))->integer == INT64_MIN);
    CHECK(core::text_of(read_cbor(hex("63e282ac"))->content) == "€");
}

TEST_CASE("a megabyte of opened lists, strings or maps is refused without a crash") {
    for (const int byte : {0x81, 0x9f, 0x7f, 0x5f, 0xa1, 0xbf, 0xc1, 0xff, 0x82, 0x9b}) {
        CAPTURE(byte);
        const core::Bytes bytes(1024 * 1024, static_cast<std::uint8_t>(byte));
        CHECK_FALSE(read_cbor(bytes).ok());
        CHECK_FALSE(read_cbor(bytes, {.bytes = bytes.size(), .items = 1'000'000}).ok());
    }
}

TEST_CASE("eight lists deep is read, nine are not") {
    CHECK(read_cbor(hex("81 81 81 81 81 81 81 80")).ok());
    CHECK(refusal_kind(hex("81 81 81 81 81 81 81 81 80")) == core::ErrorKind::limit);
    CHECK(read_cbor(hex("82 80 80"), {.depth = 2}).ok());
}

TEST_CASE("limits of bytes and items are kept at the border") {
    core::Bytes four = hex("84 00 00 00 00");
    CHECK(read_cbor(four, {.items = 5}).ok());
    CHECK(refusal_kind(four, {.items = 4}) == core::ErrorKind::limit);
    CHECK(read_cbor(four, {.bytes = 5}).ok());
    CHECK(refusal_kind(four, {.bytes = 4}) == core::ErrorKind::limit);
    CHECK(read_cbor(hex("a1 61 61 00"), {.items = 3}).ok());
    CHECK(refusal_kind(hex("a1 61 61 00"), {.items = 2}) == core::ErrorKind::limit);
}

TEST_CASE("a message with a broken tail keeps what came before it") {
    const auto read = plus7::wire::read_cbor_partly(hex("83 01 02 45 0102"));
    REQUIRE(read.error.has_value());
    REQUIRE(read.root.items.size() == 2);
    CHECK(read.root.items[1].integer == 2);
}
