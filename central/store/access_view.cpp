#include "central/store/access_view.hpp"

#include <map>

#include "shared/wire/access_rows.hpp"

namespace plus7::central::store {
namespace {

core::TimeMs ms(core::TimeUs time) { return std::chrono::floor<std::chrono::milliseconds>(time); }

wire::LookKind kind_of(const std::string& what) {
    if (what == "live") return wire::LookKind::live;
    if (what == "track") return wire::LookKind::track;
    return what == "events" ? wire::LookKind::events : wire::LookKind::unknown;
}

wire::LookEntry entry_of(const LookRow& look) {
    wire::LookEntry entry;
    entry.name = look.name;
    entry.role = look.roles.substr(0, look.roles.find(','));  // the first one says enough
    entry.what = kind_of(look.what);
    entry.from = ms(look.from);
    entry.to = ms(look.to);
    if (look.of) {
        entry.of_from = look.of->first;
        entry.of_to = look.of->second;
    }
    return entry;
}

}  // namespace

std::vector<ViewBody> access_rows(const std::vector<LookRow>& looks) {
    std::map<std::int64_t, wire::AccessRow> days;
    for (const auto& look : looks)
        days[std::chrono::floor<std::chrono::days>(look.from).time_since_epoch().count()].looks.push_back(
            entry_of(look));
    std::vector<ViewBody> rows;
    for (const auto& [day, row] : days) rows.push_back({wire::access_key(day), wire::encode(row)});
    return rows;
}

}  // namespace plus7::central::store
