// The tables of the view in core.db, within a transaction; bodies go in and out through the seal. What does not open
// counts as absent. Storage thread; used by ViewStore.
#pragma once
#include <optional>
#include <vector>

#include "agent/store/handed_rows.hpp"
#include "agent/store/view_seal.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/view_message.hpp"

namespace plus7::agent::store {

struct ViewTable {
    sql::Tx& tx;
    const ViewSeal& seal;

    wire::ViewApplied applied() const;
    void set_applied(const wire::ViewApplied& applied) const;

    std::optional<wire::ViewRow> find(const wire::RowKey& key) const;  // central's
    std::vector<wire::ViewRow> of(wire::RowKind kind) const;           // central's, by id
    // Both also drop what a colleague said of it: central knows of the thing now. `hash` of the view follows.
    void put(const wire::ViewRow& row, core::Hash& hash) const;
    void remove(const wire::RowKey& key, core::Hash& hash) const;

    // A colleague's.
    std::optional<core::Bytes> handed(const wire::RowKey& key) const;
    std::vector<HandedRow> all_handed(wire::RowKind kind) const;
    void keep_handed(const HandedRow& row, core::TimeMs at) const;

    // Parts of a delta that is not whole yet.
    void keep_part(const wire::ViewPart& part) const;
    std::optional<wire::ViewPart> part(std::uint32_t number) const;
    std::optional<wire::ViewPart> any_part() const;

    void drop_all() const;
};

}  // namespace plus7::agent::store
