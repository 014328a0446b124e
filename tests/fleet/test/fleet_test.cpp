#include "tests/fleet/fleet.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::fleet;

namespace {

std::string written(const test::TempDir& folder, const std::string& text) {
    const auto name = folder.file("links");
    std::ofstream(name) << text;
    return name;
}

}  // namespace

TEST_CASE("links are read line by line; the first wrong line is named") {
    const test::TempDir folder;
    const auto read = read_links(written(folder, "D-01\tplus7:enrol?u=a\n\nD-02\tplus7:enrol?u=b\n"));
    REQUIRE(read.ok());
    REQUIRE(read->size() == 2);
    CHECK((*read)[1].code == "D-02");
    CHECK((*read)[1].link == "plus7:enrol?u=b");
    for (const char* bad : {"D-01 no tab\n", "../up\tlink\n", "a/b\tlink\n", "\tlink\n", ".\tlink\n"}) {
        const auto refused = read_links(written(folder, std::string("D-01\tx\n") + bad));
        REQUIRE(!refused.ok());
        CHECK(refused.error().message.find("line 2") != std::string::npos);
    }
    CHECK(read_links(folder.file("none")).error().kind == core::ErrorKind::not_found);
}

TEST_CASE("a fleet without anybody, map or track says so") {
    const test::TempDir folder;
    FleetOptions options;
    options.data_dir = folder.path() / "couriers";
    options.map = folder.file("none.mbtiles");
    auto nobody = Fleet::make(options);
    REQUIRE(!nobody.ok());
    CHECK(nobody.error().message.find("nobody to drive") != std::string::npos);
    options.links = written(folder, "D-01\tplus7:enrol?u=a\nD-02\tplus7:enrol?u=b\n");
    CHECK(!Fleet::make(options).ok());
    options.map.clear();
    options.replay = folder.file("none.gpx");
    CHECK(!Fleet::make(options).ok());
    options.replay = std::string(PLUS7_TRACKS_DIR) + "/car-2s.gpx";
    options.except = {"D-01"};
    const auto one = Fleet::make(options);
    REQUIRE(one.ok());
    CHECK((*one)->size() == 1);
}
