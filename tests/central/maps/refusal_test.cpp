#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "central/maps/import.hpp"
#include "tests/central/maps/city.hpp"
#include "tests/central/maps/extract_text.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::central::maps;
using core::ErrorKind;

namespace {

// The error of importing `content` under this name; also checks that nothing but the input is left behind.
core::Error refusal(const std::string& name, const std::string& content) {
    const test::TempDir folder;
    test::write_file(folder.file(name), content);
    const auto result = import_map({.input = folder.file(name), .output = folder.file("map.mbtiles")});
    REQUIRE(!result.ok());
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    return result.error();
}

bool mentions(const core::Error& error, const std::string& words) {
    return error.message.find(words) != std::string::npos;
}

// Files of this process end at this size while it lives: the next best thing to a full disk.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        old_signal_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit limit{bytes, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_signal_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit old_{};
    void (*old_signal_)(int) = nullptr;
};

test::ExtractText cross_road() {
    test::ExtractText text;
    text.node(1, {48.0, 37.80});
    text.node(2, {48.0, 37.81});
    text.node(3, {48.0, 37.82});
    text.node(4, {48.0, 37.83});
    return text;
}

}  // namespace

TEST_CASE("an input that is not there is named in the refusal") {
    const test::TempDir folder;
    const auto result = import_map({.input = folder.file("no.osm.pbf"), .output = folder.file("map.mbtiles")});
    REQUIRE(!result.ok());
    CHECK(result.error().kind == ErrorKind::not_found);
    CHECK(mentions(result.error(), "no.osm.pbf"));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("files that are no OpenStreetMap extract are refused as such") {
    const std::string noise = "this is not a map, it is a sentence of some length without any structure\n";
    for (const char* name : {"a.osm", "a.osm.pbf", "a.osm.gz", "a.osm.bz2", "a.txt", "a.json"}) {
        CAPTURE(name);
        const auto error = refusal(name, noise);
        CHECK(error.kind == ErrorKind::invalid);
        CHECK(mentions(error, name));
    }
    CHECK(refusal("page.osm", "<html><body>404</body></html>").kind == ErrorKind::invalid);
    CHECK(refusal("empty.osm.pbf", "").kind == ErrorKind::invalid);
    CHECK(refusal("old.osm", "<osm version=\"0.5\"></osm>").kind == ErrorKind::invalid);
}

TEST_CASE("an extract that was cut short is refused, not half imported") {
    const std::string whole = test::read_file(test::city_extract());
    for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{20}}) {
        CAPTURE(size);
        CHECK(refusal("city.osm.gz", whole.substr(0, size)).kind == ErrorKind::invalid);
    }
}

TEST_CASE("an extract with damage in the middle is refused") {
    std::string damaged = test::read_file(test::city_extract());
    for (std::size_t i = 0; i < 64; ++i) damaged[damaged.size() / 2 + i] = static_cast<char>(i * 37);
    CHECK(refusal("city.osm.gz", damaged).kind == ErrorKind::invalid);
}

TEST_CASE("an extract with nothing in it says what is missing") {
    CHECK(mentions(refusal("a.osm", "<osm version=\"0.6\"></osm>"), "no nodes"));
    CHECK(mentions(refusal("b.osm", cross_road().xml()), "nothing that a map shows"));
    test::ExtractText no_nodes;
    no_nodes.way(1, {1, 2, 3}, {{"highway", "residential"}});
    CHECK(mentions(refusal("c.osm", no_nodes.xml()), "no nodes"));
}

TEST_CASE("objects out of order are refused with the tool that sorts them") {
    test::ExtractText text;
    text.way(1, {1, 2}, {{"highway", "residential"}});
    text.node(1, {48, 37.8});
    text.node(2, {48, 37.9});
    CHECK(mentions(refusal("a.osm", text.xml()), "sort"));
}

TEST_CASE("a way with a missing node is drawn and routed as far as it is known") {
    test::ExtractText text = cross_road();
    text.way(10, {1, 2, 99, 3, 4}, {{"highway", "residential"}, {"name", "улица Пробная"}});
    text.way(11, {1, 2}, {{"highway", "service"}});
    text.way(12, {3, 4}, {{"highway", "service"}});
    const test::TempDir folder;
    test::write_file(folder.file("a.osm"), text.xml());
    const auto report = import_map({.input = folder.file("a.osm"), .output = folder.file("map.mbtiles")});
    REQUIRE(report.ok());
    CHECK(report->missing_nodes == 1);
    CHECK(report->features == 3);
    CHECK(report->street_edges == 4);
    CHECK(report->named_streets == 2);
}

TEST_CASE("a polygon that crosses itself is counted and left out, the rest is imported") {
    test::ExtractText text;
    text.node(1, {48.00, 37.80});
    text.node(2, {48.01, 37.81});
    text.node(3, {48.01, 37.80});
    text.node(4, {48.00, 37.81});
    text.way(10, {1, 2, 3, 4, 1}, {{"natural", "water"}});
    text.way(11, {1, 3}, {{"highway", "primary"}});
    const test::TempDir folder;
    test::write_file(folder.file("a.osm"), text.xml());
    const auto report = import_map({.input = folder.file("a.osm"), .output = folder.file("map.mbtiles")});
    REQUIRE(report.ok());
    CHECK(report->broken_areas == 1);
    CHECK(report->features == 1);
}

TEST_CASE("an area whose outline is cut by the extract is counted as incomplete") {
    test::ExtractText text = cross_road();
    text.way(10, {1, 2, 3}, {});
    text.way(11, {1, 2}, {{"highway", "primary"}});
    text.relation(20, {{10, "outer"}, {77, "outer"}}, {{"type", "multipolygon"}, {"natural", "water"}});
    const test::TempDir folder;
    test::write_file(folder.file("a.osm"), text.xml());
    const auto report = import_map({.input = folder.file("a.osm"), .output = folder.file("map.mbtiles")});
    REQUIRE(report.ok());
    CHECK(report->incomplete_relations == 1);
}

TEST_CASE("outputs and zooms that cannot work are refused before anything is written") {
    const test::TempDir folder;
    const std::string input = test::city_extract();
    const auto kind_of = [&](ImportOptions options) {
        const auto result = import_map(options);
        REQUIRE(!result.ok());
        return result.error().kind;
    };
    CHECK(kind_of({.input = input, .output = folder.file("no/such/folder/map")}) == ErrorKind::unavailable);
    CHECK(kind_of({.input = input, .output = folder.path().string()}) == ErrorKind::invalid);
    CHECK(kind_of({.input = input, .output = ""}) == ErrorKind::invalid);
    CHECK(kind_of({.input = folder.path().string(), .output = folder.file("map")}) == ErrorKind::invalid);
    CHECK(kind_of({.input = input, .output = folder.file("map"), .min_zoom = 9}) == ErrorKind::invalid);
    CHECK(kind_of({.input = input, .output = folder.file("map"), .max_zoom = 16}) == ErrorKind::invalid);
    CHECK(kind_of({.input = input, .output = folder.file("map"), .min_zoom = 13, .max_zoom = 12}) ==
          ErrorKind::invalid);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a disk that fills up gives a clear message, no half file, and keeps the older map") {
    for (const rlim_t limit : {rlim_t{1000}, rlim_t{60'000}, rlim_t{250'000}}) {
        CAPTURE(limit);
        const test::TempDir folder;
        const std::string map = folder.file("map.mbtiles");
        test::write_file(map, "the older map");
        const auto result = [&] {
            const FileSizeLimit full{limit};
            return import_map({.input = test::city_extract(), .output = map});
        }();
        REQUIRE(!result.ok());
        CHECK(result.error().kind == ErrorKind::unavailable);
        CHECK(mentions(result.error(), "space on the disk"));
        CHECK(test::read_file(map) == "the older map");
        CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    }
}
