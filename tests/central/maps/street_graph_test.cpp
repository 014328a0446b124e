#include "central/maps/street_graph.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "central/maps/import.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "tests/central/maps/city.hpp"
#include "tests/central/maps/extract_text.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::central::maps;

namespace {

const StreetGraph& city_graph() {
    static const StreetGraph graph = [] {
        auto loaded = StreetGraph::load(test::city_map());
        if (!loaded.ok()) throw std::runtime_error(loaded.error().message);
        return std::move(*loaded);
    }();
    return graph;
}

constexpr core::LatLon yablochkova_10{55.81750, 37.58241};
constexpr core::LatLon rustaveli_15{55.81363, 37.59684};

double line_length(const std::vector<core::LatLon>& line) {
    double metres = 0;
    for (std::size_t i = 1; i < line.size(); ++i) metres += core::distance_m(line[i - 1], line[i]);
    return metres;
}

StreetGraph graph_of(const test::ExtractText& text) {
    const test::TempDir folder;
    test::write_file(folder.file("a.osm"), text.xml());
    REQUIRE(import_map({.input = folder.file("a.osm"), .output = folder.file("a.mbtiles")}).ok());
    auto graph = StreetGraph::load(folder.file("a.mbtiles"));
    REQUIRE(graph.ok());
    return std::move(*graph);
}

// A block of 4 streets: nodes 1 … 4 clockwise from the south-west, 1.1 km a side.
constexpr core::LatLon sw{48.00, 37.80}, nw{48.01, 37.80}, ne{48.01, 37.815}, se{48.00, 37.815};

test::ExtractText block() {
    test::ExtractText text;
    text.node(1, sw);
    text.node(2, nw);
    text.node(3, ne);
    text.node(4, se);
    return text;
}

}  // namespace

TEST_CASE("the city's graph holds all edges of the map file") {
    CHECK(city_graph().edges() == test::city_report().street_edges);
    CHECK(city_graph().nodes() == test::city_report().street_nodes);
}

TEST_CASE("the nearest street to a house on it has its name") {
    const auto street = city_graph().nearest(rustaveli_15, car);
    REQUIRE(street);
    CHECK(street->distance_m < 60);
    CHECK(core::distance_m(rustaveli_15, street->place) == doctest::Approx(street->distance_m).epsilon(0.01));
    const auto avenue = city_graph().nearest({55.82155, 37.6110}, car);
    REQUIRE(avenue);
    CHECK(avenue->name == "улица Академика Королёва");
}

TEST_CASE("there is no nearest street far away or nowhere") {
    CHECK(!city_graph().nearest({48.0, 37.8}, car));
    CHECK(!city_graph().nearest({std::nan(""), 37.8}, car));
    CHECK(!city_graph().nearest({91, 500}, foot));
}

TEST_CASE("a way between two known houses is connected and of sensible length for everyone") {
    const double straight = core::distance_m(yablochkova_10, rustaveli_15);
    for (const Profile profile : {car, bike, foot}) {
        CAPTURE(static_cast<int>(profile));
        for (const auto& [from, to] :
             {std::pair{yablochkova_10, rustaveli_15}, std::pair{rustaveli_15, yablochkova_10}}) {
            const auto route = city_graph().route(from, to, profile);
            REQUIRE(route.ok());
            const double ends = core::distance_m(from, route->line.front()) + core::distance_m(to, route->line.back());
            CHECK(ends < 300);
            CHECK(route->length_m + ends >= straight * 0.999);
            CHECK(route->length_m <= 3 * straight);
            CHECK(line_length(route->line) == doctest::Approx(route->length_m).epsilon(0.005));
            CHECK(route->seconds > route->length_m / (110 / 3.6));
        }
    }
}

TEST_CASE("a car keeps to one-way streets of the city, a walker does not") {
    // A carriageway of улица Академика Королёва, one way, way 238874289.
    auto connection = sql::SqliteConnection::open({.path = test::city_map(), .read_only = true});
    REQUIRE(connection.ok());
    std::vector<PlaceE7> line;
    double length = 0;
    (*connection)
        ->run(
            "SELECT geometry, length_cm FROM street_edge WHERE way_id = 238874289 AND (forward & 1) = 1 AND "
            "(backward & 1) = 0 ORDER BY length_cm DESC LIMIT 1",
            {}, [&](const sql::Row& row) {
                line = decode_line(core::text_of(row.get<core::Bytes>(0))).value();
                length = row.get<int>(1) / 100.0;
                return false;
            });
    REQUIRE(length > 100);
    const auto place = [&](double share) {
        const core::LatLon a = degrees(line.front()), b = degrees(line.back());
        return core::LatLon{a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share};
    };
    const auto along = city_graph().route(place(0.3), place(0.7), car);
    const auto against = city_graph().route(place(0.7), place(0.3), car);
    const auto walk = city_graph().route(place(0.7), place(0.3), foot);
    REQUIRE((along.ok() && against.ok() && walk.ok()));
    CHECK(along->length_m == doctest::Approx(0.4 * length).epsilon(0.1));
    CHECK(walk->length_m < 0.5 * length);
    CHECK(against->length_m + core::distance_m(place(0.7), against->line.front()) +
              core::distance_m(place(0.3), against->line.back()) >
          0.4 * length + 20);
}

TEST_CASE("a one-way side of a block sends the car round the other three") {
    auto text = block();
    text.way(10, {1, 2}, {{"highway", "residential"}, {"oneway", "yes"}});
    text.way(11, {2, 3, 4, 1}, {{"highway", "residential"}});
    const StreetGraph graph = graph_of(text);
    const core::LatLon low{48.002, 37.80}, high{48.008, 37.80};
    const double side = core::distance_m(low, high);
    CHECK(graph.route(low, high, car)->length_m == doctest::Approx(side).epsilon(0.01));
    CHECK(graph.route(high, low, foot)->length_m == doctest::Approx(side).epsilon(0.01));
    const auto round = graph.route(high, low, car);
    REQUIRE(round.ok());
    CHECK(round->length_m > 4 * side);
    CHECK(line_length(round->line) == doctest::Approx(round->length_m).epsilon(0.005));
}

TEST_CASE("oneway=-1 turns the direction, a roundabout implies one, oneway:bicycle=no lets bicycles through") {
    auto text = block();
    text.way(10, {1, 2}, {{"highway", "residential"}, {"oneway", "-1"}, {"oneway:bicycle", "no"}});
    text.way(11, {2, 3, 4, 1}, {{"highway", "residential"}, {"junction", "roundabout"}});
    const StreetGraph graph = graph_of(text);
    const core::LatLon low{48.002, 37.80}, high{48.008, 37.80};
    const double side = core::distance_m(low, high);
    CHECK(graph.route(high, low, car)->length_m == doctest::Approx(side).epsilon(0.01));
    CHECK(!graph.route(low, high, car).ok());  // up is forbidden, and the circle leads out of the top left only
    CHECK(graph.route(low, high, bike)->length_m == doctest::Approx(side).epsilon(0.01));
}

TEST_CASE("cars stay off footways and private roads, walkers off motorways") {
    auto text = block();
    text.way(10, {1, 2}, {{"highway", "footway"}});
    text.way(11, {2, 3}, {{"highway", "service"}, {"access", "private"}, {"foot", "yes"}});
    text.way(12, {3, 4}, {{"highway", "motorway"}});
    const StreetGraph graph = graph_of(text);
    CHECK(graph.route(sw, ne, foot).ok());
    CHECK(graph.route(sw, ne, car).error().kind == core::ErrorKind::not_found);
    CHECK(graph.route(ne, se, car).ok());
    CHECK(graph.nearest(se, foot)->distance_m > 1000);
    CHECK(graph.nearest(sw, car)->distance_m > 1000);
}

TEST_CASE("both places on one spot give a way of no length") {
    const auto route = city_graph().route(rustaveli_15, rustaveli_15, foot);
    REQUIRE(route.ok());
    CHECK(route->length_m == doctest::Approx(0));
    CHECK(route->line.size() == 2);
}

TEST_CASE("a missing or foreign file gives no graph") {
    const test::TempDir folder;
    test::write_file(folder.file("noise"), std::string(5000, 'x'));
    CHECK(StreetGraph::load(folder.file("none")).error().kind == core::ErrorKind::not_found);
    CHECK(!StreetGraph::load(folder.file("noise")).ok());
    REQUIRE(sql::SqliteConnection::open({.path = folder.file("other")}).ok());
    CHECK(StreetGraph::load(folder.file("other")).error().kind == core::ErrorKind::invalid);
}

TEST_CASE("the line of an edge survives its encoding, damaged bytes do not") {
    const std::vector<PlaceE7> line{{558135000, 375960000}, {558135001, 375959990}, {-900000000, 1800000000}};
    const std::string bytes = encode_line(line);
    CHECK(decode_line(bytes) == line);
    CHECK(!decode_line(bytes.substr(0, bytes.size() - 1)));
    CHECK(!decode_line(""));
    CHECK(!decode_line(std::string(40, '\xff')));
    CHECK(!decode_line(encode_line({{1, 1}})));
}
