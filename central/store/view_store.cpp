#include "central/store/view_store.hpp"

#include <map>

#include "central/store/in_list.hpp"

namespace plus7::central::store {
namespace {

std::int64_t number_of(wire::RowKind kind) { return static_cast<std::int64_t>(kind); }

wire::RowKey key_of(const sql::Row& row) {
    return {static_cast<wire::RowKind>(row.get<std::uint32_t>("kind")), row.get<wire::RowId>("row_id")};
}

wire::ViewRow row_of(const sql::Row& row) {
    return {key_of(row), row.get<std::uint64_t>("version"), row.get<core::Bytes>("body")};
}

}  // namespace

std::optional<ViewStanding> lock_view(sql::Tx& tx, const core::DeviceId& device) {
    const auto row = tx.one(
        "SELECT view_head, view_acked, view_acked_hash, view_sent, view_sent_hash, online FROM device "
        "WHERE device_id = $1 {for_update}",
        device);
    if (!row) return std::nullopt;
    return ViewStanding{row->get<std::uint64_t>(0),
                        row->get<std::uint64_t>(1),
                        row->get<std::optional<core::Hash>>(2),
                        row->get<std::uint64_t>(3),
                        row->get<std::optional<core::Hash>>(4),
                        row->get<bool>(5)};
}

void set_view_head(sql::Tx& tx, const core::DeviceId& device, std::uint64_t head) {
    tx.exec("UPDATE device SET view_head = $2 WHERE device_id = $1", device, head);
}

void set_view_acked(sql::Tx& tx, const core::DeviceId& device, std::uint64_t acked, const core::Hash& hash) {
    tx.exec("UPDATE device SET view_acked = $2, view_acked_hash = $3 WHERE device_id = $1", device, acked, hash);
}

void set_view_sent(sql::Tx& tx, const core::DeviceId& device, std::uint64_t sent, const core::Hash& hash) {
    tx.exec("UPDATE device SET view_sent = $2, view_sent_hash = $3 WHERE device_id = $1", device, sent, hash);
}

std::optional<wire::ViewRow> find_view_row(sql::Tx& tx, const core::DeviceId& device, const wire::RowKey& key) {
    const auto row = tx.one(
        "SELECT version, body FROM view_row WHERE device_id = $1 AND kind = $2 AND row_id = $3 AND body IS NOT NULL",
        device, number_of(key.kind), key.id);
    if (!row) return std::nullopt;
    return wire::ViewRow{key, row->get<std::uint64_t>(0), row->get<core::Bytes>(1)};
}

std::vector<wire::ViewRow> find_view_rows(sql::Tx& tx, const core::DeviceId& device,
                                          const std::vector<wire::RowKey>& keys) {
    std::map<wire::RowKind, std::vector<wire::RowId>> ids;
    for (const auto& key : keys) ids[key.kind].push_back(key.id);
    std::vector<wire::ViewRow> rows;
    for (const auto& [kind, all] : ids)
        each_of_ids(tx,
                    "SELECT kind, row_id, version, body FROM view_row "
                    "WHERE device_id = $1 AND kind = $2 AND body IS NOT NULL AND row_id IN {ids}",
                    {device, number_of(kind)}, all, [&](const sql::Row& row) { rows.push_back(row_of(row)); });
    return rows;
}

void write_view_rows(sql::Tx& tx, const core::DeviceId& device, const std::vector<ViewWrite>& writes) {
    std::vector<std::vector<sql::Param>> rows;
    for (const auto& one : writes) rows.push_back({device, number_of(one.key.kind), one.key.id, one.version, one.body});
    tx.exec_many(
        "INSERT INTO view_row (device_id, kind, row_id, version, body) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (device_id, kind, row_id) DO UPDATE SET version = excluded.version, body = excluded.body",
        rows, sql::RowKeys::distinct);
}

void drop_tombstones(sql::Tx& tx, const core::DeviceId& device, std::uint64_t upto) {
    tx.exec("DELETE FROM view_row WHERE device_id = $1 AND version <= $2 AND body IS NULL", device, upto);
}

std::multimap<wire::RowId, core::DeviceId> devices_with_rows(sql::Tx& tx, wire::RowKind kind,
                                                             const std::vector<wire::RowId>& ids) {
    std::multimap<wire::RowId, core::DeviceId> devices;
    each_of_ids(tx, "SELECT row_id, device_id FROM view_row WHERE kind = $1 AND body IS NOT NULL AND row_id IN {ids}",
                {number_of(kind)}, ids,
                [&](const sql::Row& row) { devices.emplace(row.get<wire::RowId>(0), row.get<core::DeviceId>(1)); });
    return devices;
}

std::int64_t count_view_rows(sql::Tx& tx, const core::DeviceId& device, wire::RowKind kind) {
    return tx
        .one("SELECT COUNT(*) FROM view_row WHERE device_id = $1 AND kind = $2 AND body IS NOT NULL", device,
             number_of(kind))
        ->get<std::int64_t>(0);
}

std::vector<wire::ViewRow> live_view_rows(sql::Tx& tx, const core::DeviceId& device) {
    std::vector<wire::ViewRow> rows;
    for (const auto& row : tx.query("SELECT kind, row_id, version, body FROM view_row "
                                    "WHERE device_id = $1 AND body IS NOT NULL ORDER BY version, kind, row_id",
                                    device))
        rows.push_back(row_of(row));
    return rows;
}

std::vector<wire::RowKey> buried_since(sql::Tx& tx, const core::DeviceId& device, std::uint64_t version) {
    std::vector<wire::RowKey> keys;
    for (const auto& row : tx.query("SELECT kind, row_id FROM view_row "
                                    "WHERE device_id = $1 AND version > $2 AND body IS NULL ORDER BY kind, row_id",
                                    device, version))
        keys.push_back(key_of(row));
    return keys;
}

core::Hash view_hash(const std::vector<wire::ViewRow>& rows) {
    core::Hash hash;
    for (const auto& row : rows) wire::toggle_row(hash, wire::row_hash(row));
    return hash;
}

wire::Policy policy_of(sql::Tx& tx, const core::DeviceId& device) {
    const auto row = find_view_row(tx, device, {wire::RowKind::policy, {}});
    if (!row) return {};
    return wire::decode_policy(row->body).value();
}

}  // namespace plus7::central::store
