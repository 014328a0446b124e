// The file of streets on this handheld: read tile by tile, replaced under its readers, and harmless when it is damaged.
#include "agent/store/street_pack.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::store::StreetPack;

namespace {

std::string pack(const std::string& first, const std::string& second) {
    wire::PackHead head;
    head.area = {3'750'000, 5'575'000, 3'770'000, 5'585'000};
    head.min_zoom = 10;
    head.max_zoom = 14;
    head.tiles = {{10, 618, 319, static_cast<std::uint32_t>(first.size()), 0},
                  {14, 9903, 5116, static_cast<std::uint32_t>(second.size()), 0}};
    return wire::pack_head(head) + first + second;
}

// As `fetch-map` does it: another file takes the place.
void put(const std::filesystem::path& file, const std::string& bytes, int age_s) {
    std::ofstream(file.string() + ".new", std::ios::binary) << bytes;
    std::filesystem::rename(file.string() + ".new", file);
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::seconds{age_s});
}

}  // namespace

TEST_CASE("tiles are read where the head says, and a new file is noticed") {
    const TempDir dir;
    const std::filesystem::path file = dir.file("map.pack");
    StreetPack streets(file);
    CHECK(streets.head() == nullptr);
    CHECK_FALSE(streets.tile(10, 618, 319));
    put(file, pack("near", std::string(300'000, 'f')), 60);
    REQUIRE(streets.head() != nullptr);
    CHECK(streets.tile(10, 618, 319) == "near");
    CHECK(streets.tile(14, 9903, 5116) == std::string(300'000, 'f'));
    CHECK_FALSE(streets.tile(14, 9903, 5117));
    put(file, pack("other", "g"), 30);
    CHECK(streets.tile(10, 618, 319) == "other");
    std::filesystem::remove(file);
    CHECK(streets.head() == nullptr);
}

TEST_CASE("a file that is none, or is cut off, gives nothing") {
    const TempDir dir;
    const std::filesystem::path file = dir.file("map.pack");
    StreetPack streets(file);
    put(file, "P7MAP1", 60);
    CHECK(streets.head() == nullptr);
    const auto whole = pack("near", "far");
    put(file, whole.substr(0, whole.size() - 1), 30);
    CHECK(streets.tile(10, 618, 319) == "near");
    CHECK_FALSE(streets.tile(14, 9903, 5116));
}
