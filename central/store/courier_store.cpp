#include "central/store/courier_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_courier =
    "SELECT courier_id, code, name, name_fold, phone, state, version, created_us, site_id, (SELECT COUNT(*) FROM "
    "courier_sign_in s WHERE s.courier_id = courier.courier_id) AS badges FROM courier ";

CourierRow courier_of(const sql::Row& row) {
    return {row.get<std::string>("courier_id"),
            row.get<std::string>("code"),
            row.get<std::string>("name"),
            row.get<std::string>("name_fold"),
            row.get<std::optional<std::string>>("phone"),
            row.get<std::string>("state") == "blocked",
            row.get<std::int64_t>("version"),
            row.get<core::TimeUs>("created_us"),
            row.get<std::optional<std::string>>("site_id"),
            row.get<std::int64_t>("badges") != 0};
}

const char* state_of(const CourierRow& courier) { return courier.blocked ? "blocked" : "active"; }

std::optional<CourierRow> maybe_courier(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return courier_of(*row);
}

}  // namespace

bool insert_courier(sql::Tx& tx, const CourierRow& c) {
    return tx.exec(
               "INSERT INTO courier (courier_id, code, name, name_fold, phone, state, version, created_us, site_id) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (code) DO NOTHING",
               c.id, c.code, c.name, c.name_fold, c.phone, state_of(c), c.version, c.created, c.site) == 1;
}

std::optional<CourierRow> find_courier(sql::Tx& tx, const std::string& id) {
    return maybe_courier(tx.one(std::string(select_courier) + "WHERE courier_id = $1", id));
}

std::optional<CourierRow> find_courier_by_code(sql::Tx& tx, const std::string& code) {
    return maybe_courier(tx.one(std::string(select_courier) + "WHERE code = $1", code));
}

std::optional<CourierRow> lock_courier(sql::Tx& tx, const std::string& id) {
    return maybe_courier(tx.one(std::string(select_courier) + "WHERE courier_id = $1 {for_update}", id));
}

core::Status update_courier(sql::Tx& tx, const CourierRow& c) {
    return tx.savepoint([&](sql::Tx& inner) -> core::Status {
        inner.exec(
            "UPDATE courier SET code = $2, name = $3, name_fold = $4, phone = $5, state = $6, site_id = $7, "
            "version = version + 1 WHERE courier_id = $1",
            c.id, c.code, c.name, c.name_fold, c.phone, state_of(c), c.site);
        return {};
    });
}

void touch_courier(sql::Tx& tx, const std::string& id) {
    tx.exec("UPDATE courier SET version = version + 1 WHERE courier_id = $1", id);
}

std::vector<CourierRow> couriers(sql::Tx& tx, const CourierQuery& query) {
    const auto after = query.after.value_or(std::pair<std::string, std::string>{});
    std::vector<CourierRow> result;
    for (const auto& row :
         tx.query(std::string(select_courier) + "WHERE state = $1 AND name_fold LIKE $2 ESCAPE '\\' "
                                                "AND (name_fold > $3 OR (name_fold = $3 AND courier_id > $4)) "
                                                "ORDER BY name_fold, courier_id LIMIT $5",
                  query.blocked ? "blocked" : "active", query.name_like, after.first, after.second, query.limit))
        result.push_back(courier_of(row));
    return result;
}

std::vector<CourierRow> all_couriers(sql::Tx& tx) {
    std::vector<CourierRow> result;
    for (const auto& row : tx.query(std::string(select_courier) + "WHERE state = 'active' ORDER BY courier_id"))
        result.push_back(courier_of(row));
    return result;
}

}  // namespace plus7::central::store
