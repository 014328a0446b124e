// Rows of handhelds and their record keys (0001_devices.sql), without the columns that ingest keeps up to date beyond
// reading them. SQL only; the rules are in app/devices. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

enum class DeviceState { created, enrolled, locked, revoked };

struct DeviceRow {
    explicit DeviceRow(core::DeviceId device) : id(std::move(device)) {}
    core::DeviceId id;
    std::string label, label_fold;
    DeviceState state = DeviceState::created;
    std::optional<std::string> reason;   // why it is locked or revoked
    std::optional<std::string> courier;  // UUID text of who carries it
    std::optional<core::PublicKey> record_key;
    std::int64_t version = 1;
    core::TimeUs created{};
    std::optional<core::TimeUs> enrolled;
    // Kept by ingest.
    bool online = false;
    std::optional<core::TimeUs> last_seen;
    std::optional<std::int64_t> unacked;
    std::optional<std::string> agent_version;
    std::int64_t view_head = 0, view_acked = 0;
};

// By folded label. `after` is the cursor: folded label and id of the last one of the page before.
struct DeviceQuery {
    std::string label_like = "%";  // a LIKE pattern over the folded label, '\' escapes
    std::optional<DeviceState> state{};
    std::optional<std::pair<std::string, std::string>> after{};
    int limit = 50;
};

void insert_device(sql::Tx& tx, const DeviceRow& device);
std::optional<DeviceRow> find_device(sql::Tx& tx, const core::DeviceId& id);
// The row is locked until the transaction ends: states and keys of one device change one after the other.
std::optional<DeviceRow> lock_device(sql::Tx& tx, const core::DeviceId& id);
std::optional<DeviceRow> device_of_courier(sql::Tx& tx, const std::string& courier);
std::vector<DeviceRow> devices(sql::Tx& tx, const DeviceQuery& query);
std::vector<DeviceRow> carried_devices(sql::Tx& tx);  // those that a courier carries

// Each gives the device's row the next version.
void set_label(sql::Tx& tx, const core::DeviceId& id, const std::string& label, const std::string& label_fold);
void set_state(sql::Tx& tx, const core::DeviceId& id, DeviceState state, const std::optional<std::string>& reason);
void set_courier(sql::Tx& tx, const core::DeviceId& id, const std::optional<std::string>& courier);
void set_enrolled(sql::Tx& tx, const core::DeviceId& id, core::TimeUs at);
// Whose key it is or was.
std::optional<core::DeviceId> owner_of_key(sql::Tx& tx, const core::PublicKey& key);

}  // namespace plus7::central::store
