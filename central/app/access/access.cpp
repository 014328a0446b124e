#include "central/app/access/access.hpp"

#include <algorithm>
#include <set>

#include "central/app/view/view.hpp"
#include "central/store/access_view.hpp"
#include "central/store/device_store.hpp"

namespace plus7::central::app::access {
namespace {

using store::LookRow;

auto day_of(core::TimeMs time) { return std::chrono::floor<std::chrono::days>(time); }

bool continues(const LookRow& entry, const LookRow& look) {
    if (entry.staff != look.staff || entry.what != look.what || look.from - entry.to > one_look) return false;
    if (!entry.of || !look.of) return entry.of == look.of;
    return day_of(entry.of->first) == day_of(look.of->first);
}

void extend(LookRow& entry, const LookRow& look) {
    entry.to = std::max(entry.to, look.to);
    if (look.of) entry.of = {std::min(entry.of->first, look.of->first), std::max(entry.of->second, look.of->second)};
}

bool is_access(wire::RowKind kind) { return kind == wire::RowKind::access; }

}  // namespace

std::vector<LookRow> coalesce(const std::vector<LookRow>& looks) {
    std::vector<LookRow> entries;
    for (const auto& look : looks) {
        const auto known = std::find_if(entries.rbegin(), entries.rend(),
                                        [&](const LookRow& entry) { return continues(entry, look); });
        if (known == entries.rend())
            entries.push_back(look);
        else
            extend(*known, look);
    }
    if (entries.size() > most_looks) entries.erase(entries.begin(), entries.end() - most_looks);
    return entries;
}

bool retell(core::Tx& tx, const core::DeviceId& id, core::TimeUs now) {
    const auto device = store::find_device(tx, id);
    if (!device) return false;
    view::Rows rows;
    const core::TimeUs since = std::chrono::floor<std::chrono::days>(now) - kept_for;  // whole days leave
    if (device->courier)
        for (auto& row : store::access_rows(coalesce(store::looks_at(tx, *device->courier, since))))
            rows.emplace(row.key, std::move(row.body));
    return view::replace(tx, id, is_access, rows);
}

void withdraw(core::Tx& tx, const core::DeviceId& id) { view::replace(tx, id, is_access, {}); }

std::vector<core::DeviceId> due(core::Tx& tx, core::TimeUs now) {
    constexpr auto window = std::chrono::minutes{15};  // of app/audit: it may have begun that long before a look
    std::vector<core::DeviceId> devices;
    for (const auto& courier : store::couriers_looked_at(tx, now - window - 2 * told_every))
        if (const auto device = store::device_of_courier(tx, courier)) devices.push_back(device->id);
    return devices;
}

}  // namespace plus7::central::app::access
