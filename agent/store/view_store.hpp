// Central's replicated table on the handheld, in core.db: tasks, prices, policy and what else the screen shows besides
// own unacked facts; under it rows that a colleague's handheld gave (handed_rows), which no version or hash counts.
// Bodies are stored as they came. Storage thread; owned by Stores.
#pragma once
#include <optional>
#include <vector>

#include "shared/sql/sqlite_connection.hpp"
#include "shared/wire/view_message.hpp"

namespace plus7::agent::store {

class ViewStore {
  public:
    explicit ViewStore(sql::SqliteConnection& connection) : connection_(connection) {}

    // Keeps a part; the last one applies all of them in one transaction. The answer for up/view, when one is due:
    // after each apply (also when the hash does not fit: central then sends a snapshot), and at once for a delta that
    // does not begin where this view stands.
    core::Result<std::optional<wire::ViewApplied>> take(const wire::ViewPart& part);

    wire::ViewApplied applied() const;  // version and hash, 0 and zeros before the first
    // Central's row, else a colleague's (version 0). By id; central's first.
    std::optional<wire::ViewRow> row(const wire::RowKey& key) const;
    std::vector<wire::ViewRow> rows(wire::RowKind kind) const;
    core::Status forget_handed(core::TimeMs before);

    bool locked() const;
    core::Status set_locked(bool locked);
    // Locked, and wipe() has not succeeded since: it must be tried again, also after a new start.
    bool wipe_due() const;
    // Removes every row, and what the courier wrote, so that nothing of it can be read from the file or its WAL; the
    // next hello asks for a snapshot.
    core::Status wipe();

  private:
    core::Result<std::optional<wire::ViewApplied>> apply(sql::Tx& tx, const wire::ViewPart& last);

    sql::SqliteConnection& connection_;
};

}  // namespace plus7::agent::store
