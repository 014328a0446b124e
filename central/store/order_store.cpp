#include "central/store/order_store.hpp"

#include "central/store/in_list.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* columns =
    "o.order_id, o.number, o.outer_ref, o.sender, o.recipient, o.recipient_fold, o.phone, o.address, o.entrance, "
    "o.floor, o.intercom, o.comment, o.lat_e7, o.lon_e7, o.slot_from_us, o.slot_to_us, o.due_minor, o.due_currency, "
    "o.proof, o.secret, o.code_salt, o.code_hash, o.version, o.created_us, o.point_id, o.code_counter";

using Text = std::optional<std::string>;

std::optional<Slot> slot_of(const sql::Row& row) {
    const auto from = row.get<std::optional<core::TimeUs>>("slot_from_us");
    const auto to = row.get<std::optional<core::TimeUs>>("slot_to_us");
    if (!from || !to) return std::nullopt;
    return Slot{*from, *to};
}

std::optional<Money> due_of(const sql::Row& row) {
    const auto minor = row.get<std::optional<std::int64_t>>("due_minor");
    if (!minor) return std::nullopt;
    return Money{*minor, row.get<std::string>("due_currency")};
}

OrderRow order_of(const sql::Row& row) {
    OrderRow order;
    order.id = row.get<std::string>("order_id");
    order.number = row.get<std::string>("number");
    order.outer_ref = row.get<Text>("outer_ref");
    order.sender = row.get<std::string>("sender");
    order.recipient = row.get<std::string>("recipient");
    order.recipient_fold = row.get<std::string>("recipient_fold");
    order.phone = row.get<Text>("phone");
    order.address = row.get<std::string>("address");
    order.entrance = row.get<Text>("entrance");
    order.floor = row.get<Text>("floor");
    order.intercom = row.get<Text>("intercom");
    order.comment = row.get<Text>("comment");
    order.where = place_of(row);
    order.slot = slot_of(row);
    order.due = due_of(row);
    order.proof = row.get<std::string>("proof");
    order.secret = row.get<OrderSecret>("secret");
    order.verifier.salt = row.get<crypto::CodeSalt>("code_salt");
    order.verifier.hash = row.get<core::Hash>("code_hash");
    order.version = row.get<std::int64_t>("version");
    order.created = row.get<core::TimeUs>("created_us");
    order.point = row.get<Text>("point_id");
    order.code_counter = row.get<std::int64_t>("code_counter");
    return order;
}

std::optional<OrderRow> maybe_order(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return order_of(*row);
}

const std::string select_line = std::string("SELECT ") + columns +
                                ", s.status, a.courier_id, (SELECT COUNT(*) FROM parcel p WHERE p.order_id = "
                                "o.order_id) AS parcels FROM customer_order o "
                                "JOIN order_state s ON s.order_id = o.order_id "
                                "LEFT JOIN assignment a ON a.order_id = o.order_id ";

OrderLine line_of(const sql::Row& row) {
    return {order_of(row), row.get<std::string>("status"), row.get<std::int64_t>("parcels"),
            row.get<Text>("courier_id")};
}

std::optional<core::TimeUs> from_of(const OrderRow& order) {
    return order.slot ? std::optional(order.slot->from) : std::nullopt;
}
std::optional<core::TimeUs> to_of(const OrderRow& order) {
    return order.slot ? std::optional(order.slot->to) : std::nullopt;
}
std::optional<std::int64_t> minor_of(const OrderRow& order) {
    return order.due ? std::optional(order.due->minor) : std::nullopt;
}
Text currency_of(const OrderRow& order) { return order.due ? Text(order.due->currency) : std::nullopt; }

// Collects the parts of a query that are asked for, with their parameters.
struct Conditions {
    std::string sql;
    std::vector<sql::Param> params;

    std::string add(const sql::Param& param) {
        params.push_back(param);
        return "$" + std::to_string(params.size());
    }
    void require(const std::string& condition) { sql += (sql.empty() ? "WHERE " : " AND ") + condition; }
};

void add_search(Conditions& where, const OrderQuery& query) {
    if (query.number_like == "%" && query.recipient_like == "%" && query.code_like == "%") return;
    const auto number = where.add(query.number_like);
    const auto recipient = where.add(query.recipient_like);
    const auto code = where.add(query.code_like);
    where.require("(o.number LIKE " + number + " ESCAPE '\\' OR o.outer_ref LIKE " + code +
                  " ESCAPE '\\' OR o.recipient_fold LIKE " + recipient +
                  " ESCAPE '\\' OR EXISTS (SELECT 1 FROM parcel q JOIN parcel_code c ON c.parcel_id = q.parcel_id "
                  "WHERE q.order_id = o.order_id AND c.code LIKE " +
                  code + " ESCAPE '\\'))");
}

void add_statuses(Conditions& where, const std::vector<std::string>& statuses) {
    if (statuses.empty()) return;
    std::string list;
    for (const auto& status : statuses) list += (list.empty() ? "" : ", ") + where.add(status);
    where.require("s.status IN (" + list + ")");
}

void insert_codes(sql::Tx& tx, const ParcelRow& p) {
    for (std::size_t place = 0; place < p.codes.size(); ++place)
        tx.exec("INSERT INTO parcel_code (parcel_id, place, code) VALUES ($1, $2, $3)", p.id, place, p.codes[place]);
}

}  // namespace

bool is_over(std::string_view status) { return status == "delivered" || status == "returned" || status == "cancelled"; }

std::int64_t take_order_numbers(sql::Tx& tx, std::int64_t count) {
    const auto last = tx.one("UPDATE order_number SET last = last + $1 WHERE one = 1 RETURNING last", count);
    return last->get<std::int64_t>(0) - count + 1;
}

void insert_order(sql::Tx& tx, const OrderRow& o) {
    tx.exec(
        "INSERT INTO customer_order (order_id, number, outer_ref, sender, recipient, recipient_fold, phone, address, "
        "entrance, floor, intercom, comment, lat_e7, lon_e7, slot_from_us, slot_to_us, due_minor, due_currency, proof, "
        "secret, code_salt, code_hash, version, created_us, point_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
        o.id, o.number, o.outer_ref, o.sender, o.recipient, o.recipient_fold, o.phone, o.address, o.entrance, o.floor,
        o.intercom, o.comment, lat_e7(o.where), lon_e7(o.where), from_of(o), to_of(o), minor_of(o), currency_of(o),
        o.proof, o.secret, o.verifier.salt, o.verifier.hash, o.version, o.created, o.point);
}

void update_order(sql::Tx& tx, const OrderRow& o) {
    tx.exec(
        "UPDATE customer_order SET outer_ref = $2, recipient = $3, recipient_fold = $4, phone = $5, address = $6, "
        "entrance = $7, floor = $8, intercom = $9, comment = $10, lat_e7 = $11, lon_e7 = $12, slot_from_us = $13, "
        "slot_to_us = $14, due_minor = $15, due_currency = $16, proof = $17, point_id = $18, version = version + 1 "
        "WHERE order_id = $1",
        o.id, o.outer_ref, o.recipient, o.recipient_fold, o.phone, o.address, o.entrance, o.floor, o.intercom,
        o.comment, lat_e7(o.where), lon_e7(o.where), from_of(o), to_of(o), minor_of(o), currency_of(o), o.proof,
        o.point);
}

void set_order_code(sql::Tx& tx, const OrderRow& o) {
    tx.exec(
        "UPDATE customer_order SET code_counter = $2, code_salt = $3, code_hash = $4, version = version + 1 WHERE "
        "order_id = $1",
        o.id, o.code_counter, o.verifier.salt, o.verifier.hash);
}

void touch_order(sql::Tx& tx, const std::string& id) {
    tx.exec("UPDATE customer_order SET version = version + 1 WHERE order_id = $1", id);
}

void insert_parcel(sql::Tx& tx, const ParcelRow& p) {
    tx.exec("INSERT INTO parcel (parcel_id, order_id, number, what, weight_g) VALUES ($1, $2, $3, $4, $5)", p.id,
            p.order, p.number, p.what, p.weight_g);
    insert_codes(tx, p);
}

void update_parcel(sql::Tx& tx, const ParcelRow& p) {
    tx.exec("UPDATE parcel SET what = $2, weight_g = $3 WHERE parcel_id = $1", p.id, p.what, p.weight_g);
    tx.exec("DELETE FROM parcel_code WHERE parcel_id = $1", p.id);
    insert_codes(tx, p);
}

std::optional<OrderRow> find_order(sql::Tx& tx, const std::string& id) {
    return maybe_order(tx.one(std::string("SELECT ") + columns + " FROM customer_order o WHERE o.order_id = $1", id));
}

std::optional<OrderRow> lock_order(sql::Tx& tx, const std::string& id) {
    return maybe_order(
        tx.one(std::string("SELECT ") + columns + " FROM customer_order o WHERE o.order_id = $1 {for_update}", id));
}

std::optional<OrderRow> find_order_by_ref(sql::Tx& tx, const std::string& sender, const std::string& outer_ref) {
    return maybe_order(
        tx.one(std::string("SELECT ") + columns + " FROM customer_order o WHERE o.sender = $1 AND o.outer_ref = $2",
               sender, outer_ref));
}

std::optional<OrderLine> find_order_line(sql::Tx& tx, const std::string& id) {
    auto found = order_lines(tx, {id});
    if (found.empty()) return std::nullopt;
    return std::move(found.begin()->second);
}

std::map<std::string, OrderLine> order_lines(sql::Tx& tx, const std::vector<std::string>& ids) {
    std::map<std::string, OrderLine> lines;
    each_of_ids(tx, select_line + "WHERE o.order_id IN {ids}", {}, ids, [&](const sql::Row& row) {
        auto line = line_of(row);
        lines.emplace(line.order.id, std::move(line));
    });
    return lines;
}

std::vector<OrderLine> orders(sql::Tx& tx, const OrderQuery& query) {
    Conditions where;
    add_search(where, query);
    add_statuses(where, query.statuses);
    if (query.courier) where.require("a.courier_id = " + where.add(*query.courier));
    if (query.point) where.require("o.point_id = " + where.add(*query.point));
    if (query.unplanned) where.require("a.courier_id IS NULL");
    if (query.sender) where.require("o.sender = " + where.add(*query.sender));
    if (query.outer_ref) where.require("o.outer_ref = " + where.add(*query.outer_ref));
    if (query.before) {
        const auto time = where.add(query.before->first);
        const auto id = where.add(query.before->second);
        where.require("(o.created_us < " + time + " OR (o.created_us = " + time + " AND o.order_id < " + id + "))");
    }
    const auto limit = where.add(query.limit);
    std::vector<OrderLine> found;
    const auto rows = tx.query_with(
        select_line + where.sql + " ORDER BY o.created_us DESC, o.order_id DESC LIMIT " + limit, where.params);
    for (const auto& row : rows) found.push_back(line_of(row));
    return found;
}

std::vector<OrderLine> open_orders(sql::Tx& tx, bool planned, int limit) {
    std::vector<OrderLine> found;
    const std::string whose = planned ? "a.courier_id IS NOT NULL " : "a.courier_id IS NULL ";
    for (const auto& row : tx.query(select_line + "WHERE s.status NOT IN ('delivered', 'returned', 'cancelled') AND " +
                                        whose + "ORDER BY o.created_us, o.order_id LIMIT $1",
                                    limit))
        found.push_back(line_of(row));
    return found;
}

std::vector<ParcelRow> parcels_of(sql::Tx& tx, const std::string& order) {
    return parcels_of_orders(tx, {order})[order];
}

std::map<std::string, std::vector<ParcelRow>> parcels_of_orders(sql::Tx& tx, const std::vector<std::string>& orders) {
    std::map<std::string, std::vector<ParcelRow>> all;
    const auto take = [&](const sql::Row& row) {
        const auto id = row.get<std::string>("parcel_id"), order = row.get<std::string>("order_id");
        auto& parcels = all[order];
        if (parcels.empty() || parcels.back().id != id)
            parcels.push_back({id,
                               order,
                               row.get<std::int64_t>("number"),
                               {},
                               row.get<Text>("what"),
                               row.get<std::optional<std::int64_t>>("weight_g")});
        parcels.back().codes.push_back(row.get<std::string>("code"));
    };
    each_of_ids(tx,
                "SELECT p.parcel_id, p.order_id, p.number, p.what, p.weight_g, c.code FROM parcel p JOIN parcel_code c "
                "ON c.parcel_id = p.parcel_id WHERE p.order_id IN {ids} ORDER BY p.number, c.place",
                {}, orders, take);
    return all;
}

std::optional<std::string> find_number_by_code(sql::Tx& tx, const std::string& sender, const std::string& code,
                                               const std::string& order) {
    const auto row = tx.one(
        "SELECT MIN(o.number) AS number FROM parcel_code c JOIN parcel p ON p.parcel_id = c.parcel_id JOIN "
        "customer_order o ON o.order_id = p.order_id JOIN order_state s ON s.order_id = o.order_id WHERE c.code = $2 "
        "AND o.sender = $1 AND o.order_id <> $3 AND s.status NOT IN ('delivered', 'returned', 'cancelled')",
        sender, code, order);
    return row->get<Text>(0);
}

}  // namespace plus7::central::store
