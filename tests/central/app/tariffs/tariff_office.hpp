// An office with one zone, "Город", on either engine; what it enters is settled as orders are.
#pragma once
#include "central/app/orders/outer_refs.hpp"
#include "central/app/orders/sites.hpp"
#include "central/app/tariffs/tariffs.hpp"
#include "central/store/migrations.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

namespace store = central::store;
namespace orders = central::app::orders;
using namespace central::app::tariffs;

inline constexpr core::LatLon inside{55.5, 37.5}, outside{50, 30};

inline store::Shape box(double south, double west, double north, double east) {
    return {{{{south, west}, {south, east}, {north, east}, {north, west}, {south, west}}}};
}

inline ZoneDraft draft(const std::string& name, const store::Shape& shape, std::int64_t priority = 0) {
    ZoneDraft draft;
    draft.data.name = name;
    draft.data.priority = priority;
    draft.shape = shape;
    return draft;
}

template <typename Engine>
struct Office {
    Engine engine;
    std::unique_ptr<sql::Database> database = engine.open();
    core::TimeUs now = *core::from_iso8601("2026-11-23T06:00:00Z");  // a Monday, 9:00 in Moscow

    Office() {
        REQUIRE(sql::migrate(*database, store::migrations()).ok());
        run([&](core::Tx& tx) { return import_zones(tx, {draft("Город", box(55, 37, 56, 38))}, true, now); });
    }
    template <typename Fn>
    auto run(Fn fn) {
        auto result = database->write(fn);
        REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
        return std::move(*result);
    }
    std::optional<std::string> zone_name(core::LatLon place) {
        const auto zone = run([&](core::Tx& tx) { return locate(tx, place).zone; });
        return zone ? std::optional(zone->name) : std::nullopt;
    }
    std::string slot(std::int64_t from_minute, std::int64_t to_minute, std::int64_t capacity,
                     std::int64_t cut_off = 0) {
        store::SlotRuleRow rule;
        rule.weekdays = 0b0011111;
        rule.from_minute = from_minute;
        rule.to_minute = to_minute;
        rule.capacity = capacity;
        rule.cut_off = cut_off;
        return run([&](core::Tx& tx) { return create_slot_rule(tx, rule, now).value().id; });
    }
    std::vector<OfferedSlot> offered(int days) {
        return run([&](core::Tx& tx) { return offered_slots(tx, locate(tx, inside).zone, now, days); });
    }
    std::string tariff(std::int64_t base, core::TimeUs valid_from) {
        store::TariffRow tariff;
        tariff.name = "Основной";
        tariff.base = base;
        tariff.valid_from = valid_from;
        tariff.proof = "code,photo";
        tariff.weights = {{2000, 0}, {10'000, 7'000}};
        return run([&](core::Tx& tx) { return create_tariff(tx, tariff, now).value().id; });
    }
    store::SiteRow point(const std::string& name, core::LatLon where) {
        orders::SiteChange site;
        site.name = name;
        site.address = "ул. Новая, 5";
        site.where = std::optional(where);
        return run([&](core::Tx& tx) { return orders::create_site(tx, false, site, now).value(); });
    }
    static orders::NewOrder asked(std::optional<core::LatLon> where, std::optional<store::Slot> slot = {}) {
        orders::NewOrder order;
        order.sender = "Лавка";
        order.terms.recipient = {"Ольга Мельник", {}};
        order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        order.terms.where = where;
        order.terms.slot = slot;
        order.parcels.push_back({{}, {}, 1200});
        return order;
    }
    core::Result<store::OrderRow> enter(const orders::NewOrder& order) {
        const auto prepared = orders::prepare(run([](core::Tx& tx) { return orders::take_numbers(tx, 1); }));
        return database->write([&](core::Tx& tx) { return orders::create(tx, {"staff", now}, order, prepared); });
    }
    store::OrderRow order(core::LatLon where, std::optional<store::Slot> slot = {}) {
        return enter(asked(where, slot)).value();
    }
    // As a shop's own system.
    core::Result<orders::Placed> place(const orders::NewOrder& order) {
        const auto prepared = orders::prepare(run([](core::Tx& tx) { return orders::take_numbers(tx, 1); }));
        return database->write([&](core::Tx& tx) { return orders::place(tx, {{}, now}, order, prepared); });
    }
    core::Result<store::OrderRow> change(const store::OrderRow& row, const orders::OrderChange& change) {
        return database->write([&](core::Tx& tx) { return orders::change(tx, row.id, change, now); });
    }
    core::Status settled(const store::OrderRow& row, const Settling& how = {}) {
        const auto done = database->write([&](core::Tx& tx) { return settle(tx, row, how, now); });
        return done;
    }
    store::OrderPriceRow price(const store::OrderRow& row) {
        return run([&](core::Tx& tx) { return store::find_order_price(tx, row.id).value(); });
    }
};

inline store::Slot window(const OfferedSlot& slot) { return {slot.from, slot.to}; }

}  // namespace plus7::test
