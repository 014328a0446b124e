// Rows of what the field did: acts, shifts, newest positions (0003_field.sql). SQL only; the rules are in app/field.
// Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct ActRow {
    ActRow(const core::EventId& id, core::DeviceId by) : event_id(id), device(std::move(by)) {}
    core::EventId event_id;
    core::DeviceId device;
    std::optional<std::string> courier, shift;  // UUID text
    core::Epoch epoch{};
    std::uint64_t seq = 0;
    std::string type;
    core::TimeUs at{};
    std::string trust;
    core::Stamp stamp;
    core::TimeUs received{};
    std::optional<std::int64_t> lat_e7, lon_e7, accuracy_m, place_age_ms;
    std::string flags;
    core::Bytes data;
};

// Which acts, newest first. `before` is the cursor: at and id of the last one of the page before.
struct ActQuery {
    std::optional<std::string> courier;
    std::optional<core::DeviceId> device;
    core::TimeUs from{}, to{};
    std::vector<std::string> types;  // all when empty; a type ending in '.' is a prefix
    std::optional<std::pair<core::TimeUs, core::EventId>> before;
    int limit = 50;
};

struct ShiftRow {
    std::string shift_id;
    std::optional<std::string> courier;
    core::DeviceId device;
    std::optional<core::TimeUs> started, ended;
};

struct PositionRow {
    core::DeviceId device;
    std::optional<std::string> courier;
    core::TimeUs fix{}, received{};
    std::int64_t lat_e7 = 0, lon_e7 = 0;
    std::optional<std::int64_t> speed_cmps, course_cdeg, accuracy_cm;
};

// False: the event has its act already.
bool insert_act(sql::Tx& tx, const ActRow& act);
std::optional<ActRow> find_act(sql::Tx& tx, const core::EventId& event);
std::vector<ActRow> acts(sql::Tx& tx, const ActQuery& query);

// The start or end of a shift, whichever comes first makes the row; a time that is there already stays.
void shift_started(sql::Tx& tx, const ShiftRow& shift);
void shift_ended(sql::Tx& tx, const ShiftRow& shift);
std::optional<ShiftRow> last_shift_of_courier(sql::Tx& tx, const std::string& courier);
// The device's shift that has no end yet and was not followed by another.
std::optional<ShiftRow> open_shift(sql::Tx& tx, const core::DeviceId& device);
std::vector<ShiftRow> open_shifts(sql::Tx& tx);

// GPS time minus monotonic time of one boot of a device.
std::optional<std::chrono::microseconds> boot_anchor(sql::Tx& tx, const core::DeviceId& device,
                                                     const core::BootId& boot);
void set_boot_anchor(sql::Tx& tx, const core::DeviceId& device, const core::BootId& boot,
                     std::chrono::microseconds offset);

// Only a newer fix replaces the one that is there.
void keep_newest_position(sql::Tx& tx, const PositionRow& position);
std::vector<PositionRow> last_positions(sql::Tx& tx);

}  // namespace plus7::central::store
