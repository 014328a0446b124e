#include "shared/wire/access_rows.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "tests/shared/wire/samples.hpp"

using namespace plus7;
using test::Dice;
using test::sample_access;

namespace {

wire::LookEntry any_look(Dice& dice) {
    wire::LookEntry look;
    look.name = std::string(dice.even(0, 400), 'n');
    look.role = std::string(dice.even(0, 32), 'r');
    look.what = static_cast<wire::LookKind>(dice.even(0, 3));
    look.from = core::time_ms(static_cast<std::int64_t>(dice.even(0, 2'000'000'000'000)));
    look.to = look.from + std::chrono::milliseconds(dice.coin() ? 0 : dice.even(1, 100'000'000));
    if (dice.coin()) {
        look.of_from = dice.time();
        look.of_to = dice.time();
    }
    return look;
}

}  // namespace

TEST_CASE("who looked is read as it was written, whatever is known of him") {
    CHECK(wire::decode_access_row(wire::encode(sample_access())).value() == sample_access());
    Dice dice;
    CAPTURE(dice.seed());
    for (int round = 0; round < 300; ++round) {
        wire::AccessRow row;
        for (auto looks = dice.even(1, 12); looks > 0; --looks) row.looks.push_back(any_look(dice));
        CHECK(wire::decode_access_row(wire::encode(row)).value() == row);
    }
}

TEST_CASE("a day with as many looks as a row may have fits a row of the view") {
    wire::AccessRow row;
    for (std::size_t at = 0; at < wire::max_looks; ++at) row.looks.push_back(sample_access().looks.back());
    const auto bytes = wire::encode(row);
    CHECK(bytes.size() < 32'768);
    CHECK(wire::decode_access_row(bytes).value() == row);
    row.looks.push_back(row.looks.back());
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
}

TEST_CASE("an access row that nobody could read on the handheld is not made") {
    CHECK_THROWS_AS(wire::encode(wire::AccessRow{}), std::invalid_argument);
    auto backwards = sample_access();
    backwards.looks[0].to = backwards.looks[0].from - std::chrono::seconds{1};
    CHECK_THROWS_AS(wire::encode(backwards), std::invalid_argument);
    auto half = sample_access();
    half.looks[2].of_from.reset();
    CHECK_THROWS_AS(wire::encode(half), std::invalid_argument);
    auto endless = sample_access();
    endless.looks[0].name = std::string(401, 'n');
    CHECK_THROWS_AS(wire::encode(endless), std::invalid_argument);
}

TEST_CASE(
    "a kind of look that this program does not know is kept as unknown, and what it does not know of a look is "
    "passed over") {
    wire::CborMap look;
    look.uint("what", 9).time("from_ms", core::time_ms(5)).text("colour", "red");
    wire::CborWriter looks;
    looks.array(1).item(look.encode());
    const auto row = wire::decode_access_row(wire::CborMap{}.item("looks", looks.take()).encode());
    REQUIRE(row);
    CHECK(row->looks[0].what == wire::LookKind::unknown);
    CHECK(row->looks[0].to == core::time_ms(5));
}

TEST_CASE("each day has a row of its own") {
    CHECK(wire::access_key(20'000).id != wire::access_key(20'001).id);
    CHECK(core::to_hex(core::ByteView(wire::access_key(20'000).id.value)) == "00000000000000000000000000004e20");
    CHECK(wire::access_key(1).kind == wire::RowKind::access);
}
