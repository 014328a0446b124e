// What recipients asked for at failed attempts, and whose word an order's slot is, on both engines.
#include "central/store/slot_wish_store.hpp"

#include "shared/core/uuid.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using std::chrono::hours;

namespace {

template <typename Engine>
struct WishFixture : StoreFixture<Engine> {
    std::string order() {
        store::OrderRow row;
        row.id = core::new_uuid_text(this->now);
        this->run([&](sql::Tx& tx) {
            row.number = "A-" + std::to_string(store::take_order_numbers(tx, 1));
            store::insert_order(tx, row);
        });
        return row.id;
    }
    store::Slot slot(int from) const { return {this->now + hours{from}, this->now + hours{from + 2}}; }
    store::SlotWishRow wish(const std::string& order, int at, int from) const {
        return {core::random_id<core::EventId>(), order, this->now + hours{at}, slot(from), false};
    }
    bool put(const store::SlotWishRow& wish) {
        return this->run([&](sql::Tx& tx) { return store::insert_slot_wish(tx, wish); });
    }
    std::optional<std::string> undo(const core::EventId& event) {
        return this->run([&](sql::Tx& tx) { return store::undo_slot_wish(tx, event); });
    }
    std::vector<store::SlotWishRow> wishes(const std::string& order) {
        return this->ask([&](sql::Tx& tx) { return store::slot_wishes(tx, order); });
    }
    void say(const store::SlotWordRow& word) {
        this->run([&](sql::Tx& tx) { store::put_slot_word(tx, word); });
    }
    std::optional<store::SlotWordRow> word(const std::string& order) {
        return this->ask([&](sql::Tx& tx) { return store::slot_word(tx, order); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("wishes are told oldest first, however they came, each order its own", Engine, Sqlite, Postgres) {
    WishFixture<Engine> f;
    const auto order = f.order(), other = f.order();
    const auto late = f.wish(order, 3, 9), early = f.wish(order, 1, 5);
    CHECK(f.put(late));
    CHECK(f.put(early));
    CHECK(f.put(f.wish(other, 2, 7)));
    const auto wishes = f.wishes(order);
    REQUIRE(wishes.size() == 2);
    CHECK(wishes[0].event == early.event);
    CHECK(wishes[0].order == order);
    CHECK(wishes[0].at == early.at);
    CHECK(wishes[0].slot == early.slot);
    CHECK_FALSE(wishes[0].is_undone);
    CHECK(wishes[1].event == late.event);
    CHECK(f.wishes(other).size() == 1);
}

TEST_CASE_TEMPLATE("a wish that is known changes nothing, also one that was taken back", Engine, Sqlite, Postgres) {
    WishFixture<Engine> f;
    const auto order = f.order();
    auto wish = f.wish(order, 1, 5);
    REQUIRE(f.put(wish));
    CHECK(f.undo(wish.event) == order);
    const auto asked = wish.slot;
    wish.slot = f.slot(20);
    CHECK_FALSE(f.put(wish));
    const auto wishes = f.wishes(order);
    REQUIRE(wishes.size() == 1);
    CHECK(wishes[0].slot == asked);
    CHECK(wishes[0].is_undone);
}

TEST_CASE_TEMPLATE("what is taken back names its order, again too; an event that brought no wish names none", Engine,
                   Sqlite, Postgres) {
    WishFixture<Engine> f;
    const auto order = f.order();
    const auto wish = f.wish(order, 1, 5), stays = f.wish(order, 2, 6);
    f.put(wish);
    f.put(stays);
    CHECK(f.undo(wish.event) == order);
    CHECK(f.undo(wish.event) == order);
    CHECK_FALSE(f.undo(core::random_id<core::EventId>()).has_value());
    CHECK_FALSE(f.wishes(order).at(1).is_undone);
}

TEST_CASE_TEMPLATE("the word over a slot comes back whole, and the newest replaces it whole", Engine, Sqlite,
                   Postgres) {
    WishFixture<Engine> f;
    const auto order = f.order();
    CHECK_FALSE(f.word(order).has_value());
    const auto wish = f.wish(order, 1, 5);
    f.say({order, f.now, wish.event, f.slot(2)});
    auto word = f.word(order).value();
    CHECK(word.order == order);
    CHECK(word.office == f.now);
    CHECK(word.wish == wish.event);
    CHECK(word.before == f.slot(2));
    f.say({order, f.now + hours{1}, std::nullopt, {}});
    word = f.word(order).value();
    CHECK(word.office == f.now + hours{1});
    CHECK_FALSE(word.wish.has_value());
    CHECK_FALSE(word.before.has_value());
    f.say({order, {}, wish.event, {}});
    CHECK(f.word(order)->wish == wish.event);
    CHECK_FALSE(f.word(order)->before.has_value());
    CHECK_FALSE(f.word(f.order()).has_value());
}
