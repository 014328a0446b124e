#include "tests/driving/streets.hpp"

#include <stdexcept>

#include "central/maps/tile_source.hpp"

namespace plus7::test {
namespace {

constexpr int tries = 60;
constexpr double edge_share = 0.06;    // of the map's sides: streets there are cut off
constexpr double district_m = 6000;    // a courier's own district on a large map, from its middle
constexpr double street_near_m = 150;  // a random place farther from a street is no address
constexpr double least_way_m = 50;
constexpr double seam_m = 20;  // between the end of one way and the start of the next

}  // namespace

// Not std::uniform_real_distribution: its results differ between standard libraries.
double between(Dice& dice, double low, double high) {
    constexpr double scale = 1.0 / 9007199254740992.0;  // 2^-53
    return low + (high - low) * static_cast<double>(dice() >> 11) * scale;
}

core::Result<std::shared_ptr<const Streets>> load_streets(const std::string& map_file) {
    const central::maps::TileSource tiles(map_file);
    const auto metadata = tiles.metadata();
    if (!metadata) return core::invalid(tiles.problem());
    auto graph = central::maps::StreetGraph::load(map_file);
    if (!graph) return graph.error();
    if (graph->edges() == 0) return core::not_found(map_file + " has no streets");
    return std::shared_ptr<const Streets>(std::make_shared<Streets>(Streets{std::move(*graph), metadata->bounds}));
}

core::Result<StreetWalk> StreetWalk::begin(std::shared_ptr<const Streets> streets, Profile profile, Reach reach,
                                           std::uint64_t seed) {
    StreetWalk walk(std::move(streets), profile, reach, seed);
    const auto [low, high] = walk.streets_->bounds;
    walk.place_ = {(low.lat + high.lat) / 2, (low.lon + high.lon) / 2};
    for (int i = 0; i < tries; ++i) {
        const auto candidate = walk.streets_->graph.nearest(walk.random_place(), profile);
        if (!candidate || candidate->distance_m > street_near_m) continue;
        // A place of the part of the town where most places can be reached from, and lead back.
        int good = 0;
        for (int other = 0; other < 3; ++other) {
            const auto target = walk.random_place();
            if (walk.joined(candidate->place, target) && walk.joined(target, candidate->place)) ++good;
        }
        if (good < 2) continue;
        walk.home_ = walk.place_ = candidate->place;
        return walk;
    }
    return core::not_found("the map has no connected streets for this kind of courier");
}

core::LatLon StreetWalk::random_place() {
    const auto [low, high] = streets_->bounds;
    const double lat_edge = (high.lat - low.lat) * edge_share, lon_edge = (high.lon - low.lon) * edge_share;
    const core::LatLon middle{(low.lat + high.lat) / 2, (low.lon + high.lon) / 2};
    core::LatLon place = middle;
    for (int i = 0; i < tries; ++i) {
        place = {between(dice_, low.lat + lat_edge, high.lat - lat_edge),
                 between(dice_, low.lon + lon_edge, high.lon - lon_edge)};
        if (core::distance_m(middle, place) <= district_m) break;
        place = core::travel(middle, between(dice_, 0, 360), between(dice_, 0, district_m));
    }
    return place;
}

bool StreetWalk::joined(core::LatLon from, core::LatLon to) const {
    const auto route = streets_->graph.route(from, to, profile_);
    return route && core::distance_m(from, route->line.front()) <= seam_m;
}

std::optional<central::maps::Route> StreetWalk::way_to(core::LatLon target) const {
    auto route = streets_->graph.route(place_, target, profile_);
    if (!route || core::distance_m(place_, route->line.front()) > seam_m) return std::nullopt;
    if (!joined(route->line.back(), home_)) return std::nullopt;
    return std::move(*route);
}

central::maps::Route StreetWalk::next() {
    for (int i = 0; i < tries; ++i) {
        const auto street = streets_->graph.nearest(random_place(), profile_);
        if (!street || street->distance_m > street_near_m) continue;
        // The first half of the tries is choosy about the distance.
        const double straight = core::distance_m(place_, street->place);
        const bool fits = straight >= reach_.least_m && straight <= reach_.most_m;
        if (!fits && i < tries / 2) continue;
        if (const auto route = way_to(street->place); route && route->length_m >= least_way_m) return go(*route);
    }
    // Every place that was gone to leads back.
    if (const auto route = way_to(home_); route && route->length_m > 0) return go(*route);
    throw std::runtime_error("no street leads on from here");
}

central::maps::Route StreetWalk::go(central::maps::Route route) {
    route.line.insert(route.line.begin(), place_);
    place_ = route.line.back();
    return route;
}

}  // namespace plus7::test
