#include "central/store/audit_store.hpp"

namespace plus7::central::store {
namespace {

AuditRow entry_of(const sql::Row& row) {
    AuditRow entry;
    entry.audit_id = row.get<core::EventId>("audit_id");
    entry.at = row.get<core::TimeUs>("at_us");
    entry.who_kind = row.get<std::string>("who_kind");
    entry.who_id = row.get<std::optional<std::string>>("who_id");
    entry.who_name = row.get<std::optional<std::string>>("who_name");
    entry.action = row.get<std::string>("action");
    entry.subject_kind = row.get<std::optional<std::string>>("subject_kind");
    entry.subject_id = row.get<std::optional<std::string>>("subject_id");
    entry.subject_name = row.get<std::optional<std::string>>("subject_name");
    entry.ok = row.get<bool>("ok");
    entry.detail = row.get<std::string>("detail");
    entry.address = row.get<std::optional<std::string>>("address");
    return entry;
}

// What a kind's id is called today; NULL when it is gone or has no name.
std::string name_of(const std::string& who) {
    return "CASE a." + who + "_kind WHEN 'staff' THEN (SELECT s.name FROM staff s WHERE s.staff_id = a." + who +
           "_id) WHEN 'device' THEN (SELECT d.label FROM device d WHERE d.device_id = a." + who +
           "_id) WHEN 'courier' THEN (SELECT c.name FROM courier c WHERE c.courier_id = a." + who +
           "_id) WHEN 'order' THEN (SELECT o.number FROM customer_order o WHERE o.order_id = a." + who +
           "_id) WHEN 'site' THEN (SELECT p.name FROM site p WHERE p.site_id = a." + who +
           "_id) WHEN 'registry' THEN (SELECT r.number FROM registry r WHERE r.registry_id = a." + who +
           "_id) WHEN 'token' THEN (SELECT t.name FROM api_token t WHERE t.token_id = a." + who +
           "_id) WHEN 'webhook' THEN (SELECT w.url FROM webhook w WHERE w.webhook_id = a." + who +
           "_id) WHEN 'zone' THEN (SELECT z.name FROM zone z WHERE z.zone_id = a." + who +
           "_id) WHEN 'tariff' THEN (SELECT t.name FROM tariff t WHERE t.tariff_id = a." + who + "_id) END AS " + who +
           "_name";
}

}  // namespace

void insert_audit(sql::Tx& tx, const AuditRow& entry) {
    tx.exec(
        "INSERT INTO audit (audit_id, at_us, who_kind, who_id, action, subject_kind, subject_id, ok, detail, address) "
        "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        entry.audit_id, entry.at, entry.who_kind, entry.who_id, entry.action, entry.subject_kind, entry.subject_id,
        entry.ok, entry.detail, entry.address);
}

std::vector<AuditRow> audit_entries(sql::Tx& tx, const AuditQuery& query) {
    std::vector<sql::Param> params;
    const auto bind = [&](const sql::Param& value) {
        params.push_back(value);
        return "$" + std::to_string(params.size());
    };
    std::string where = "1 = 1", end;
    if (query.from) where += " AND a.at_us >= " + bind(*query.from);
    if (query.to) where += " AND a.at_us < " + bind(*query.to);
    if (!query.who.empty()) where += " AND a.who_id = " + bind(query.who);
    if (!query.subject.empty()) where += " AND a.subject_id = " + bind(query.subject);
    if (query.action.ends_with('.')) {
        end = query.action.substr(0, query.action.size() - 1) + "/";  // '/' follows '.' in ASCII
        where += " AND a.action >= " + bind(query.action) + " AND a.action < " + bind(end);
    } else if (!query.action.empty()) {
        where += " AND a.action = " + bind(query.action);
    }
    if (query.before) where += " AND a.audit_id < " + bind(*query.before);
    const auto sql =
        "SELECT a.audit_id, a.at_us, a.who_kind, a.who_id, a.action, a.subject_kind, a.subject_id, a.ok, a.detail, "
        "a.address, " +
        name_of("who") + ", " + name_of("subject") + " FROM audit a WHERE " + where +
        " ORDER BY a.audit_id DESC LIMIT " + bind(query.limit);
    std::vector<AuditRow> entries;
    for (const auto& row : tx.query_with(sql, params)) entries.push_back(entry_of(row));
    return entries;
}

bool insert_position_look(sql::Tx& tx, const std::string& courier_id, const std::string& staff_id,
                          const std::string& what, core::TimeUs window) {
    return tx.exec(
               "INSERT INTO position_look (courier_id, staff_id, what, window_us) VALUES ($1, $2, $3, $4) "
               "ON CONFLICT (courier_id, staff_id, what, window_us) DO NOTHING",
               courier_id, staff_id, what, window) == 1;
}

void forget_position_looks(sql::Tx& tx, core::TimeUs windows_before) {
    tx.exec("DELETE FROM position_look WHERE window_us < $1", windows_before);
}

}  // namespace plus7::central::store
