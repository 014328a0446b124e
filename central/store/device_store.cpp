#include "central/store/device_store.hpp"

#include <array>

namespace plus7::central::store {
namespace {

constexpr std::array<std::string_view, 4> state_names{"created", "enrolled", "locked", "revoked"};

std::string_view name_of(DeviceState state) { return state_names.at(static_cast<std::size_t>(state)); }

DeviceState state_of(std::string_view name) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == name) return static_cast<DeviceState>(i);
    throw std::logic_error("unknown state of a device: " + std::string(name));
}

constexpr const char* select_device =
    "SELECT device_id, label, label_fold, state, reason, courier_id, record_key, version, created_us, enrolled_us, "
    "online, last_seen_us, unacked, agent_version, view_head, view_acked FROM device ";

DeviceRow device_of(const sql::Row& row) {
    DeviceRow device(row.get<core::DeviceId>("device_id"));
    device.label = row.get<std::string>("label");
    device.label_fold = row.get<std::string>("label_fold");
    device.state = state_of(row.get<std::string>("state"));
    device.reason = row.get<std::optional<std::string>>("reason");
    device.courier = row.get<std::optional<std::string>>("courier_id");
    device.record_key = row.get<std::optional<core::PublicKey>>("record_key");
    device.version = row.get<std::int64_t>("version");
    device.created = row.get<core::TimeUs>("created_us");
    device.enrolled = row.get<std::optional<core::TimeUs>>("enrolled_us");
    device.online = row.get<bool>("online");
    device.last_seen = row.get<std::optional<core::TimeUs>>("last_seen_us");
    device.unacked = row.get<std::optional<std::int64_t>>("unacked");
    device.agent_version = row.get<std::optional<std::string>>("agent_version");
    device.view_head = row.get<std::int64_t>("view_head");
    device.view_acked = row.get<std::int64_t>("view_acked");
    return device;
}

std::optional<DeviceRow> maybe_device(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return device_of(*row);
}

std::vector<DeviceRow> devices_of(const sql::Rows& rows) {
    std::vector<DeviceRow> result;
    for (const auto& row : rows) result.push_back(device_of(row));
    return result;
}

}  // namespace

void insert_device(sql::Tx& tx, const DeviceRow& d) {
    tx.exec(
        "INSERT INTO device (device_id, label, label_fold, state, courier_id, version, created_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        d.id, d.label, d.label_fold, name_of(d.state), d.courier, d.version, d.created);
}

std::optional<DeviceRow> find_device(sql::Tx& tx, const core::DeviceId& id) {
    return maybe_device(tx.one(std::string(select_device) + "WHERE device_id = $1", id));
}

std::optional<DeviceRow> lock_device(sql::Tx& tx, const core::DeviceId& id) {
    return maybe_device(tx.one(std::string(select_device) + "WHERE device_id = $1 {for_update}", id));
}

std::optional<DeviceRow> device_of_courier(sql::Tx& tx, const std::string& courier) {
    return maybe_device(tx.one(
        std::string(select_device) + "WHERE courier_id = $1 ORDER BY enrolled_us DESC, device_id LIMIT 1", courier));
}

std::vector<DeviceRow> devices(sql::Tx& tx, const DeviceQuery& query) {
    const auto after = query.after.value_or(std::pair<std::string, std::string>{});
    const std::string state(query.state ? name_of(*query.state) : "");
    return devices_of(tx.query(std::string(select_device) +
                                   "WHERE label_fold LIKE $1 ESCAPE '\\' AND ($2 = '' OR state = $2) "
                                   "AND (label_fold > $3 OR (label_fold = $3 AND device_id > $4)) "
                                   "ORDER BY label_fold, device_id LIMIT $5",
                               query.label_like, state, after.first, after.second, query.limit));
}

std::vector<DeviceRow> carried_devices(sql::Tx& tx) {
    return devices_of(tx.query(std::string(select_device) + "WHERE courier_id IS NOT NULL ORDER BY device_id"));
}

void set_label(sql::Tx& tx, const core::DeviceId& id, const std::string& label, const std::string& label_fold) {
    tx.exec("UPDATE device SET label = $2, label_fold = $3, version = version + 1 WHERE device_id = $1", id, label,
            label_fold);
}

void set_state(sql::Tx& tx, const core::DeviceId& id, DeviceState state, const std::optional<std::string>& reason) {
    tx.exec("UPDATE device SET state = $2, reason = $3, version = version + 1 WHERE device_id = $1", id, name_of(state),
            reason);
}

void set_courier(sql::Tx& tx, const core::DeviceId& id, const std::optional<std::string>& courier) {
    tx.exec("UPDATE device SET courier_id = $2, version = version + 1 WHERE device_id = $1", id, courier);
}

void set_enrolled(sql::Tx& tx, const core::DeviceId& id, core::TimeUs at) {
    tx.exec("UPDATE device SET enrolled_us = $2, version = version + 1 WHERE device_id = $1", id, at);
}

std::optional<core::DeviceId> owner_of_key(sql::Tx& tx, const core::PublicKey& key) {
    const auto row = tx.one("SELECT device_id FROM device_key WHERE public_key = $1 LIMIT 1", key);
    if (!row) return std::nullopt;
    return row->get<core::DeviceId>("device_id");
}

}  // namespace plus7::central::store
