// Rows that a colleague's handheld gave along with parcels (wire/hand_codes), until central tells them itself. In a
// transaction of core.db; storage thread.
#pragma once
#include <optional>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::agent::store {

using HandedRow = std::pair<wire::RowKey, core::Bytes>;

void put_handed(core::Tx& tx, const HandedRow& row, core::TimeMs at);
std::optional<core::Bytes> find_handed(core::Tx& tx, const wire::RowKey& key);
std::vector<HandedRow> handed_of(core::Tx& tx, wire::RowKind kind);
void drop_handed(core::Tx& tx, const wire::RowKey& key);
void drop_handed_before(core::Tx& tx, core::TimeMs before);
void drop_all_handed(core::Tx& tx);

}  // namespace plus7::agent::store
