// A courier's track over HTTP, from real blocks, with everything that can be missing.
#include <nlohmann/json.hpp>

#include "tests/central/api/handheld.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using accounts::Role;
using nlohmann::json;

namespace {

struct Walk {
    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    FieldPair pair = field_pair(house, admin, "K-1", {});
    core::TimeUs now = house.clock.at;
    core::TimeUs start = now - 1h;

    std::string target(core::TimeUs from, core::TimeUs to) const {
        const auto ms = [](core::TimeUs at) { return std::to_string(core::count(at) / 1000); };
        return "/api/v1/couriers/" + pair.courier + "/track?from_ms=" + ms(from) + "&to_ms=" + ms(to);
    }
    json track(core::TimeUs from, core::TimeUs to) {
        const auto response = admin.get(target(from, to));
        REQUIRE(response.status == 200);
        return json::parse(response.body);
    }
    json track() { return track(start, now); }
    void block(std::uint64_t seq, std::chrono::seconds after_start, int fixes, std::chrono::seconds delay = 1s) {
        const auto from = start + after_start;
        put_block(house, pair, seq, from, fixes, from + std::chrono::seconds{fixes} + delay);
    }
    static std::vector<std::string> reasons(const json& track) {
        std::vector<std::string> all;
        for (const auto& gap : track["gaps"]) all.push_back(gap["reason"]);
        return all;
    }
};

using Reasons = std::vector<std::string>;

}  // namespace

TEST_CASE("blocks that follow each other are one line, in differences") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, walk.start + 120s);
    walk.block(1, 0s, 60);
    walk.block(2, 60s, 60);
    const auto track = walk.track(walk.start, walk.start + 120s);
    REQUIRE(track["segments"].size() == 1);
    const auto& segment = track["segments"][0];
    CHECK(segment["t_ms"].size() == 120);
    CHECK(segment["t_ms"][0] == core::count(walk.start) / 1000);
    CHECK(segment["t_ms"][1] == 1000);
    CHECK(segment["lat_e6"][0] == 55'800'000);
    CHECK(segment["lat_e6"][1] == 10);
    CHECK(segment["lon_e6"][1] == 0);
    CHECK(segment["speed_cms"][0] == 110);
    CHECK(segment["course"][0] == -1);
    CHECK(segment["acc_m"].size() == 120);
    CHECK(segment["late"] == false);
    CHECK(track["gaps"].empty());
    CHECK(track["records"]["received"] == 2);
    CHECK(track["records"]["late"] == 0);
}

TEST_CASE("a hole that was filled later is a late stretch, and nothing is lost") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, {});
    walk.block(1, 0s, 60);
    walk.block(2, 60s, 60, 20min);
    walk.block(3, 120s, 60, 19min);
    walk.block(4, 180s, 60);
    walk.now = walk.start + 240s;
    const auto track = walk.track();
    REQUIRE(track["segments"].size() == 3);
    CHECK(track["segments"][1]["late"] == true);
    CHECK(track["segments"][1]["t_ms"].size() == 120);
    const auto& records = track["records"];
    CHECK(records["received"] == 4);
    CHECK(records["late"] == 2);
    CHECK(records["lost"] == 0);
    CHECK(records["last_gap"]["late"] == 2);
    CHECK(records["last_gap"]["from_ms"] == core::count(walk.start + 60s) / 1000);
    CHECK(records["last_gap"]["to_ms"] == core::count(walk.start + 179s) / 1000);
}

TEST_CASE("a block's first fix is a minute old when it is sealed: that is not late") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, {});
    walk.block(1, 0s, 60, 2s);
    CHECK(walk.track()["segments"][0]["late"] == false);
}

TEST_CASE("declared gaps keep their reason, and what never comes is counted as lost") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, walk.start + 30min);
    walk.block(1, 0s, 60);
    wire::Gap tunnel;
    tunnel.from = std::chrono::floor<std::chrono::milliseconds>(walk.start + 60s);
    tunnel.to = std::chrono::floor<std::chrono::milliseconds>(walk.start + 10min);
    tunnel.reason = wire::GapReason::no_fix;
    put_gap(walk.house, walk.pair, 2, tunnel, walk.start + 10min);
    walk.block(3, 10min, 60);
    wire::Gap broken;
    broken.from = std::chrono::floor<std::chrono::milliseconds>(walk.start + 11min);
    broken.to = std::chrono::floor<std::chrono::milliseconds>(walk.start + 29min);
    broken.reason = wire::GapReason::lost_rows;
    broken.never = {{4, 6}};
    put_gap(walk.house, walk.pair, 7, broken, walk.start + 29min);
    walk.block(8, 29min, 60);
    wire::Gap rest;
    rest.from = std::chrono::floor<std::chrono::milliseconds>(walk.start + 3min);
    rest.to = std::chrono::floor<std::chrono::milliseconds>(walk.start + 4min);
    rest.reason = wire::GapReason::pause;
    put_gap(walk.house, walk.pair, 9, rest, walk.start + 29min);
    const auto track = walk.track(walk.start, walk.start + 30min);
    CHECK(Walk::reasons(track) == Reasons{"no_gps", "on_break", "lost"});
    CHECK(track["segments"].size() == 3);
    CHECK(track["records"]["lost"] == 3);
    CHECK(track["records"]["waiting"] == 0);
}

TEST_CASE("what is known to lie on the device still is waiting, what nobody explains is unknown") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, {});
    walk.block(1, 0s, 60);
    walk.block(5, 20min, 60);  // the newest block goes first when there is a backlog
    walk.now = walk.start + 21min;
    auto track = walk.track();
    CHECK(Walk::reasons(track) == Reasons{"waiting"});
    CHECK(track["records"]["waiting"] == 3);
    for (const std::uint64_t seq : {2, 3, 4}) walk.block(seq, std::chrono::minutes{seq}, 60, 18min);
    track = walk.track();
    CHECK(track["records"]["waiting"] == 0);
    CHECK(track["records"]["late"] == 3);
    CHECK(Walk::reasons(track) == Reasons{"unknown"});
}

TEST_CASE("time between shifts is off shift, and nothing recorded outside of one is shown") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, walk.start + 60s);
    put_shift(walk.house, walk.pair, walk.start + 30min, walk.start + 31min);
    walk.block(1, 0s, 60);
    walk.block(2, 10min, 60);
    walk.block(3, 30min, 60);
    const auto track = walk.track(walk.start, walk.start + 31min);
    CHECK(track["segments"].size() == 2);
    CHECK(Walk::reasons(track) == Reasons{"off_shift"});
    CHECK(track["gaps"][0]["from_ms"] == core::count(walk.start + 60s) / 1000);
    CHECK(track["records"]["received"] == 2);
}

TEST_CASE("a record that came twice, under another number, is drawn once") {
    Walk walk;
    put_shift(walk.house, walk.pair, walk.start, walk.start + 60s);
    walk.block(1, 0s, 60);
    walk.block(2, 0s, 60);
    const auto track = walk.track(walk.start, walk.start + 60s);
    REQUIRE(track["segments"].size() == 1);
    CHECK(track["segments"][0]["t_ms"].size() == 60);
}

TEST_CASE("at most 48 hours are shown, of couriers that exist, and every look is entered") {
    Walk walk;
    CHECK(walk.admin.get(walk.target(walk.now - 49h, walk.now)).status == 400);
    CHECK(walk.admin.get(walk.target(walk.now, walk.now - 1h)).status == 400);
    CHECK(walk.admin.get("/api/v1/couriers/" + walk.pair.courier + "/track").status == 400);
    CHECK(walk.admin.get("/api/v1/couriers/nobody/track?from_ms=1&to_ms=2").status == 404);
    CHECK(walk.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.track_seen'") == 0);
    walk.track();
    walk.track();
    CHECK(walk.house.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.track_seen'") == 1);
}
