#include "central/store/case_store.hpp"

#include "shared/core/uuid.hpp"

namespace plus7::central::store {

namespace {

core::EventId id_of(const std::string& kind, const std::string& subject) {
    // Name space of case ids: made once at random, part of the data from then on.
    static const core::EventId name_space = *core::from_uuid_text("6c1f9a52-0b53-4d0e-9a37-3b1f2c7d8e41");
    return core::uuid_v5(name_space, kind + "|" + subject);
}

}  // namespace

bool open_case(sql::Tx& tx, const CaseRow& row) {
    return tx.exec(
               "INSERT INTO casefile (case_id, kind, device_id, detail, opened_us) VALUES ($1, $2, $3, $4, $5) "
               "ON CONFLICT (case_id) DO NOTHING",
               id_of(row.kind, row.subject), row.kind, row.device, row.detail, row.opened) == 1;
}

void add_to_case(sql::Tx& tx, const std::string& kind, const std::string& subject, const CaseDetail& more) {
    const auto row = tx.one("SELECT detail FROM casefile WHERE case_id = $1 {for_update}", id_of(kind, subject));
    if (!row) return;
    auto detail = case_detail_from(row->get<std::string>(0));
    for (const auto& [name, value] : more) detail.insert_or_assign(name, value);
    tx.exec("UPDATE casefile SET detail = $2 WHERE case_id = $1", id_of(kind, subject), to_json(detail));
}

void settle_case(sql::Tx& tx, const std::string& kind, const std::string& subject) {
    tx.exec("DELETE FROM casefile WHERE case_id = $1 AND closed_us IS NULL", id_of(kind, subject));
}

std::vector<std::string> open_case_kinds(sql::Tx& tx, const core::DeviceId& device) {
    std::vector<std::string> kinds;
    for (const auto& row :
         tx.query("SELECT kind FROM casefile WHERE device_id = $1 AND closed_us IS NULL ORDER BY kind", device))
        kinds.push_back(row.get<std::string>(0));
    return kinds;
}

}  // namespace plus7::central::store
