#include "central/store/break_store.hpp"

namespace plus7::central::store {

void break_started(sql::Tx& tx, const BreakRow& row) {
    tx.exec("INSERT INTO shift_break (event_id, shift_id, started_us) VALUES ($1, $2, $3)", row.event, row.shift,
            row.started);
}

void breaks_ended(sql::Tx& tx, const std::string& shift, core::TimeUs at) {
    tx.exec(
        "UPDATE shift_break SET ended_us = CASE WHEN started_us > $2 THEN started_us ELSE $2 END "
        "WHERE shift_id = $1 AND ended_us IS NULL",
        shift, at);
}

std::vector<BreakRow> breaks_of(sql::Tx& tx, const std::string& shift) {
    std::vector<BreakRow> result;
    for (const auto& row : tx.query(
             "SELECT event_id, started_us, ended_us FROM shift_break WHERE shift_id = $1 ORDER BY started_us, event_id",
             shift))
        result.push_back({row.get<core::EventId>("event_id"), shift, row.get<core::TimeUs>("started_us"),
                          row.get<std::optional<core::TimeUs>>("ended_us")});
    return result;
}

std::optional<core::TimeUs> open_break(sql::Tx& tx, const std::string& shift) {
    const auto row = tx.one(
        "SELECT started_us FROM shift_break WHERE shift_id = $1 AND ended_us IS NULL ORDER BY started_us DESC LIMIT 1",
        shift);
    if (!row) return std::nullopt;
    return row->get<core::TimeUs>("started_us");
}

}  // namespace plus7::central::store
