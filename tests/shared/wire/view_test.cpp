#include <doctest/doctest.h>

#include <map>
#include <stdexcept>

#include "shared/wire/down_envelope.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::Dice;

TEST_CASE("the view hash does not depend on the order of rows, and taking a row out undoes putting it in") {
    Dice dice;
    CAPTURE(dice.seed());
    const auto a = dice.view(20), b = dice.view(20);
    core::Hash forwards, backwards;
    for (const auto& row : a.put) wire::toggle_row(forwards, wire::row_hash(row));
    for (auto row = a.put.rbegin(); row != a.put.rend(); ++row) wire::toggle_row(backwards, wire::row_hash(*row));
    CHECK(forwards == backwards);
    for (const auto& row : b.put) wire::toggle_row(forwards, wire::row_hash(row));
    for (const auto& row : b.put) wire::toggle_row(forwards, wire::row_hash(row));
    CHECK(forwards == backwards);
    for (const auto& row : a.put) wire::toggle_row(forwards, wire::row_hash(row));
    CHECK(forwards.is_zero());
}

TEST_CASE("a row hash depends on kind, id, version and body") {
    const auto row = plus7::test::sample_view().put.front();
    auto other = row;
    other.key.kind = wire::RowKind::zone;
    CHECK(wire::row_hash(row) != wire::row_hash(other));
    other = row;
    other.key.id.value[0] ^= 1;
    CHECK(wire::row_hash(row) != wire::row_hash(other));
    other = row;
    other.version += 1;
    CHECK(wire::row_hash(row) != wire::row_hash(other));
    other = row;
    other.body.push_back(0);
    CHECK(wire::row_hash(row) != wire::row_hash(other));
}

TEST_CASE("a large view is split into parts that fit, and the parts give back every row once") {
    Dice dice;
    CAPTURE(dice.seed());
    auto delta = dice.view(0);
    delta.put.resize(300);
    for (auto& row : delta.put)
        row = {{wire::RowKind::task, dice.fixed<wire::RowId>()}, dice.number(0, 99), dice.bytes(0, 3000)};
    delta.put[7].body = core::Bytes(wire::max_row_body_bytes, 1);
    delta.remove.resize(5000);
    for (auto& key : delta.remove) key = {wire::RowKind::chat, dice.fixed<wire::RowId>()};
    const auto parts = wire::split_view(delta).value();
    CHECK(parts.size() > 3);
    wire::ViewDelta joined{delta.from, delta.to, {}, {}, delta.hash};
    std::uint32_t expected = 0;
    for (const auto& part : parts) {
        CHECK(part.part == ++expected);
        CHECK(part.parts == parts.size());
        const auto body = wire::encode(part);
        const auto message =
            wire::seal_down(wire::DownType::view, plus7::test::sample_device(), {}, body, plus7::test::central_key());
        CHECK(message.size() <= wire::max_view_part_bytes);
        const auto read = wire::decode_view_part(body).value();
        joined.put.insert(joined.put.end(), read.delta.put.begin(), read.delta.put.end());
        joined.remove.insert(joined.remove.end(), read.delta.remove.begin(), read.delta.remove.end());
    }
    CHECK(joined == delta);
}

TEST_CASE("an empty delta is one part, a row beyond 32 KiB is refused") {
    wire::ViewDelta delta;
    CHECK(wire::split_view(delta).value().size() == 1);
    delta.put.push_back({{wire::RowKind::task, {}}, 1, core::Bytes(wire::max_row_body_bytes + 1)});
    CHECK(wire::split_view(delta).error().kind == core::ErrorKind::limit);
}

TEST_CASE("a part that is none is not written") {
    wire::ViewPart part;
    part.part = 2;
    CHECK_THROWS_AS(wire::encode(part), std::invalid_argument);
    part.part = 0;
    CHECK_THROWS_AS(wire::encode(part), std::invalid_argument);
    part.part = 1;
    part.delta.from = 1;
    CHECK_THROWS_AS(wire::encode(part), std::invalid_argument);
    part.delta.to = 1;
    CHECK(wire::decode_view_part(wire::encode(part)).value() == part);
    part.delta.put.push_back({{static_cast<wire::RowKind>(0), {}}, 1, {}});
    CHECK_THROWS_AS(wire::encode(part), std::invalid_argument);
}
