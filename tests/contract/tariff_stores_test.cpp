// Zone, slot and tariff stores: what goes in comes out.
#include "central/store/slot_store.hpp"
#include "central/store/tariff_store.hpp"
#include "central/store/zone_store.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

namespace {

store::ZoneRow zone(const std::string& id, std::int64_t priority, double west) {
    store::ZoneRow zone;
    zone.id = zone.name = zone.name_fold = id;
    zone.priority = priority;
    zone.shape = {{{{-1.5, west}, {-1.5, west + 1}, {2.25, west + 1}, {-1.5, west}}}, {{}, {}}};
    return zone;
}

}  // namespace

TEST_CASE_TEMPLATE("zones come back as they were, and only open ones whose box holds the place are near", Engine,
                   Sqlite, Postgres) {
    StoreFixture<Engine> f;
    f.run([&](sql::Tx& tx) {
        for (const auto& one : {zone("a", 1, -179.5), zone("b", 2, -179.25), zone("c", 3, 10)})
            store::insert_zone(tx, one);
    });
    const auto near = [&] { return f.ask([](sql::Tx& tx) { return store::zones_near(tx, {0, -179}); }); };
    REQUIRE(near().size() == 2);
    CHECK(near()[0].id == "b");
    CHECK(near()[1].shape == zone("a", 1, -179.5).shape);
    f.run([&](sql::Tx& tx) {
        auto one = store::lock_zone(tx, "b").value();
        one.is_open = false;
        store::update_zone(tx, one);
    });
    CHECK(near().size() == 1);
    CHECK(f.ask([](sql::Tx& tx) { return store::find_zone(tx, "b"); })->version == 2);
    CHECK(f.ask([](sql::Tx& tx) { return store::zones(tx); }).at(0).id == "c");
}

TEST_CASE_TEMPLATE("rules of a zone are its own and everybody's, archived ones left out", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    f.run([&](sql::Tx& tx) {
        store::insert_zone(tx, zone("a", 1, 0));
        store::SlotRuleRow rule;
        rule.weekdays = 1;
        for (const auto* id : {"everywhere", "own", "old"}) {
            rule.id = id;
            rule.zone = rule.id == "own" ? std::optional<std::string>("a") : std::nullopt;
            rule.is_open = rule.id != "old";
            store::insert_slot_rule(tx, rule);
        }
    });
    const auto count = [&](std::optional<std::string> of) {
        return f.ask([&](sql::Tx& tx) { return store::open_slot_rules(tx, of); }).size();
    };
    CHECK(count("a") == 2);
    CHECK(count("b") == 1);
    CHECK(count(std::nullopt) == 1);
    CHECK(f.ask([](sql::Tx& tx) { return store::slot_rules(tx); }).size() == 3);
}

TEST_CASE_TEMPLATE("of a currency holds the latest open tariff whose time has come", Engine, Sqlite, Postgres) {
    StoreFixture<Engine> f;
    const auto put = [&](const std::string& id, std::chrono::hours from, const std::string& currency) {
        f.run([&](sql::Tx& tx) {
            store::TariffRow tariff;
            tariff.id = tariff.name = id;
            tariff.currency = currency;
            tariff.valid_from = f.now + from;
            tariff.zones = {{"z", 5}};
            tariff.sizes = {{"l", 7}, {"xl", 9}};
            tariff.weights = {{500, 1}, {20'000, 2}};
            tariff.free_from = 99;
            store::insert_tariff(tx, tariff);
        });
    };
    const auto holds = [&](std::chrono::hours at) {
        const auto found = f.ask([&](sql::Tx& tx) { return store::tariff_at(tx, "RUB", f.now + at); });
        return found ? found->id : "";
    };
    using std::chrono::hours;
    put("first", hours{0}, "RUB");
    put("second", hours{10}, "RUB");
    put("other", hours{5}, "KZT");
    CHECK(holds(hours{-1}) == "");
    CHECK(holds(hours{9}) == "first");
    CHECK(holds(hours{10}) == "second");
    f.run([&](sql::Tx& tx) { store::update_tariff_state(tx, "second", false); });
    CHECK(holds(hours{11}) == "first");
    const auto back = f.ask([&](sql::Tx& tx) { return store::find_tariff(tx, "second"); }).value();
    CHECK(back.version == 2);
    CHECK(back.weights == std::vector<store::WeightStep>{{500, 1}, {20'000, 2}});
    CHECK(back.sizes.at("xl") == 9);
    CHECK(back.zones.at("z") == 5);
    CHECK(back.free_from == 99);
    CHECK_FALSE(back.outside.has_value());
}
