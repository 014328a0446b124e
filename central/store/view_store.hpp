// Rows of each device's view and where it stands with them (0002_sync.sql, columns of `device`). SQL only, and the hash
// that belongs to rows. Within a transaction.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/policy.hpp"
#include "shared/wire/view_message.hpp"

namespace plus7::central::store {

struct ViewStanding {
    std::uint64_t head = 0;
    std::uint64_t acked = 0;
    std::optional<core::Hash> acked_hash;
    std::uint64_t sent = 0;  // the version sent last
    std::optional<core::Hash> sent_hash;
    bool online = false;
};

// With the device row's lock, under which versions are given.
std::optional<ViewStanding> lock_view(sql::Tx& tx, const core::DeviceId& device);
void set_view_head(sql::Tx& tx, const core::DeviceId& device, std::uint64_t head);
void set_view_acked(sql::Tx& tx, const core::DeviceId& device, std::uint64_t acked, const core::Hash& hash);
void set_view_sent(sql::Tx& tx, const core::DeviceId& device, std::uint64_t sent, const core::Hash& hash);

std::optional<wire::ViewRow> find_view_row(sql::Tx& tx, const core::DeviceId& device, const wire::RowKey& key);
// Live ones of these keys, in no order; a key only once.
std::vector<wire::ViewRow> find_view_rows(sql::Tx& tx, const core::DeviceId& device,
                                          const std::vector<wire::RowKey>& keys);
struct ViewWrite {
    wire::RowKey key;
    std::uint64_t version = 0;
    std::optional<core::Bytes> body;  // nothing: a tombstone
};
void write_view_rows(sql::Tx& tx, const core::DeviceId& device, const std::vector<ViewWrite>& writes);
void drop_tombstones(sql::Tx& tx, const core::DeviceId& device, std::uint64_t upto);

// Who has live rows of these ids.
std::multimap<wire::RowId, core::DeviceId> devices_with_rows(sql::Tx& tx, wire::RowKind kind,
                                                             const std::vector<wire::RowId>& ids);
std::int64_t count_view_rows(sql::Tx& tx, const core::DeviceId& device, wire::RowKind kind);  // live ones
std::vector<wire::ViewRow> live_view_rows(sql::Tx& tx, const core::DeviceId& device);
std::vector<wire::RowKey> buried_since(sql::Tx& tx, const core::DeviceId& device, std::uint64_t version);

// XOR of the hashes of the rows.
core::Hash view_hash(const std::vector<wire::ViewRow>& rows);

// The row of kind `policy`; defaults when there is none.
wire::Policy policy_of(sql::Tx& tx, const core::DeviceId& device);

}  // namespace plus7::central::store
