#include "central/app/couriers/sign_in.hpp"

#include "central/app/couriers/couriers.hpp"
#include "central/store/migrations.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
namespace couriers = app::couriers;

TEST_CASE("a PIN that a finder would try first is none") {
    for (const auto* pin : {"0000", "7777", "1234", "7890", "4321", "2468", "1212", "1122", "1987", "2026"})
        CHECK_MESSAGE(couriers::is_guessable(pin), pin);
    for (const auto* pin : {"4071", "8350", "0192"}) CHECK_MESSAGE(!couriers::is_guessable(pin), pin);
}

TEST_CASE("a PIN has four digits, is not guessable, and is what its verifier takes") {
    for (int i = 0; i < 20; ++i) {
        const auto made = couriers::make_pin();
        CHECK(made.pin.size() == 4);
        CHECK(made.pin.find_first_not_of("0123456789") == std::string::npos);
        CHECK_FALSE(couriers::is_guessable(made.pin));
        CHECK(crypto::verifies(made.verifier, made.pin));
    }
}

TEST_CASE_TEMPLATE("badge and PIN of a courier are kept, changed and taken away, and give his row the next version",
                   Engine, test::Sqlite, test::Postgres) {
    Engine engine;
    const auto database = engine.open();
    REQUIRE(sql::migrate(*database, store::migrations()).ok());
    const auto first = couriers::make_pin(), second = couriers::make_pin();
    core::Hash badge;
    badge.value[0] = 7;
    const auto done = database->write([&](sql::Tx& tx) {
        const auto id = couriers::create(tx, {"Анна", "C-1", {}}, core::time_us(1)).value().id;
        CHECK(couriers::give_pin(tx, id, first.verifier).error().kind == core::ErrorKind::conflict);
        CHECK(couriers::give_badge(tx, id, {badge, first.verifier}).ok());
        CHECK(store::find_courier(tx, id)->has_badge);
        CHECK(store::find_courier(tx, id)->version == 2);
        CHECK(store::find_sign_in(tx, id) == store::SignIn{badge, first.verifier});
        CHECK(couriers::give_pin(tx, id, second.verifier).ok());
        CHECK(store::find_sign_in(tx, id) == store::SignIn{badge, second.verifier});
        CHECK(couriers::remove_badge(tx, id).ok());
        CHECK_FALSE(store::find_courier(tx, id)->has_badge);
        CHECK_FALSE(store::find_sign_in(tx, id));
        CHECK(couriers::remove_badge(tx, "nobody").error().kind == core::ErrorKind::not_found);
    });
    REQUIRE(done.ok());
}
