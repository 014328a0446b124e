#include "central/store/connection_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* find_sql =
    "SELECT state, courier_id, record_key, online, connection_nonce, boot, boot_before, boot_flips, unacked "
    "FROM device WHERE device_id = $1";

std::optional<DeviceConnection> connection_of(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    DeviceConnection found;
    found.state = row->get<std::string>("state");
    found.courier = row->get<std::optional<std::string>>("courier_id");
    found.record_key = row->get<std::optional<core::PublicKey>>("record_key");
    found.online = row->get<bool>("online");
    found.nonce = row->get<std::optional<core::Nonce>>("connection_nonce");
    found.boot = row->get<std::optional<core::BootId>>("boot");
    found.boot_before = row->get<std::optional<core::BootId>>("boot_before");
    found.boot_flips = row->get<int>("boot_flips");
    found.unacked = row->get<std::optional<std::uint64_t>>("unacked");
    return found;
}

}  // namespace

std::optional<DeviceConnection> find_connection(sql::Tx& tx, const core::DeviceId& device) {
    return connection_of(tx.one(find_sql, device));
}

std::optional<DeviceConnection> lock_connection(sql::Tx& tx, const core::DeviceId& device) {
    return connection_of(tx.one(std::string(find_sql) + " {for_update}", device));
}

std::vector<core::PublicKey> record_keys(sql::Tx& tx, const core::DeviceId& device) {
    std::vector<core::PublicKey> keys;
    for (const auto& row : tx.query("SELECT public_key FROM device_key WHERE device_id = $1 UNION "
                                    "SELECT record_key FROM device WHERE device_id = $1 AND record_key IS NOT NULL",
                                    device))
        keys.push_back(row.get<core::PublicKey>(0));
    return keys;
}

void rotate_record_key(sql::Tx& tx, const core::DeviceId& device, const core::PublicKey& new_key, core::TimeUs at) {
    tx.exec(
        "INSERT INTO device_key (device_id, public_key, from_us, until_us) "
        "SELECT device_id, record_key, created_us, CAST($2 AS {int}) FROM device "
        "WHERE device_id = $1 AND record_key IS NOT NULL "
        "ON CONFLICT (device_id, public_key) DO UPDATE SET until_us = excluded.until_us",
        device, at);
    tx.exec(
        "INSERT INTO device_key (device_id, public_key, from_us) VALUES ($1, $2, $3) "
        "ON CONFLICT (device_id, public_key) DO UPDATE SET until_us = NULL",
        device, new_key, at);
    tx.exec("UPDATE device SET record_key = $2, version = version + 1 WHERE device_id = $1", device, new_key);
}

void connected(sql::Tx& tx, const core::DeviceId& device, const Greeting& greeting) {
    tx.exec(
        "UPDATE device SET online = 1, connection_nonce = $2, boot = $3, boot_before = $4, boot_flips = $5, "
        "agent_version = COALESCE($6, agent_version), last_seen_us = $7 WHERE device_id = $1",
        device, greeting.nonce, greeting.boot, greeting.boot_before, greeting.boot_flips, greeting.agent_version,
        greeting.at);
}

void set_presence(sql::Tx& tx, const core::DeviceId& device, bool online, std::uint64_t unacked, core::TimeUs at) {
    tx.exec("UPDATE device SET online = $2, unacked = $3, last_seen_us = $4 WHERE device_id = $1", device, online,
            unacked, at);
}

std::int64_t all_offline(sql::Tx& tx) { return tx.exec("UPDATE device SET online = 0 WHERE online <> 0"); }

std::vector<DeviceStanding> all_standings(sql::Tx& tx) {
    std::vector<DeviceStanding> all;
    for (const auto& row : tx.query("SELECT device_id, courier_id, online FROM device "
                                    "WHERE state IN ('enrolled', 'locked') ORDER BY device_id"))
        all.push_back({row.get<core::DeviceId>(0), row.get<std::optional<std::string>>(1), row.get<bool>(2)});
    return all;
}

}  // namespace plus7::central::store
