// The time that a recipient asked for at the door: what it does to the slot's room and the price, and what became of
// it.
#include "central/app/orders/wishes.hpp"

#include "shared/core/random.hpp"
#include "tests/central/app/tariffs/tariff_office.hpp"

using namespace plus7;
using namespace plus7::test;
using std::chrono::hours;

namespace {

template <typename Engine>
struct Doorstep : Office<Engine> {
    // A tariff that takes 40.00 more for an evening, and a slot for the morning and the evening.
    Doorstep() {
        store::TariffRow tariff;
        tariff.name = "Основной";
        tariff.base = 30'000;
        tariff.valid_from = this->now;
        tariff.late_minute = 18 * 60;
        tariff.late_fee = 4'000;
        this->run([&](core::Tx& tx) { return create_tariff(tx, tariff, this->now).value().id; });
        this->slot(10 * 60, 14 * 60, 1);
        this->slot(18 * 60, 22 * 60, 1);
        const auto offered = this->offered(1);
        morning = window(offered.at(0));
        evening = window(offered.at(1));
    }
    store::SlotWishRow wishes(const store::OrderRow& order, const store::Slot& slot) {
        this->now += hours{1};
        const store::SlotWishRow wish{core::random_id<core::EventId>(), order.id, this->now, slot, false};
        this->run([&](core::Tx& tx) {
            orders::take_wish(tx, wish);
            return 0;
        });
        return wish;
    }
    void takes_back(const store::SlotWishRow& wish) {
        this->run([&](core::Tx& tx) {
            orders::take_back_wish(tx, wish.event);
            return 0;
        });
    }
    std::string fate(const store::SlotWishRow& wish) {
        return this->run([&](core::Tx& tx) {
            const auto all = store::slot_wishes(tx, wish.order);
            for (const auto& one : all)
                if (one.event == wish.event)
                    return std::string(orders::fate_of(one, all, store::slot_word(tx, wish.order)));
            return std::string("unknown");
        });
    }
    bool is_over_capacity(const store::OrderRow& order) {
        return this->run([&](core::Tx& tx) { return central::app::tariffs::is_over_capacity(tx, order.id); });
    }
    std::optional<store::Slot> slot_of(const store::OrderRow& order) {
        return this->run([&](core::Tx& tx) { return store::find_order(tx, order.id)->slot; });
    }
    void cancel(const store::OrderRow& order) {
        this->run([&](core::Tx& tx) {
            REQUIRE(orders::cancel(tx, {"staff", this->now}, order.id, "передумал").ok());
            return 0;
        });
    }
    store::Slot morning, evening;
};

}  // namespace

TEST_CASE_TEMPLATE(
    "a recipient's word puts an order into a full slot, and all in it are over capacity until one leaves", Engine,
    Sqlite, Postgres) {
    Doorstep<Engine> door;
    const auto early = door.order(inside, door.morning), late = door.order(inside, door.evening);
    CHECK_FALSE(door.is_over_capacity(early));
    CHECK_FALSE(door.is_over_capacity(late));
    const auto wish = door.wishes(early, door.evening);
    CHECK(door.slot_of(early) == door.evening);
    CHECK(door.is_over_capacity(early));
    CHECK(door.is_over_capacity(late));
    CHECK(door.offered(1).back().taken == 2);
    door.takes_back(wish);
    CHECK(door.slot_of(early) == door.morning);
    CHECK_FALSE(door.is_over_capacity(early));
    CHECK_FALSE(door.is_over_capacity(late));
    door.wishes(early, door.evening);
    door.cancel(late);
    CHECK_FALSE(door.is_over_capacity(early));
    CHECK_FALSE(door.is_over_capacity(late));  // it takes no place any more
    auto asked = door.asked(inside, door.evening);
    asked.terms.over_capacity = true;
    const auto third = door.enter(asked).value();
    CHECK(door.is_over_capacity(third));
    CHECK_FALSE(door.is_over_capacity(late));
}

TEST_CASE_TEMPLATE(
    "an order that a dispatcher put over capacity is; one without a slot, or in a window of its own, is not", Engine,
    Sqlite, Postgres) {
    Doorstep<Engine> door;
    auto asked = door.asked(inside, door.morning);
    const auto first = door.enter(asked).value();
    asked.terms.over_capacity = true;
    const auto second = door.enter(asked).value();
    CHECK(door.is_over_capacity(first));
    CHECK(door.is_over_capacity(second));
    CHECK_FALSE(door.is_over_capacity(door.order(inside)));
    auto own = door.morning;
    own.to += std::chrono::minutes{1};
    door.order(inside, own);
    CHECK_FALSE(door.is_over_capacity(door.order(inside, own)));
    const auto rule = door.price(first).slot.value();
    door.run([&](core::Tx& tx) {
        SlotRuleChange wider;
        wider.capacity = 2;
        return change_slot_rule(tx, rule, wider).value().id;
    });
    CHECK_FALSE(door.is_over_capacity(first));
}

TEST_CASE_TEMPLATE("the price stays as agreed when the recipient asks for a dearer time, or takes it back", Engine,
                   Sqlite, Postgres) {
    Doorstep<Engine> door;
    const auto order = door.order(inside, door.morning);
    const auto agreed = door.price(order);
    REQUIRE(agreed.total == 30'000);
    const auto wish = door.wishes(order, door.evening);
    auto has = door.price(order);
    CHECK(has.slot_from == door.evening.from);
    CHECK(has.slot != agreed.slot);
    CHECK(has.total == agreed.total);
    CHECK(has.lines == agreed.lines);
    CHECK(has.tariff == agreed.tariff);
    door.takes_back(wish);
    has = door.price(order);
    CHECK(has.slot == agreed.slot);
    CHECK(has.total == agreed.total);

    orders::OrderChange office;  // whoever of the office chooses that time agrees on its price
    office.slot = std::optional(door.evening);
    REQUIRE(door.change(order, office).ok());
    CHECK(door.price(order).total == 34'000);
}

TEST_CASE_TEMPLATE("a wish that comes when its order is at its end changes nothing, and that is its fate", Engine,
                   Sqlite, Postgres) {
    Doorstep<Engine> door;
    const auto order = door.order(inside, door.morning);
    const auto before = door.price(order);
    door.cancel(order);
    const auto late = door.wishes(order, door.evening);
    CHECK(door.slot_of(order) == door.morning);
    CHECK(door.price(order).slot == before.slot);
    CHECK(door.fate(late) == "over");
    const auto later = door.wishes(order, door.evening);
    CHECK(door.fate(late) == "later");
    CHECK(door.fate(later) == "over");
    door.takes_back(later);
    CHECK(door.fate(later) == "undone");
    CHECK(door.fate(late) == "over");
}

TEST_CASE_TEMPLATE("the wish that an order had when it ended stays its slot; one that comes after it was too late",
                   Engine, Sqlite, Postgres) {
    Doorstep<Engine> door;
    const auto order = door.order(inside);
    const auto wish = door.wishes(order, door.morning);
    CHECK(door.fate(wish) == "slot");
    door.cancel(order);
    const auto late = door.wishes(order, door.evening);
    CHECK(door.fate(wish) == "slot");
    CHECK(door.fate(late) == "over");
    CHECK(door.slot_of(order) == door.morning);
}

TEST_CASE_TEMPLATE(
    "one wish said for two parcels at one door is the slot for both, also when one of them is taken back", Engine,
    Sqlite, Postgres) {
    Doorstep<Engine> door;
    const auto order = door.order(inside, door.morning);
    const auto one = door.wishes(order, door.evening), same = door.wishes(order, door.evening);
    CHECK(door.fate(one) == "slot");
    CHECK(door.fate(same) == "slot");
    door.takes_back(same);
    CHECK(door.fate(one) == "slot");
    CHECK(door.slot_of(order) == door.evening);
    door.takes_back(one);
    CHECK(door.slot_of(order) == door.morning);
}
