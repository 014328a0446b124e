#include "shared/wire/hand_codes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "shared/core/random.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::Dice;
using plus7::test::filled;

namespace {

wire::Goods goods() {
    wire::RecipientRow recipient{
        "Ольга Ветрова", "+79990000000",    "Московская область, ул. Садовая, 14, кв. 32", "2", "5",
        "32К",           "позвонить за час"};
    return {filled<model::TransferId>(1),
            filled<model::CourierId>(2),
            "C-017",
            {{{wire::RowKind::recipient, filled<wire::RowId>(3)}, wire::encode(recipient)}}};
}

bool is_scanner_safe(const std::string& code) {
    return std::all_of(code.begin(), code.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); });
}

}  // namespace

TEST_CASE("a badge, an invitation and goods are read back as they were, and told apart by how they begin") {
    const wire::Badge badge{filled<model::CourierId>(1), filled<wire::BadgeSecret>(2)};
    CHECK(wire::badge_from(wire::to_code(badge)).value() == badge);
    const wire::Invitation invitation{filled<model::TransferId>(1), filled<model::CourierId>(2), "C-018"};
    CHECK(wire::invitation_from(wire::to_code(invitation)).value() == invitation);
    CHECK(wire::goods_from(wire::to_code(goods())).value() == goods());
    const wire::RecipientCode recipient{filled<model::OrderId>(4), "012345"};
    CHECK(wire::recipient_code_from(wire::to_code(recipient)).value() == recipient);
    CHECK(wire::hand_code_of(wire::to_code(recipient)) == wire::HandCode::recipient);

    CHECK(wire::hand_code_of(wire::to_code(badge)) == wire::HandCode::badge);
    CHECK(wire::hand_code_of(wire::to_code(invitation)) == wire::HandCode::invitation);
    CHECK(wire::hand_code_of(wire::to_code(goods())) == wire::HandCode::goods);
    CHECK(wire::hand_code_of("4600000000015") == wire::HandCode::none);
    CHECK_FALSE(wire::badge_from(wire::to_code(invitation)).ok());
}

TEST_CASE("the codes hold nothing that a scanner which types could get wrong: capital letters and digits only") {
    CHECK(is_scanner_safe(wire::to_code(goods()).substr(3)));
    CHECK(is_scanner_safe(wire::to_code(wire::Badge{}).substr(3)));
}

TEST_CASE("a code with one changed, lost or doubled character is refused, never read as another") {
    const auto code = wire::to_code(goods());
    for (std::size_t at = 3; at < code.size(); ++at) {
        auto changed = code;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(wire::goods_from(changed).ok());
        auto lost = code;
        lost.erase(at, 1);
        CHECK_FALSE(wire::goods_from(lost).ok());
        auto doubled = code;
        doubled.insert(at, 1, code[at]);
        if (doubled != code) CHECK_FALSE(wire::goods_from(doubled).ok());
    }
}

TEST_CASE("foreign text of any kind is refused") {
    Dice dice;
    CAPTURE(dice.seed());
    for (int i = 0; i < 2000; ++i) {
        const auto bytes = dice.bytes(0, 200);
        const std::string text(core::text_of(bytes));
        CHECK_FALSE(wire::badge_from("P7B" + text).ok());
        CHECK_FALSE(wire::invitation_from("P7T" + text).ok());
        CHECK_FALSE(wire::goods_from("P7G" + text).ok());
        CHECK_FALSE(wire::recipient_code_from("P7C" + text).ok());
    }
}

TEST_CASE("goods that nobody could read are not made: none, too many, a row that is too long") {
    auto none = goods();
    none.rows.clear();
    CHECK_THROWS_AS(wire::to_code(none), std::invalid_argument);
    auto many = goods();
    many.rows.assign(41, many.rows[0]);
    CHECK_THROWS_AS(wire::to_code(many), std::invalid_argument);
    auto longer = goods();
    longer.rows[0].second.assign(4097, 0);
    CHECK_THROWS_AS(wire::to_code(longer), std::invalid_argument);
}

TEST_CASE("a badge's secret cannot be read from what handhelds are told of it") {
    const auto secret = core::random_id<wire::BadgeSecret>();
    CHECK(wire::badge_hash(secret) == wire::badge_hash(secret));
    CHECK_FALSE(wire::badge_hash(secret) == wire::badge_hash(core::random_id<wire::BadgeSecret>()));
}
