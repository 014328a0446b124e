#include "agent/app/scanning.hpp"

#include "tests/agent/app/desk.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::Scanning;
using agent::app::symbology_of;
using model::Symbology;

namespace {
core::ByteView bytes(std::string_view text) { return core::view_of(text); }
}  // namespace

TEST_CASE("retail codes are told by their length and check digit") {
    CHECK(*symbology_of(bytes("4600000000015")) == Symbology::ean13);
    CHECK(*symbology_of(bytes("96385074")) == Symbology::ean8);
    CHECK(*symbology_of(bytes("036000291452")) == Symbology::upc_a);
    CHECK(*symbology_of(bytes("15400141288763")) == Symbology::itf14);
}

TEST_CASE("a misread retail code is refused with a clear word") {
    for (const auto* code : {"4600000000016", "96385075"}) {
        const auto refused = symbology_of(bytes(code));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == core::ErrorKind::invalid);
        CHECK(refused.error().message == Scanning::wrong_digit);
    }
}

TEST_CASE("numbers of other lengths, and of 12 or 14 digits that fit no retail code, are what the sender prints") {
    for (const auto* code : {"1", "123456789013", "12345678901234", "PKG-0001234567", "460000000001\x1d", "４６"})
        CHECK(*symbology_of(bytes(code)) == Symbology::unknown);
}

TEST_CASE("every single misread digit of an EAN-13 is noticed") {
    const std::string good = "4600000000015";
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto code = good;
            code[i] = digit;
            CHECK(symbology_of(bytes(code)).ok() == (digit == good[i]));
        }
    }
}

TEST_CASE("a scan is saved as a fact with the code as it came") {
    Desk desk;
    const std::string code("any\0bytes\xff", 10);
    const auto scanned = desk.life->scanning.scan(bytes(code));
    REQUIRE(scanned);
    CHECK_FALSE(scanned->repeated);
    const auto facts = desk.life->facts();
    REQUIRE(facts.size() == 1);
    CHECK(facts[0].id == scanned->saved.id);
    CHECK(core::text_of(wire::decode_data<model::Scan>(facts[0].data)->code) == code);
}

TEST_CASE("empty and too long codes are refused and nothing is saved") {
    Desk desk;
    CHECK(desk.life->scanning.scan({}).error().message == Scanning::empty_code);
    CHECK(desk.life->scanning.scan(core::Bytes(4097, 'x')).error().message == Scanning::long_code);
    CHECK(desk.life->scanning.scan(core::Bytes(4096, 'x')).ok());
    CHECK(desk.life->facts().size() == 1);
}

TEST_CASE("the same code within a second is said, not saved twice, however long the trigger is held") {
    Desk desk;
    const auto first = desk.life->scanning.scan(bytes("A-1"));
    REQUIRE(first);
    for (int i = 0; i < 10; ++i) {
        desk.clock.elapsed += 300ms;
        const auto again = desk.life->scanning.scan(bytes("A-1"));
        REQUIRE(again);
        CHECK(again->repeated);
        CHECK(again->saved.id == first->saved.id);
    }
    CHECK_FALSE(desk.life->scanning.scan(bytes("A-2"))->repeated);
    CHECK_FALSE(desk.life->scanning.scan(bytes("A-1"))->repeated);
    desk.clock.elapsed += 1s;
    CHECK_FALSE(desk.life->scanning.scan(bytes("A-1"))->repeated);
    CHECK(desk.life->facts().size() == 4);
}
