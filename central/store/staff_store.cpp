#include "central/store/staff_store.hpp"

namespace plus7::central::store {
namespace {

constexpr std::string_view columns =
    "s.staff_id, s.login, s.name, s.name_fold, s.roles, s.state, s.password, s.totp_secret, s.totp_new, s.totp_step, "
    "s.language, s.version, s.created_us, s.seen_us";

StaffRow staff_of(const sql::Row& row) {
    StaffRow staff;
    staff.staff_id = row.get<std::string>("staff_id");
    staff.login = row.get<std::string>("login");
    staff.name = row.get<std::string>("name");
    staff.name_fold = row.get<std::string>("name_fold");
    staff.roles = row.get<std::string>("roles");
    staff.state = row.get<std::string>("state");
    staff.password = row.get<std::optional<std::string>>("password");
    staff.totp_secret = row.get<std::optional<core::Bytes>>("totp_secret");
    staff.totp_new = row.get<std::optional<core::Bytes>>("totp_new");
    staff.totp_step = row.get<std::uint64_t>("totp_step");
    staff.language = row.get<std::string>("language");
    staff.version = row.get<std::int64_t>("version");
    staff.created = row.get<core::TimeUs>("created_us");
    staff.seen = row.get<std::optional<core::TimeUs>>("seen_us");
    return staff;
}

std::string select(std::string_view rest) {
    return "SELECT " + std::string(columns) + " FROM staff s " + std::string(rest);
}

std::optional<StaffRow> one_staff(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return staff_of(*row);
}

std::vector<StaffRow> all_staff(const sql::Rows& rows) {
    std::vector<StaffRow> all;
    for (const auto& row : rows) all.push_back(staff_of(row));
    return all;
}

}  // namespace

bool insert_staff(sql::Tx& tx, const StaffRow& staff) {
    return tx.exec(
               "INSERT INTO staff (staff_id, login, name, name_fold, roles, state, password, language, version, "
               "created_us) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (login) DO NOTHING",
               staff.staff_id, staff.login, staff.name, staff.name_fold, staff.roles, staff.state, staff.password,
               staff.language, staff.version, staff.created) == 1;
}

std::optional<StaffRow> find_staff(sql::Tx& tx, const std::string& staff_id) {
    return one_staff(tx.one(select("WHERE s.staff_id = $1"), staff_id));
}

std::optional<StaffRow> find_staff_by_login(sql::Tx& tx, const std::string& login) {
    return one_staff(tx.one(select("WHERE s.login = $1"), login));
}

std::optional<StaffRow> lock_staff(sql::Tx& tx, const std::string& staff_id) {
    return one_staff(tx.one(select("WHERE s.staff_id = $1 {for_update}"), staff_id));
}

std::vector<StaffRow> active_staff(sql::Tx& tx) {
    return all_staff(tx.query(select("WHERE s.state = 'active' ORDER BY s.staff_id")));
}

std::vector<StaffRow> lock_active_staff(sql::Tx& tx) {
    return all_staff(tx.query(select("WHERE s.state = 'active' ORDER BY s.staff_id {for_update}")));
}

std::vector<StaffLine> staff_lines(sql::Tx& tx, const StaffQuery& query) {
    std::vector<sql::Param> params;
    const auto bind = [&](const sql::Param& value) {
        params.push_back(value);
        return "$" + std::to_string(params.size());
    };
    const auto now = bind(query.now), seen_after = bind(query.seen_after);
    auto sql = "SELECT " + std::string(columns) +
               ", (SELECT COUNT(*) FROM staff_session o WHERE o.staff_id = s.staff_id AND o.expires_us > " + now +
               " AND o.seen_us > " + seen_after +
               ") AS sessions, (SELECT MAX(l.expires_us) FROM staff_link l WHERE l.staff_id = s.staff_id AND "
               "l.used_us IS NULL AND l.expires_us > " +
               now + ") AS invited_until_us FROM staff s WHERE 1 = 1";
    if (!query.name_pattern.empty()) sql += " AND s.name_fold LIKE " + bind(query.name_pattern) + " ESCAPE '\\'";
    if (query.only) sql += " AND s.staff_id = " + bind(*query.only);
    if (query.after) {
        const auto name = bind(query.after->first), id = bind(query.after->second);
        sql += " AND (s.name_fold > " + name + " OR (s.name_fold = " + name + " AND s.staff_id > " + id + "))";
    }
    sql += " ORDER BY s.name_fold, s.staff_id LIMIT " + bind(query.limit);
    std::vector<StaffLine> lines;
    for (const auto& row : tx.query_with(sql, params)) {
        lines.push_back({staff_of(row), row.get<std::int64_t>("sessions"),
                         row.get<std::optional<core::TimeUs>>("invited_until_us")});
    }
    return lines;
}

void update_staff(sql::Tx& tx, const StaffRow& staff) {
    tx.exec(
        "UPDATE staff SET name = $2, name_fold = $3, roles = $4, state = $5, language = $6, version = version + 1 "
        "WHERE staff_id = $1",
        staff.staff_id, staff.name, staff.name_fold, staff.roles, staff.state, staff.language);
}

void set_staff_password(sql::Tx& tx, const std::string& staff_id, const std::string& password) {
    tx.exec("UPDATE staff SET password = $2 WHERE staff_id = $1", staff_id, password);
}

void set_staff_totp(sql::Tx& tx, const StaffRow& staff) {
    tx.exec("UPDATE staff SET totp_secret = $2, totp_new = $3, totp_step = $4 WHERE staff_id = $1", staff.staff_id,
            staff.totp_secret, staff.totp_new, staff.totp_step);
}

void set_staff_seen(sql::Tx& tx, const std::string& staff_id, core::TimeUs seen) {
    tx.exec("UPDATE staff SET seen_us = $2 WHERE staff_id = $1", staff_id, seen);
}

void replace_recovery_codes(sql::Tx& tx, const std::string& staff_id, const std::vector<core::Hash>& codes) {
    tx.exec("DELETE FROM staff_recovery WHERE staff_id = $1", staff_id);
    for (const auto& code : codes)
        tx.exec("INSERT INTO staff_recovery (staff_id, code_hash) VALUES ($1, $2)", staff_id, code);
}

bool take_recovery_code(sql::Tx& tx, const std::string& staff_id, const core::Hash& code) {
    return tx.exec("DELETE FROM staff_recovery WHERE staff_id = $1 AND code_hash = $2", staff_id, code) == 1;
}

void insert_link(sql::Tx& tx, const LinkRow& link) {
    tx.exec("INSERT INTO staff_link (token_hash, staff_id, expires_us, used_us) VALUES ($1, $2, $3, $4)", link.token,
            link.staff_id, link.expires, link.used);
}

std::optional<LinkRow> find_link(sql::Tx& tx, const core::Hash& token) {
    const auto row =
        tx.one("SELECT token_hash, staff_id, expires_us, used_us FROM staff_link WHERE token_hash = $1", token);
    if (!row) return std::nullopt;
    return LinkRow{row->get<core::Hash>(0), row->get<std::optional<std::string>>(1), row->get<core::TimeUs>(2),
                   row->get<std::optional<core::TimeUs>>(3)};
}

bool use_link(sql::Tx& tx, const core::Hash& token, core::TimeUs now) {
    return tx.exec("UPDATE staff_link SET used_us = $2 WHERE token_hash = $1 AND used_us IS NULL", token, now) == 1;
}

void use_links_of(sql::Tx& tx, const std::optional<std::string>& staff_id, core::TimeUs now) {
    if (staff_id) {
        tx.exec("UPDATE staff_link SET used_us = $2 WHERE staff_id = $1 AND used_us IS NULL", *staff_id, now);
    } else {
        tx.exec("UPDATE staff_link SET used_us = $1 WHERE staff_id IS NULL AND used_us IS NULL", now);
    }
}

void forget_links(sql::Tx& tx, core::TimeUs expired_before) {
    tx.exec("DELETE FROM staff_link WHERE expires_us < $1", expired_before);
}

}  // namespace plus7::central::store
