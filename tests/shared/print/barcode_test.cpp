#include <doctest/doctest.h>

#include <numeric>

#include "shared/print/barcode.hpp"
#include "tests/shared/print/printed.hpp"

using namespace plus7;
using print::Symbology;

namespace {

// Three pixels a module, 60 high, quiet zones on both sides.
test::Pixels drawn(const print::Barcode& bars) {
    constexpr int scale = 3, height = 60;
    std::vector<std::uint8_t> row(print::barcode_quiet_zone * scale, 255);
    bool is_dark = true;
    for (const int width : bars.widths) {
        row.insert(row.end(), static_cast<std::size_t>(width * scale), is_dark ? 0 : 255);
        is_dark = !is_dark;
    }
    row.insert(row.end(), print::barcode_quiet_zone * scale, 255);
    test::Pixels pixels{static_cast<int>(row.size()), height, {}};
    for (int y = 0; y < height; ++y) pixels.gray.insert(pixels.gray.end(), row.begin(), row.end());
    return pixels;
}

core::ErrorKind refusal(std::string_view text, Symbology symbology = Symbology::code128) {
    return print::barcode(text, symbology).error().kind;
}

}  // namespace

TEST_CASE("Code 128 of one letter is start, letter, check and stop as ISO/IEC 15417 has them") {
    const auto bars = print::barcode("A");
    REQUIRE(bars.ok());
    // Start B, value 33, check (104 + 33) mod 103 = 34, stop.
    CHECK(bars->widths == std::vector<int>{2, 1, 1, 2, 1, 4, 1, 1, 1, 3, 2, 3, 1, 3, 1, 1, 2, 3, 2, 3, 3, 1, 1, 1, 2});
    CHECK(bars->modules == 46);
}

TEST_CASE("what a scanner reads from the bars is the text") {
    for (const std::string text : {"P7-0001234567", "0001234567", "a", "~ {|}\\^[(", "12345 odd digits 123"}) {
        const auto bars = print::barcode(text);
        REQUIRE(bars.ok());
        CHECK(std::accumulate(bars->widths.begin(), bars->widths.end(), 0) == bars->modules);
        CHECK(test::codes_of(drawn(*bars)) == std::set<std::string>{"CODE-128:" + text});
    }
}

TEST_CASE("GS1-128 begins with start C and FNC1 and carries the identifiers without their parentheses") {
    const auto bars = print::barcode("(00)346012345678901230", Symbology::gs1_128);
    REQUIRE(bars.ok());
    const std::vector<int> start(bars->widths.begin(), bars->widths.begin() + 12);
    CHECK(start == std::vector<int>{2, 1, 1, 2, 3, 2, 4, 1, 1, 1, 3, 1});
    CHECK(test::codes_of(drawn(*bars)) == std::set<std::string>{"CODE-128:00346012345678901230"});
}

TEST_CASE("what is no barcode is refused") {
    CHECK(refusal("") == core::ErrorKind::invalid);
    CHECK(refusal("Посылка") == core::ErrorKind::invalid);
    CHECK(refusal("a\tb") == core::ErrorKind::invalid);
    CHECK(refusal(std::string("a\0b", 3)) == core::ErrorKind::invalid);
    CHECK(refusal(std::string(100, 'a')) == core::ErrorKind::limit);
    CHECK(refusal(std::string(10000, '1')) == core::ErrorKind::limit);
}

TEST_CASE("a GS1 text without identifier, of a wrong length or with a wrong check digit is refused") {
    CHECK(refusal("346012345678901230", Symbology::gs1_128) == core::ErrorKind::invalid);
    CHECK(refusal("(00)34601234567890123", Symbology::gs1_128) == core::ErrorKind::invalid);
    CHECK(refusal("(00)346012345678901231", Symbology::gs1_128) == core::ErrorKind::invalid);
    CHECK(refusal("(00", Symbology::gs1_128) == core::ErrorKind::invalid);
}
