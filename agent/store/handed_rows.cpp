#include "agent/store/handed_rows.hpp"

#include "shared/sql/tx.hpp"

namespace plus7::agent::store {
namespace {

std::int64_t number_of(wire::RowKind kind) { return static_cast<std::int64_t>(kind); }

}  // namespace

void put_handed(core::Tx& tx, const HandedRow& row, core::TimeMs at) {
    tx.exec(
        "INSERT INTO handed_row (kind, id, body, handed_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, id) DO UPDATE "
        "SET body = $3, handed_ms = $4",
        number_of(row.first.kind), row.first.id, row.second, core::count(at));
}

std::optional<core::Bytes> find_handed(core::Tx& tx, const wire::RowKey& key) {
    const auto row = tx.one("SELECT body FROM handed_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
    if (!row) return std::nullopt;
    return row->get<core::Bytes>(0);
}

std::vector<HandedRow> handed_of(core::Tx& tx, wire::RowKind kind) {
    std::vector<HandedRow> all;
    for (const auto& row : tx.query("SELECT id, body FROM handed_row WHERE kind = $1 ORDER BY id", number_of(kind)))
        all.push_back({{kind, row.get<wire::RowId>(0)}, row.get<core::Bytes>(1)});
    return all;
}

void drop_handed(core::Tx& tx, const wire::RowKey& key) {
    tx.exec("DELETE FROM handed_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
}

void drop_handed_before(core::Tx& tx, core::TimeMs before) {
    tx.exec("DELETE FROM handed_row WHERE handed_ms < $1", core::count(before));
}

void drop_all_handed(core::Tx& tx) { tx.exec("DELETE FROM handed_row"); }

}  // namespace plus7::agent::store
