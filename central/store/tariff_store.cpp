#include "central/store/tariff_store.hpp"

namespace plus7::central::store {
namespace {

using Number = std::int64_t;
using MaybeNumber = std::optional<std::int64_t>;
using MaybeText = std::optional<std::string>;

const std::string select_tariff =
    "SELECT tariff_id, name, currency, valid_from_us, base, outside, extra_kg, short_minutes, short_fee, late_minute, "
    "late_fee, cash_bp, cash_least, minimum, free_from, proof, state, version, created_us FROM tariff ";

void add_parts(sql::Tx& tx, TariffRow& tariff) {
    const auto rows = tx.query(
        "SELECT kind, what, up_to_g, amount FROM tariff_part WHERE tariff_id = $1 ORDER BY kind, up_to_g, what",
        tariff.id);
    for (const auto& row : rows) {
        const auto kind = row.get<std::string>("kind");
        const auto amount = row.get<Number>("amount");
        if (kind == "weight") tariff.weights.push_back({row.get<Number>("up_to_g"), amount});
        if (kind == "zone") tariff.zones[row.get<std::string>("what")] = amount;
        if (kind == "size") tariff.sizes[row.get<std::string>("what")] = amount;
    }
}

TariffRow tariff_of(sql::Tx& tx, const sql::Row& row) {
    TariffRow t;
    t.id = row.get<std::string>("tariff_id");
    t.name = row.get<std::string>("name");
    t.currency = row.get<std::string>("currency");
    t.valid_from = row.get<core::TimeUs>("valid_from_us");
    t.base = row.get<Number>("base");
    t.outside = row.get<MaybeNumber>("outside");
    t.extra_kg = row.get<Number>("extra_kg");
    t.short_minutes = row.get<Number>("short_minutes");
    t.short_fee = row.get<Number>("short_fee");
    t.late_minute = row.get<Number>("late_minute");
    t.late_fee = row.get<Number>("late_fee");
    t.cash_bp = row.get<Number>("cash_bp");
    t.cash_least = row.get<Number>("cash_least");
    t.minimum = row.get<Number>("minimum");
    t.free_from = row.get<MaybeNumber>("free_from");
    t.proof = row.get<std::string>("proof");
    t.is_open = row.get<std::string>("state") == "open";
    t.version = row.get<Number>("version");
    t.created = row.get<core::TimeUs>("created_us");
    add_parts(tx, t);
    return t;
}

std::optional<TariffRow> maybe_tariff(sql::Tx& tx, const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return tariff_of(tx, *row);
}

void insert_part(sql::Tx& tx, const std::string& tariff, const char* kind, const std::string& what, Number up_to_g,
                 Number amount) {
    tx.exec("INSERT INTO tariff_part (tariff_id, kind, what, up_to_g, amount) VALUES ($1, $2, $3, $4, $5)", tariff,
            kind, what, up_to_g, amount);
}

const char* state_of(bool is_open) { return is_open ? "open" : "archived"; }

}  // namespace

void insert_tariff(sql::Tx& tx, const TariffRow& t) {
    tx.exec(
        "INSERT INTO tariff (tariff_id, name, currency, valid_from_us, base, outside, extra_kg, short_minutes, "
        "short_fee, late_minute, late_fee, cash_bp, cash_least, minimum, free_from, proof, state, version, created_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        t.id, t.name, t.currency, t.valid_from, t.base, t.outside, t.extra_kg, t.short_minutes, t.short_fee,
        t.late_minute, t.late_fee, t.cash_bp, t.cash_least, t.minimum, t.free_from, t.proof, state_of(t.is_open),
        t.version, t.created);
    for (const auto& [zone, amount] : t.zones) insert_part(tx, t.id, "zone", zone, 0, amount);
    for (const auto& step : t.weights) insert_part(tx, t.id, "weight", "", step.up_to_g, step.amount);
    for (const auto& [size, amount] : t.sizes) insert_part(tx, t.id, "size", size, 0, amount);
}

void update_tariff_state(sql::Tx& tx, const std::string& id, bool is_open) {
    tx.exec("UPDATE tariff SET state = $2, version = version + 1 WHERE tariff_id = $1", id, state_of(is_open));
}

std::optional<TariffRow> find_tariff(sql::Tx& tx, const std::string& id) {
    return maybe_tariff(tx, tx.one(select_tariff + "WHERE tariff_id = $1", id));
}

std::optional<TariffRow> lock_tariff(sql::Tx& tx, const std::string& id) {
    return maybe_tariff(tx, tx.one(select_tariff + "WHERE tariff_id = $1 {for_update}", id));
}

std::vector<TariffRow> tariffs(sql::Tx& tx) {
    std::vector<TariffRow> all;
    const auto rows = tx.query(select_tariff + "ORDER BY valid_from_us DESC, tariff_id DESC");
    for (const auto& row : rows) all.push_back(tariff_of(tx, row));
    return all;
}

std::optional<TariffRow> tariff_at(sql::Tx& tx, const std::string& currency, core::TimeUs at) {
    return maybe_tariff(
        tx, tx.one(select_tariff + "WHERE state = 'open' AND currency = $1 AND valid_from_us <= $2 ORDER BY "
                                   "valid_from_us DESC, tariff_id DESC LIMIT 1",
                   currency, at));
}

void put_order_price(sql::Tx& tx, const OrderPriceRow& p) {
    tx.exec("DELETE FROM order_price_line WHERE order_id = $1", p.order);
    tx.exec("DELETE FROM order_price WHERE order_id = $1", p.order);
    tx.exec(
        "INSERT INTO order_price (order_id, zone_id, outside, size, slot_id, slot_from_us, tariff_id, currency, total) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        p.order, p.zone, p.outside ? Number{1} : Number{0}, p.size, p.slot, p.slot_from, p.tariff, p.currency, p.total);
    Number place = 0;
    for (const auto& line : p.lines)
        tx.exec(
            "INSERT INTO order_price_line (order_id, place, kind, what, measure, bound, amount) VALUES ($1, $2, $3, "
            "$4, $5, $6, $7)",
            p.order, place++, line.kind, line.what, line.measure, line.bound, line.amount);
}

std::optional<OrderPriceRow> find_order_price(sql::Tx& tx, const std::string& order) {
    const auto row = tx.one(
        "SELECT zone_id, outside, size, slot_id, slot_from_us, tariff_id, currency, total FROM order_price WHERE "
        "order_id = $1",
        order);
    if (!row) return std::nullopt;
    OrderPriceRow price{order,
                        row->get<MaybeText>("zone_id"),
                        row->get<Number>("outside") != 0,
                        row->get<MaybeText>("size"),
                        row->get<MaybeText>("slot_id"),
                        row->get<std::optional<core::TimeUs>>("slot_from_us"),
                        row->get<MaybeText>("tariff_id"),
                        row->get<MaybeText>("currency"),
                        row->get<MaybeNumber>("total"),
                        {}};
    const auto lines = tx.query(
        "SELECT kind, what, measure, bound, amount FROM order_price_line WHERE order_id = $1 ORDER BY place", order);
    for (const auto& line : lines)
        price.lines.push_back({line.get<std::string>("kind"), line.get<std::string>("what"),
                               line.get<Number>("measure"), line.get<Number>("bound"), line.get<Number>("amount")});
    return price;
}

}  // namespace plus7::central::store
