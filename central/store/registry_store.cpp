#include "central/store/registry_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

constexpr const char* columns =
    "r.registry_id, r.number, r.outer_number, r.sender, r.site_id, r.state, r.total, r.version, r.created_us, "
    "r.created_by, r.closed_us";

const std::string select_registry = std::string("SELECT ") + columns + " FROM registry r ";

// Come: not the sender's any more, or gone back to him. Called off before that: given up.
const std::string select_summary =
    std::string("SELECT ") + columns +
    ", (SELECT COUNT(*) FROM registry_line l JOIN custody c ON c.parcel_id = l.parcel_id WHERE l.registry_id = "
    "r.registry_id AND c.status <> 'cancelled') AS expected, (SELECT COUNT(*) FROM registry_line l JOIN custody c ON "
    "c.parcel_id = l.parcel_id WHERE l.registry_id = r.registry_id AND (c.holder_kind <> 'seller' OR c.status = "
    "'returned')) AS arrived FROM registry r ";

RegistryRow registry_of(const sql::Row& row) {
    return {row.get<std::string>("registry_id"),
            row.get<std::string>("number"),
            row.get<Text>("outer_number"),
            row.get<std::string>("sender"),
            row.get<std::string>("site_id"),
            row.get<std::string>("state"),
            row.get<std::int64_t>("total"),
            row.get<std::int64_t>("version"),
            row.get<core::TimeUs>("created_us"),
            row.get<Text>("created_by"),
            row.get<std::optional<core::TimeUs>>("closed_us")};
}

std::optional<RegistryRow> maybe_registry(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return registry_of(*row);
}

RegistrySummary summary_of(const sql::Row& row) {
    return {registry_of(row), row.get<std::int64_t>("expected"), row.get<std::int64_t>("arrived")};
}

}  // namespace

std::int64_t next_registry_number(sql::Tx& tx) {
    return tx.one("UPDATE registry_number SET last = last + 1 WHERE one = 1 RETURNING last")->get<std::int64_t>(0);
}

void insert_registry(sql::Tx& tx, const RegistryRow& r) {
    tx.exec(
        "INSERT INTO registry (registry_id, number, outer_number, sender, site_id, state, total, version, created_us, "
        "created_by, closed_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        r.id, r.number, r.outer_number, r.sender, r.site, r.state, r.total, r.version, r.created, r.created_by,
        r.closed);
}

std::optional<RegistryRow> find_registry(sql::Tx& tx, const std::string& id) {
    return maybe_registry(tx.one(select_registry + "WHERE r.registry_id = $1", id));
}

std::optional<RegistryRow> lock_registry(sql::Tx& tx, const std::string& id) {
    return maybe_registry(tx.one(select_registry + "WHERE r.registry_id = $1 {for_update}", id));
}

std::optional<RegistrySummary> find_registry_summary(sql::Tx& tx, const std::string& id) {
    const auto row = tx.one(select_summary + "WHERE r.registry_id = $1", id);
    if (!row) return std::nullopt;
    return summary_of(*row);
}

std::vector<RegistrySummary> registries(sql::Tx& tx, const RegistryQuery& query) {
    std::string where;
    std::vector<sql::Param> params;
    const auto add = [&](const sql::Param& param) {
        params.push_back(param);
        return "$" + std::to_string(params.size());
    };
    const auto require = [&](const std::string& condition) {
        where += (where.empty() ? "WHERE " : " AND ") + condition;
    };
    if (!query.state.empty()) require("r.state = " + add(query.state));
    if (!query.site.empty()) require("r.site_id = " + add(query.site));
    if (query.before) {
        const auto time = add(query.before->first);
        const auto id = add(query.before->second);
        require("(r.created_us < " + time + " OR (r.created_us = " + time + " AND r.registry_id < " + id + "))");
    }
    const auto limit = add(query.limit);
    std::vector<RegistrySummary> found;
    for (const auto& row : tx.query_with(
             select_summary + where + " ORDER BY r.created_us DESC, r.registry_id DESC LIMIT " + limit, params))
        found.push_back(summary_of(row));
    return found;
}

std::optional<RegistryRow> find_registry_of(sql::Tx& tx, const std::string& sender, const std::string& site,
                                            const std::string& outer_number) {
    return maybe_registry(tx.one(select_registry +
                                     "WHERE r.sender = $1 AND r.outer_number = $2 AND r.site_id = $3 ORDER BY "
                                     "r.created_us DESC, r.registry_id DESC LIMIT 1",
                                 sender, outer_number, site));
}

void update_registry(sql::Tx& tx, const RegistryRow& r) {
    tx.exec("UPDATE registry SET state = $2, total = $3, closed_us = $4, version = version + 1 WHERE registry_id = $1",
            r.id, r.state, r.total, r.closed);
}

bool add_registry_line(sql::Tx& tx, const std::string& registry, const std::string& parcel) {
    return tx.exec(
               "INSERT INTO registry_line (registry_id, line, parcel_id) SELECT CAST($1 AS TEXT), "
               "(SELECT COALESCE(MAX(line), 0) + 1 FROM registry_line WHERE registry_id = $1), CAST($2 AS TEXT) "
               "WHERE NOT EXISTS (SELECT 1 FROM registry_line WHERE registry_id = $1 AND parcel_id = $2)",
               registry, parcel) == 1;
}

std::vector<RegistryLine> registry_lines(sql::Tx& tx, const std::string& registry, std::int64_t after, int limit) {
    std::vector<RegistryLine> lines;
    for (const auto& row : tx.query(
             "SELECT l.line, l.parcel_id, o.order_id, o.number, o.outer_ref, o.recipient, c.status, (SELECT k.code "
             "FROM parcel_code k WHERE k.parcel_id = l.parcel_id ORDER BY k.place DESC LIMIT 1) AS code FROM "
             "registry_line l JOIN parcel p ON p.parcel_id = l.parcel_id JOIN customer_order o ON o.order_id = "
             "p.order_id JOIN custody c ON c.parcel_id = l.parcel_id WHERE l.registry_id = $1 AND l.line > $2 ORDER BY "
             "l.line, l.parcel_id LIMIT $3",
             registry, after, limit))
        lines.push_back({row.get<std::int64_t>("line"), row.get<std::string>("parcel_id"),
                         row.get<std::string>("order_id"), row.get<std::string>("number"), row.get<Text>("outer_ref"),
                         row.get<std::string>("recipient"), row.get<std::string>("code"),
                         row.get<std::string>("status")});
    return lines;
}

}  // namespace plus7::central::store
