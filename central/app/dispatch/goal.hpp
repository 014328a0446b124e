// Where a parcel at a depot goes next: to a courier, a pickup point, another depot, back, aside, or nobody knows yet.
// Plans and addresses say it; it is no custody. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/store/site_store.hpp"
#include "central/store/sorting_store.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

enum class GoalKind { courier, point, depot, back, damaged, none };
std::string_view name_of(GoalKind kind);
std::optional<GoalKind> goal_kind_from(std::string_view name);

struct Goal {
    GoalKind kind = GoalKind::none;
    std::string id{};  // of the courier or site
    auto operator<=>(const Goal&) const = default;
};
store::GoalKey key_of(const Goal& goal);
Goal goal_from(const store::GoalKey& key);

enum class Fit {
    yes,
    ask,  // as planned it goes elsewhere; a person may know better
    no,   // it goes elsewhere
    called_off,
    damaged,
};

// The ways from one depot.
class Ways {
  public:
    Ways(core::Tx& tx, std::string site);

    // The plan of a courier first, else the depot that expects it or serves the place where it goes, else the point.
    Goal goal(const store::WayRow& way) const;
    // Whether it may travel together with what goes there.
    Fit fit(const store::WayRow& way, const Goal& to) const;

  private:
    // The open depot of the zone there; where zones name none the nearest, as far as depots have a place.
    std::optional<std::string> serving(const store::WayRow& way) const;

    std::string site_;
    std::vector<store::SiteRow> depots_;  // open
    bool knows_distances_ = false;        // this one has a place
};

}  // namespace plus7::central::app::dispatch
