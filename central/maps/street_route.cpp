// A* over the junctions of a StreetGraph. An own loop over the arrays, not Boost.Graph: starting and ending in the
// middle of several candidate edges would need an adapted graph per query.
#include <algorithm>
#include <limits>
#include <queue>
#include <unordered_map>

#include "central/maps/street_arrays.hpp"

namespace plus7::central::maps {
namespace {

constexpr std::size_t candidates = 8;       // streets tried at either end: the nearest may be a closed yard
constexpr double candidate_spread_m = 150;  // … but none this much farther away than the nearest
constexpr double approach_ms = 1.0;         // on foot from the place to the street; slower than any profile
constexpr std::size_t search_limit = 4'000'000;
constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

class Search {
  public:
    Search(const StreetArrays& arrays, Profile profile, core::LatLon goal)
        : arrays_(arrays),
          profile_(profile),
          goal_(goal),
          top_ms_((profile == car    ? arrays.top_speed_kmh
                   : profile == bike ? 15
                                     : 5) /
                  3.6) {}

    core::Result<Route> run(const std::vector<Snap>& starts, const std::vector<Snap>& goals) {
        for (std::uint32_t i = 0; i < starts.size(); ++i) start_at(starts[i], i);
        for (const Snap& goal : goals) add_goal(goal);
        for (const Snap& start : starts) {
            for (const Snap& goal : goals) try_one_edge(start, goal);
        }
        while (!open_.empty() && open_.top().estimate < best_) {
            if (labels_.size() > search_limit) return core::limit("the way is too long to be searched");
            const Open next = open_.top();
            open_.pop();
            if (next.cost > labels_.at(next.node).cost) continue;
            finish_from(next.node, next.cost);
            expand(next.node, next.cost);
        }
        if (best_ == infinity) return core::not_found("no way leads from one place to the other");
        return assemble(starts);
    }

  private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();

    // How a junction is reached best so far.
    struct Label {
        double cost = infinity;
        std::uint32_t edge = 0;
        bool reversed = false;
        std::uint32_t before = nowhere;  // junction; nowhere: from the start named by `start`
        std::uint32_t start = 0;
    };
    struct Open {
        double estimate;
        double cost;
        std::uint32_t node;
        bool operator<(const Open& other) const { return estimate > other.estimate; }
    };
    struct Arrival {
        Snap goal;
        bool reversed;
    };

    bool may(const StreetArrays::Edge& edge, bool reversed) const {
        return ((reversed ? edge.backward : edge.forward) & profile_) != 0;
    }
    double seconds(const StreetArrays::Edge& edge, double metres) const {
        return metres / arrays_.speed_ms(edge, profile_);
    }

    void reach(std::uint32_t node, const Label& label) {
        Label& known = labels_[node];
        if (label.cost >= known.cost) return;
        known = label;
        const double ahead = core::distance_m(degrees(arrays_.nodes[node]), goal_) / top_ms_;
        open_.push({label.cost + ahead, label.cost, node});
    }

    void start_at(const Snap& start, std::uint32_t index) {
        const auto& edge = arrays_.edges[start.edge];
        const double approach = start.distance_m / approach_ms;
        if (may(edge, false)) {
            const double rest = std::max(0.0, edge.length_m - start.along_m);
            reach(edge.to, {approach + seconds(edge, rest), start.edge, false, nowhere, index});
        }
        if (may(edge, true))
            reach(edge.from, {approach + seconds(edge, start.along_m), start.edge, true, nowhere, index});
    }

    void add_goal(const Snap& goal) {
        const auto& edge = arrays_.edges[goal.edge];
        if (may(edge, false)) arrivals_.emplace(edge.from, Arrival{goal, false});
        if (may(edge, true)) arrivals_.emplace(edge.to, Arrival{goal, true});
    }

    void try_one_edge(const Snap& start, const Snap& goal) {
        if (start.edge != goal.edge) return;
        const auto& edge = arrays_.edges[start.edge];
        const bool reversed = goal.along_m < start.along_m;
        if (!may(edge, reversed)) return;
        const double cost =
            (start.distance_m + goal.distance_m) / approach_ms + seconds(edge, std::abs(goal.along_m - start.along_m));
        if (cost >= best_) return;
        best_ = cost;
        last_node_ = nowhere;
        only_start_ = start;
        last_ = {goal, reversed};
    }

    void finish_from(std::uint32_t node, double cost) {
        const auto [first, last] = arrivals_.equal_range(node);
        for (auto at = first; at != last; ++at) {
            const auto& [goal, reversed] = at->second;
            const auto& edge = arrays_.edges[goal.edge];
            const double rest = reversed ? std::max(0.0, edge.length_m - goal.along_m) : goal.along_m;
            const double total = cost + seconds(edge, rest) + goal.distance_m / approach_ms;
            if (total >= best_) continue;
            best_ = total;
            last_node_ = node;
            last_ = at->second;
        }
    }

    void expand(std::uint32_t node, double cost) {
        for (auto i = arrays_.first_arc[node]; i < arrays_.first_arc[node + 1]; ++i) {
            const auto& [index, reversed] = arrays_.arcs[i];
            const auto& edge = arrays_.edges[index];
            if (!may(edge, reversed)) continue;
            reach(reversed ? edge.from : edge.to, {cost + seconds(edge, edge.length_m), index, reversed, node, 0});
        }
    }

    void append(Route& route, std::uint32_t index, double from_m, double to_m) const {
        const auto& edge = arrays_.edges[index];
        const double metres = std::abs(to_m - from_m);
        route.length_m += metres;
        route.seconds += seconds(edge, metres);
        for (const core::LatLon place : arrays_.line_of(edge).part(from_m, to_m)) {
            if (route.line.empty() || route.line.back() != place) route.line.push_back(place);
        }
    }

    Route assemble(const std::vector<Snap>& starts) const {
        Route route;
        if (last_node_ == nowhere) {
            append(route, last_.goal.edge, only_start_.along_m, last_.goal.along_m);
        } else {
            std::vector<Label> steps;
            for (std::uint32_t node = last_node_; node != nowhere; node = steps.back().before)
                steps.push_back(labels_.at(node));
            for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
                const double length = arrays_.line_of(arrays_.edges[step->edge]).length_m();
                double from = step->reversed ? length : 0;
                if (step->before == nowhere) from = starts[step->start].along_m;
                append(route, step->edge, from, step->reversed ? 0 : length);
            }
            const double length = arrays_.line_of(arrays_.edges[last_.goal.edge]).length_m();
            append(route, last_.goal.edge, last_.reversed ? length : 0, last_.goal.along_m);
        }
        if (route.line.size() == 1)
            route.line.push_back(route.line.front());  // both places touch the street at one spot
        return route;
    }

    const StreetArrays& arrays_;
    Profile profile_;
    core::LatLon goal_;
    double top_ms_;
    std::unordered_map<std::uint32_t, Label> labels_;
    std::unordered_multimap<std::uint32_t, Arrival> arrivals_;
    std::priority_queue<Open> open_;
    double best_ = infinity;
    std::uint32_t last_node_ = nowhere;
    Arrival last_{};
    Snap only_start_;
};

std::vector<Snap> near_ones(std::vector<Snap> snaps) {
    std::erase_if(snaps, [limit = snaps.empty() ? 0 : snaps.front().distance_m + candidate_spread_m](const Snap& snap) {
        return snap.distance_m > limit;
    });
    return snaps;
}

}  // namespace

core::Result<Route> StreetGraph::route(core::LatLon from, core::LatLon to, Profile profile) const {
    const auto starts = near_ones(arrays_->snaps(from, profile, candidates));
    const auto goals = near_ones(arrays_->snaps(to, profile, candidates));
    if (starts.empty() || goals.empty()) return core::not_found("there is no street within 2 km of the place");
    return Search(*arrays_, profile, to).run(starts, goals);
}

}  // namespace plus7::central::maps
