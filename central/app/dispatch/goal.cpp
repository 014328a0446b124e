#include "central/app/dispatch/goal.hpp"

#include <algorithm>
#include <array>

namespace plus7::central::app::dispatch {
namespace {

constexpr std::array<std::string_view, 6> names{"courier", "point", "depot", "back", "damaged", "none"};

bool goes_back(model::ParcelStatus status) {
    return status == model::ParcelStatus::returning || status == model::ParcelStatus::cancelled;
}

}  // namespace

std::string_view name_of(GoalKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<GoalKind> goal_kind_from(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<GoalKind>(found - names.begin());
}

store::GoalKey key_of(const Goal& goal) { return {std::string(name_of(goal.kind)), goal.id}; }

Goal goal_from(const store::GoalKey& key) { return {goal_kind_from(key.first).value_or(GoalKind::none), key.second}; }

Ways::Ways(core::Tx& tx, std::string site) : site_(std::move(site)) {
    for (auto& one : store::sites(tx)) {
        if (!one.is_depot || !one.is_open) continue;
        if (one.id == site_) knows_distances_ = one.where.has_value();
        depots_.push_back(std::move(one));
    }
}

std::optional<std::string> Ways::serving(const store::WayRow& way) const {
    const store::SiteRow* nearest = nullptr;
    for (const auto& depot : depots_) {
        if (depot.id == way.zone_depot) return depot.id;
        if (!depot.where || !way.where) continue;
        if (!nearest || core::distance_m(*depot.where, *way.where) < core::distance_m(*nearest->where, *way.where))
            nearest = &depot;
    }
    if (!nearest || !knows_distances_) return std::nullopt;
    return nearest->id;
}

Goal Ways::goal(const store::WayRow& way) const {
    if (way.status == model::ParcelStatus::damaged) return {GoalKind::damaged};
    if (goes_back(way.status)) return {GoalKind::back};
    if (way.courier) return {GoalKind::courier, *way.courier};
    if (way.expected_at && *way.expected_at != site_) return {GoalKind::depot, *way.expected_at};
    if (const auto depot = serving(way); depot && *depot != site_) return {GoalKind::depot, *depot};
    if (way.point) return {GoalKind::point, *way.point};
    return {};
}

Fit Ways::fit(const store::WayRow& way, const Goal& to) const {
    if (way.status == model::ParcelStatus::damaged) return Fit::damaged;
    if (goes_back(way.status)) return Fit::called_off;
    if (to.kind == GoalKind::courier) return way.courier == to.id ? Fit::yes : Fit::no;
    if (to.kind == GoalKind::point) return way.point == to.id ? Fit::yes : Fit::no;
    if (way.expected_at && *way.expected_at != site_) return *way.expected_at == to.id ? Fit::yes : Fit::no;
    const auto depot = serving(way);
    if (depot == to.id) return Fit::yes;
    return depot || way.courier ? Fit::ask : Fit::yes;
}

}  // namespace plus7::central::app::dispatch
