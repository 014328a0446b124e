#include "central/store/field_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* act_columns =
    "event_id, device_id, courier_id, shift_id, epoch, seq, type, at_us, trust, gps_us, wall_us, wall_src, boot, "
    "mono_ms, "
    "received_us, lat_e7, lon_e7, accuracy_m, place_age_ms, flags, data";

ActRow act_of(const sql::Row& row) {
    ActRow act(row.get<core::EventId>("event_id"), row.get<core::DeviceId>("device_id"));
    act.courier = row.get<std::optional<std::string>>("courier_id");
    act.shift = row.get<std::optional<std::string>>("shift_id");
    act.epoch = row.get<core::Epoch>("epoch");
    act.seq = row.get<std::uint64_t>("seq");
    act.type = row.get<std::string>("type");
    act.at = row.get<core::TimeUs>("at_us");
    act.trust = row.get<std::string>("trust");
    if (const auto gps = row.get<std::optional<core::TimeUs>>("gps_us"))
        act.stamp.gps = std::chrono::floor<std::chrono::milliseconds>(*gps);
    act.stamp.wall = std::chrono::floor<std::chrono::milliseconds>(row.get<core::TimeUs>("wall_us"));
    act.stamp.wall_src = static_cast<core::WallSource>(row.get<std::uint8_t>("wall_src"));
    act.stamp.boot = row.get<core::BootId>("boot");
    act.stamp.mono = std::chrono::milliseconds{row.get<std::int64_t>("mono_ms")};
    act.received = row.get<core::TimeUs>("received_us");
    act.lat_e7 = row.get<std::optional<std::int64_t>>("lat_e7");
    act.lon_e7 = row.get<std::optional<std::int64_t>>("lon_e7");
    act.accuracy_m = row.get<std::optional<std::int64_t>>("accuracy_m");
    act.place_age_ms = row.get<std::optional<std::int64_t>>("place_age_ms");
    act.flags = row.get<std::string>("flags");
    act.data = row.get<core::Bytes>("data");
    return act;
}

ShiftRow shift_of(const sql::Row& row) {
    return {row.get<std::string>("shift_id"), row.get<std::optional<std::string>>("courier_id"),
            row.get<core::DeviceId>("device_id"), row.get<std::optional<core::TimeUs>>("started_us"),
            row.get<std::optional<core::TimeUs>>("ended_us")};
}

template <typename T>
std::optional<core::TimeUs> as_us(const std::optional<T>& time) {
    if (!time) return std::nullopt;
    return core::TimeUs{*time};
}

}  // namespace

bool insert_act(sql::Tx& tx, const ActRow& act) {
    return tx.exec(
               "INSERT INTO act (event_id, device_id, courier_id, shift_id, epoch, seq, type, at_us, trust, gps_us, "
               "wall_us, "
               "wall_src, boot, mono_ms, received_us, lat_e7, lon_e7, accuracy_m, place_age_ms, flags, data) "
               "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21) "
               "ON CONFLICT (event_id) DO NOTHING",
               act.event_id, act.device, act.courier, act.shift, act.epoch, act.seq, act.type, act.at, act.trust,
               as_us(act.stamp.gps), core::TimeUs{act.stamp.wall}, static_cast<int>(act.stamp.wall_src), act.stamp.boot,
               act.stamp.mono.count(), act.received, act.lat_e7, act.lon_e7, act.accuracy_m, act.place_age_ms,
               act.flags, act.data) == 1;
}

std::optional<ActRow> find_act(sql::Tx& tx, const core::EventId& event) {
    const auto row = tx.one(std::string("SELECT ") + act_columns + " FROM act WHERE event_id = $1", event);
    if (!row) return std::nullopt;
    return act_of(*row);
}

std::vector<ActRow> acts(sql::Tx& tx, const ActQuery& query) {
    std::string where;
    std::vector<sql::Param> params;
    const auto bind = [&](const sql::Param& value) {
        params.push_back(value);
        return "$" + std::to_string(params.size());
    };
    where = "at_us >= " + bind(query.from) + " AND at_us < " + bind(query.to);
    if (query.courier) where += " AND courier_id = " + bind(*query.courier);
    if (query.device) where += " AND device_id = " + bind(*query.device);
    std::vector<std::string> ends;  // a prefix becomes a range, which an index and both engines understand alike
    ends.reserve(query.types.size());
    std::string types;
    for (const auto& type : query.types) {
        if (!types.empty()) types += " OR ";
        if (type.empty() || type.back() != '.') {
            types += "type = " + bind(type);
            continue;
        }
        ends.push_back(type.substr(0, type.size() - 1) + "/");  // '/' follows '.' in ASCII
        types += "(type >= " + bind(type) + " AND type < " + bind(ends.back()) + ")";
    }
    if (!types.empty()) where += " AND (" + types + ")";
    if (query.before) {
        const auto at = bind(query.before->first), id = bind(query.before->second);
        where += " AND (at_us < " + at + " OR (at_us = " + at + " AND event_id < " + id + "))";
    }
    const auto sql = std::string("SELECT ") + act_columns + " FROM act WHERE " + where +
                     " ORDER BY at_us DESC, event_id DESC LIMIT " + bind(query.limit);
    std::vector<ActRow> result;
    for (const auto& row : tx.query_with(sql, params)) result.push_back(act_of(row));
    return result;
}

void shift_started(sql::Tx& tx, const ShiftRow& shift) {
    tx.exec(
        "INSERT INTO shift (shift_id, courier_id, device_id, started_us) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (shift_id) DO UPDATE SET started_us = COALESCE(shift.started_us, excluded.started_us)",
        shift.shift_id, shift.courier, shift.device, shift.started);
}

void shift_ended(sql::Tx& tx, const ShiftRow& shift) {
    tx.exec(
        "INSERT INTO shift (shift_id, courier_id, device_id, ended_us) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (shift_id) DO UPDATE SET ended_us = COALESCE(shift.ended_us, excluded.ended_us)",
        shift.shift_id, shift.courier, shift.device, shift.ended);
}

std::optional<ShiftRow> last_shift_of_courier(sql::Tx& tx, const std::string& courier) {
    const auto row = tx.one(
        "SELECT shift_id, courier_id, device_id, started_us, ended_us FROM shift "
        "WHERE courier_id = $1 AND started_us IS NOT NULL ORDER BY started_us DESC, shift_id DESC LIMIT 1",
        courier);
    if (!row) return std::nullopt;
    return shift_of(*row);
}

std::optional<ShiftRow> open_shift(sql::Tx& tx, const core::DeviceId& device) {
    const auto row = tx.one(
        "SELECT shift_id, courier_id, device_id, started_us, ended_us FROM shift "
        "WHERE device_id = $1 AND started_us IS NOT NULL ORDER BY started_us DESC, shift_id DESC LIMIT 1",
        device);
    if (!row || !row->is_null("ended_us")) return std::nullopt;
    return shift_of(*row);
}

std::vector<ShiftRow> open_shifts(sql::Tx& tx) {
    std::vector<ShiftRow> result;
    for (const auto& row : tx.query("SELECT shift_id, courier_id, device_id, started_us, ended_us FROM shift "
                                    "WHERE started_us IS NOT NULL AND ended_us IS NULL AND NOT EXISTS ("
                                    "SELECT 1 FROM shift AS later WHERE later.device_id = shift.device_id "
                                    "AND later.started_us > shift.started_us) ORDER BY shift_id"))
        result.push_back(shift_of(row));
    return result;
}

std::optional<std::chrono::microseconds> boot_anchor(sql::Tx& tx, const core::DeviceId& device,
                                                     const core::BootId& boot) {
    const auto row = tx.one("SELECT offset_us FROM boot_anchor WHERE device_id = $1 AND boot = $2", device, boot);
    if (!row) return std::nullopt;
    return std::chrono::microseconds{row->get<std::int64_t>("offset_us")};
}

void set_boot_anchor(sql::Tx& tx, const core::DeviceId& device, const core::BootId& boot,
                     std::chrono::microseconds offset) {
    tx.exec(
        "INSERT INTO boot_anchor (device_id, boot, offset_us) VALUES ($1, $2, $3) "
        "ON CONFLICT (device_id, boot) DO UPDATE SET offset_us = excluded.offset_us",
        device, boot, offset.count());
}

void keep_newest_position(sql::Tx& tx, const PositionRow& p) {
    tx.exec(
        "INSERT INTO last_position (device_id, courier_id, fix_us, received_us, lat_e7, lon_e7, speed_cmps, "
        "course_cdeg, "
        "accuracy_cm) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (device_id) DO UPDATE SET "
        "courier_id = excluded.courier_id, fix_us = excluded.fix_us, received_us = excluded.received_us, "
        "lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7, speed_cmps = excluded.speed_cmps, "
        "course_cdeg = excluded.course_cdeg, accuracy_cm = excluded.accuracy_cm "
        "WHERE excluded.fix_us > last_position.fix_us",
        p.device, p.courier, p.fix, p.received, p.lat_e7, p.lon_e7, p.speed_cmps, p.course_cdeg, p.accuracy_cm);
}

std::vector<PositionRow> last_positions(sql::Tx& tx) {
    std::vector<PositionRow> result;
    for (const auto& row : tx.query("SELECT * FROM last_position ORDER BY device_id"))
        result.push_back(
            {row.get<core::DeviceId>("device_id"), row.get<std::optional<std::string>>("courier_id"),
             row.get<core::TimeUs>("fix_us"), row.get<core::TimeUs>("received_us"), row.get<std::int64_t>("lat_e7"),
             row.get<std::int64_t>("lon_e7"), row.get<std::optional<std::int64_t>>("speed_cmps"),
             row.get<std::optional<std::int64_t>>("course_cdeg"), row.get<std::optional<std::int64_t>>("accuracy_cm")});
    return result;
}

}  // namespace plus7::central::store
