// Central's replicated table on the handheld, in core.db: tasks, prices, policy and what else the screen shows besides
// own unacked facts; under it rows that a colleague's handheld gave (handed_rows), which no version or hash counts.
// Bodies lie sealed (view_seal). Storage thread; owned by Stores.
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "agent/store/handed_rows.hpp"
#include "agent/store/view_seal.hpp"
#include "shared/model/ids.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "shared/wire/view_message.hpp"

namespace plus7::agent::store {

class ViewStore {
  public:
    // `key`: the file of the rows' key.
    ViewStore(sql::SqliteConnection& connection, std::filesystem::path key)
        : connection_(connection), seal_(std::move(key)) {}

    // Before anything else. Rows whose key is gone are dropped, so that central tells them again; a wipe that was cut
    // is ended. denied, unavailable: the key is there but cannot be read.
    core::Status open();

    // Keeps a part; the last one applies all of them in one transaction. The answer for up/view, when one is due:
    // after each apply (also when the hash does not fit: central then sends a snapshot), and at once for a delta that
    // does not begin where this view stands.
    core::Result<std::optional<wire::ViewApplied>> take(const wire::ViewPart& part);

    wire::ViewApplied applied() const;  // version and hash, 0 and zeros before the first
    // Central's row, else a colleague's (version 0). By id; central's first.
    std::optional<wire::ViewRow> row(const wire::RowKey& key) const;
    std::vector<wire::ViewRow> rows(wire::RowKind kind) const;
    // In the transaction of the fact that names them. A locked device keeps none.
    core::Status put_handed(core::Tx& tx, const std::vector<HandedRow>& rows, core::TimeMs at) const;
    core::Status forget_handed(core::TimeMs before);

    bool locked() const;
    // `asked`: the office asked besides that nothing personal remains (app/wiping); saved in the same transaction.
    core::Status set_locked(bool locked, const std::optional<model::WipeId>& asked = {});
    std::optional<model::WipeId> wipe_asked() const;
    // Locked, and wipe() has not succeeded since: it must be tried again, also after a new start.
    bool wipe_due() const;
    // Destroys the key first, then removes every row, and what the courier wrote, so that nothing of it can be read from
    // the file or its WAL; the next hello asks for a snapshot.
    core::Status wipe();

  private:
    core::Result<std::optional<wire::ViewApplied>> apply(sql::Tx& tx, const wire::ViewPart& last);
    core::Status drop_rows();
    core::Status empty_log();

    sql::SqliteConnection& connection_;
    mutable ViewSeal seal_;  // its key is made when something is to be sealed
};

}  // namespace plus7::agent::store
