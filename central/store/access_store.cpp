#include "central/store/access_store.hpp"

#include "central/store/audit_store.hpp"

namespace plus7::central::store {
namespace {

// The least id of that time: audit ids are UUIDv7.
core::EventId first_id(core::TimeUs since) {
    const auto ms = static_cast<std::uint64_t>(core::count(std::chrono::floor<std::chrono::milliseconds>(since)));
    core::EventId id;
    for (std::size_t at = 0; at < 6; ++at) id.value[5 - at] = static_cast<std::uint8_t>(ms >> (8 * at));
    return id;
}

std::string what_of(const std::string& action) {
    constexpr std::string_view before = "courier.", after = "_seen";
    return action.substr(before.size(), action.size() - before.size() - after.size());
}

LookRow look_of(const sql::Row& row) {
    const auto text = [&](const char* column) { return row.get<std::optional<std::string>>(column).value_or(""); };
    LookRow look;
    look.staff = text("who_id");
    look.name = text("name");
    look.roles = text("roles");
    look.what = what_of(row.get<std::string>("action"));
    look.from = look.to = row.get<core::TimeUs>("at_us");
    const auto detail = row.get<std::string>("detail");
    const auto from = detail_time(detail, "from"), to = detail_time(detail, "to");
    if (from && to) look.of = {*from, *to};
    return look;
}

}  // namespace

std::vector<LookRow> looks_at(sql::Tx& tx, const std::string& courier, core::TimeUs since) {
    std::vector<LookRow> looks;
    for (const auto& row : tx.query("SELECT a.who_id, a.action, a.at_us, a.detail, s.name, s.roles FROM audit a "
                                    "LEFT JOIN staff s ON s.staff_id = a.who_id WHERE a.subject_id = $1 AND "
                                    "a.audit_id >= $2 AND a.action IN ('courier.live_seen', 'courier.track_seen', "
                                    "'courier.events_seen') ORDER BY a.audit_id",
                                    courier, first_id(since)))
        looks.push_back(look_of(row));
    return looks;
}

std::vector<std::string> couriers_looked_at(sql::Tx& tx, core::TimeUs since) {
    std::vector<std::string> couriers;
    for (const auto& row :
         tx.query("SELECT DISTINCT courier_id FROM position_look WHERE window_us >= $1 ORDER BY courier_id", since))
        couriers.push_back(row.get<std::string>(0));
    return couriers;
}

}  // namespace plus7::central::store
