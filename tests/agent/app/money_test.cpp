#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;
using model::MoneyWay;

namespace {

std::string_view refusal(const core::Result<core::EventId>& saved) {
    return saved ? "" : std::string_view(saved.error().message);
}

std::int64_t paid(Round& round) { return round.work().tasks().at(0).paid_minor(); }

}  // namespace

TEST_CASE("money at the door is a fact about its order, and what was taken is known") {
    Round round;
    REQUIRE(round.money().take(order, 129'000, "RUB", MoneyWay::card));
    const auto fact = round.life->facts().back();
    CHECK(fact.type == "money.taken");
    CHECK(fact.about.order == order);
    const auto data = wire::decode_data<model::MoneyTaken>(fact.data).value();
    CHECK(data.minor == 129'000);
    CHECK(data.way == MoneyWay::card);
    CHECK(paid(round) == 129'000);
    CHECK(round.work().tasks()[0].last_money()->event == fact.id);
}

TEST_CASE("a second press, a lost answer and a restart take no money twice") {
    Round round;
    REQUIRE(round.money().take(order, 129'000, "RUB", MoneyWay::cash));
    CHECK(refusal(round.money().take(order, 129'000, "RUB", MoneyWay::cash)) == Money::taken_already);
    round.start_again();
    CHECK(refusal(round.money().take(order, 1, "RUB", MoneyWay::sbp)) == Money::taken_already);
    CHECK(round.life->types() == std::vector<std::string>{"shift.started", "money.taken"});
}

TEST_CASE("a sum that was raised since asks for the rest alone") {
    Round round;
    REQUIRE(round.money().take(order, 129'000, "RUB", MoneyWay::cash));
    round.due = 150'000;
    round.tell();
    CHECK(refusal(round.money().take(order, 150'000, "RUB", MoneyWay::cash)) == Money::taken_already);
    REQUIRE(round.money().take(order, 21'000, "RUB", MoneyWay::sbp));
    CHECK(paid(round) == 150'000);
}

TEST_CASE("what money cannot be is refused with a clear word, and no fact is made") {
    Round round;
    CHECK(refusal(round.money().take(order, 0, "RUB", MoneyWay::cash)) == Money::no_amount);
    CHECK(refusal(round.money().take(order, 100, "EUR", MoneyWay::cash)) == Money::other_currency);
    CHECK(refusal(round.money().take({{8}}, 100, "RUB", MoneyWay::cash)) == Money::no_order);
    CHECK(refusal(round.money().take(order, 129'001, "RUB", MoneyWay::cash)) == Money::too_much);
    CHECK(refusal(round.money().undo(order)) == Parcels::nothing_to_undo);
    CHECK(paid(round) == 0);
    REQUIRE(round.life->shift.end());
    CHECK(refusal(round.money().take(order, 129'000, "RUB", MoneyWay::cash)) == Parcels::no_shift);
    CHECK(refusal(round.money().undo(order)) == Parcels::no_shift);
}

TEST_CASE("money can be taken back within ten minutes, once, and taken anew; later only the dispatcher can") {
    Round round;
    const auto taken = round.money().take(order, 129'000, "RUB", MoneyWay::cash).value();
    round.clock.elapsed += 9min;
    REQUIRE(round.money().undo(order));
    const auto fact = round.life->facts().back();
    CHECK(fact.type == "corrected");
    CHECK(fact.about.order == order);
    CHECK(wire::decode_data<model::Corrected>(fact.data)->event == taken);
    CHECK(paid(round) == 0);
    CHECK(refusal(round.money().undo(order)) == Parcels::nothing_to_undo);
    round.start_again();
    REQUIRE(round.money().take(order, 129'000, "RUB", MoneyWay::card));
    round.clock.elapsed += 11min;
    CHECK(refusal(round.money().undo(order)) == Parcels::too_late);
    CHECK(paid(round) == 129'000);
}

TEST_CASE("money of an order that left the list can still be taken back, and is forgotten once central knows it") {
    Round round;
    REQUIRE(round.money().take(order, 129'000, "RUB", MoneyWay::cash));
    round.tell({}, 0, false);
    REQUIRE(round.money().undo(order));
    const auto tomorrow = round.now() + 25h;
    CHECK(round.work().forgettable(tomorrow).empty());  // not acked
    round.ack();
    CHECK(round.work().forgettable(round.now() - 1h).empty());
    const auto names = round.work().forgettable(tomorrow);
    REQUIRE(names.size() == 1);
    REQUIRE(round.life->stores->outbox().drop_notes(names));
    CHECK(round.work().money(order).empty());
}
