// What each open map is told, tick by tick, without a network.
#include "central/api/live_viewer.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include "shared/core/uuid.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace std::chrono_literals;
using api::LiveRoll;
using api::LiveView;
using api::LiveViewer;
using nlohmann::json;

namespace {

struct Map {
    app::tracking::LiveHub hub;
    LiveRoll roll;
    LiveViewer viewer{app::audit::staff_actor("anna", "192.0.2.1"), "session"};
    core::TimeUs now = core::time_us(1'795'000'000'000'000);
    std::vector<core::DeviceId> devices;
    std::vector<std::string> shown;

    // Couriers "c0", "c1", … in shift and connected, standing at 55.8, 37.6 + 0.1 · i.
    explicit Map(int couriers) {
        std::vector<api::LiveCourier> all;
        for (int i = 0; i < couriers; ++i) {
            devices.push_back(core::DeviceId::random());
            const auto id = "c" + std::to_string(i);
            all.push_back({id, "Courier " + id, "K-" + std::to_string(i), {}, devices.back()});
            hub.carried_by(devices.back(), id);
            hub.shift(devices.back(), now);
            hub.connected(devices.back(), true);
            place(i, {55.8, 37.6 + 0.1 * i});
        }
        roll.set_couriers(std::move(all));
    }
    void place(int courier, core::LatLon at, double speed = 0) {
        const auto fix = std::chrono::floor<std::chrono::milliseconds>(now);
        hub.moved(devices.at(static_cast<std::size_t>(courier)), {at, speed, {}, 5.0, fix, now});
    }
    void ask(std::optional<std::array<double, 4>> box, std::vector<std::string> pins = {}) {
        viewer.ask(LiveView{box, std::move(pins)});
    }
    // The next second's message, or null.
    json tick(std::chrono::seconds after = 1s) {
        now += after;
        roll.update(hub, now);
        shown.clear();
        if (!viewer.attend()) return nullptr;
        const auto message = viewer.next_message(roll.entries(), now, shown);
        return message ? json::parse(*message) : json(nullptr);
    }
    static std::vector<std::string> ids(const json& message) {
        std::vector<std::string> all;
        for (const auto& row : message["rows"]) all.push_back(row[0]);
        return all;
    }
};

using Ids = std::vector<std::string>;
constexpr std::array<double, 4> around_c0{37.55, 55.7, 37.65, 55.9};

}  // namespace

TEST_CASE("the first view is answered with everybody, then only what changes is told") {
    Map map(3);
    CHECK(map.tick().is_null());  // nothing was asked yet
    map.ask(std::nullopt);
    const auto snapshot = map.tick();
    CHECK(snapshot["type"] == "snapshot");
    CHECK(snapshot["couriers"].size() == 3);
    CHECK(snapshot["rows"].size() == 3);
    CHECK(snapshot["rows"][0].size() == 9);
    CHECK(map.shown.size() == 3);
    CHECK(map.tick().is_null());
    map.place(1, {55.81, 37.7}, 1.5);
    const auto frame = map.tick();
    CHECK(frame["type"] == "frame");
    CHECK(frame["seq"] == snapshot["seq"].get<int>() + 1);
    CHECK(Map::ids(frame) == Ids{"c1"});
    CHECK(frame["rows"][0][7] == "moving");
    CHECK(map.shown == Ids{"c1"});
}

TEST_CASE("changes outside of the view are kept back until they come into sight") {
    Map map(2);
    map.ask(around_c0);
    map.tick();
    map.place(1, {55.81, 37.7});
    CHECK(map.tick().is_null());
    map.ask(std::nullopt);
    CHECK(Map::ids(map.tick()) == Ids{"c1"});
    CHECK(map.tick().is_null());
}

TEST_CASE("who leaves the view is told once more, who is pinned always, who changes his state too") {
    Map map(3);
    map.ask(around_c0, {"c1"});
    map.tick();
    map.place(0, {55.8, 38.5});
    CHECK(Map::ids(map.tick()) == Ids{"c0"});
    map.place(0, {55.8, 38.6});
    CHECK(map.tick().is_null());
    map.place(1, {55.81, 37.7});
    CHECK(Map::ids(map.tick()) == Ids{"c1"});
    map.hub.connected(map.devices[2], false);
    const auto frame = map.tick();
    CHECK(Map::ids(frame) == Ids{"c2"});
    CHECK(frame["rows"][0][7] == "offline");
}

TEST_CASE("a view across the 180th meridian holds both of its sides") {
    const LiveView view{std::array<double, 4>{170, -10, -170, 10}, {}};
    CHECK(view.holds({0, 175}));
    CHECK(view.holds({0, -175}));
    CHECK_FALSE(view.holds({0, 0}));
    CHECK_FALSE(view.holds({11, 175}));
}

TEST_CASE("silence is told by the mere passing of time") {
    Map map(1);
    map.ask(std::nullopt);
    map.tick();
    const auto frame = map.tick(61s);
    CHECK(Map::ids(frame) == Ids{"c0"});
    CHECK(frame["rows"][0][7] == "silent");
}

TEST_CASE("who is on a break is neither silent nor offline, and it is said since when") {
    Map map(1);
    map.ask(std::nullopt);
    map.tick();
    const auto since = map.hub.find(map.devices[0])->shift_since;
    map.hub.shift(map.devices[0], since, *since + 5s);
    const auto told = map.tick();
    CHECK(told["rows"][0][7] == "on_break");
    CHECK(told["couriers"][0]["break_since_ms"] == core::count(*since + 5s) / 1000);
    CHECK(map.tick(61s)["rows"].empty());
    map.hub.connected(map.devices[0], false);
    map.tick();
    map.hub.shift(map.devices[0], since);
    CHECK(map.tick()["rows"][0][7] == "offline");
}

TEST_CASE("the end of a shift takes the place away") {
    Map map(1);
    map.ask(std::nullopt);
    map.tick();
    map.hub.shift(map.devices[0], {});
    const auto frame = map.tick();
    CHECK(frame["rows"][0][1].is_null());
    CHECK(frame["rows"][0][7] == "off_shift");
    CHECK(map.shown.empty());
}

TEST_CASE("fifteen quiet seconds are broken by an empty frame") {
    Map map(1);
    map.hub.shift(map.devices[0], {});
    map.ask(std::nullopt);
    const auto snapshot = map.tick();
    CHECK(map.tick(14s).is_null());
    const auto frame = map.tick();
    CHECK(frame["rows"].empty());
    CHECK(frame["seq"] == snapshot["seq"].get<int>() + 1);
    CHECK(map.tick(14s).is_null());
}

TEST_CASE("a viewer who missed ticks gets one frame with the newest of each") {
    Map map(2);
    map.ask(std::nullopt);
    map.tick();
    for (int i = 1; i <= 5; ++i) {  // ticks that he could not take
        map.now += 1s;
        map.place(0, {55.8 + 0.001 * i, 37.6});
        map.roll.update(map.hub, map.now);
    }
    const auto frame = map.tick();
    REQUIRE(Map::ids(frame) == Ids{"c0"});
    CHECK(frame["rows"][0][1] == 55.805);
}

TEST_CASE("after a hole the viewer asks and gets everybody again") {
    Map map(2);
    map.ask(std::nullopt);
    const auto first = map.tick();
    map.viewer.ask_again();
    const auto second = map.tick();
    CHECK(second["type"] == "snapshot");
    CHECK(second["seq"] == first["seq"].get<int>() + 1);
}

TEST_CASE("edited couriers are told anew, blocked ones are gone") {
    Map map(2);
    map.ask(std::nullopt);
    map.tick();
    map.roll.set_couriers({{"c0", "Renamed", "K-0", {}, map.devices[0]}});
    const auto frame = map.tick();
    CHECK(frame["couriers"][0]["name"] == "Renamed");
    CHECK(frame["gone"] == json::array({"c1"}));
}

TEST_CASE("news is of pinned couriers only, and comes once") {
    Map map(2);
    map.ask(std::nullopt, {"c0"});
    map.viewer.attend();
    CHECK(map.viewer.take_news(map.hub).empty());
    map.hub.act(map.devices[0], core::uuid_v7(core::time_ms(1)));
    map.hub.act(map.devices[1], core::uuid_v7(core::time_ms(2)));
    map.hub.filled(map.devices[0], core::time_ms(1), core::time_ms(2));
    CHECK(map.viewer.take_news(map.hub).size() == 2);
    CHECK(map.viewer.take_news(map.hub).empty());
}

TEST_CASE("who has written is told to those who may chat, pinned or not") {
    Map map(2);
    LiveViewer dispatcher{app::audit::staff_actor("boris", "192.0.2.1"), "session", true};
    for (auto* viewer : {&map.viewer, &dispatcher}) {
        viewer->ask(LiveView{std::nullopt, {"c0"}});
        viewer->attend();
        CHECK(viewer->take_news(map.hub).empty());
    }
    map.hub.chat("c1");
    CHECK(map.viewer.take_news(map.hub).empty());
    const auto news = dispatcher.take_news(map.hub);
    REQUIRE(news.size() == 1);
    CHECK(news[0].courier == "c1");
}

TEST_CASE("a look is a new one once in 15 minutes, by courier and kind") {
    Map map(1);
    using app::audit::Look;
    CHECK(map.viewer.is_new_look("c0", Look::live, map.now));
    CHECK_FALSE(map.viewer.is_new_look("c0", Look::live, map.now + 14min));
    CHECK(map.viewer.is_new_look("c0", Look::events, map.now));
    CHECK(map.viewer.is_new_look("c1", Look::live, map.now));
    CHECK(map.viewer.is_new_look("c0", Look::live, map.now + 15min));
}

TEST_CASE("what is no message of a viewer is refused") {
    for (const char* bad :
         {"", "[]", "{}", R"({"type":"view"})", R"({"type":"view","bbox":[1,2,3],"pins":[]})",
          R"({"type":"view","bbox":[1,2,3,"4"],"pins":[]})", R"({"type":"view","bbox":null,"pins":[7]})",
          R"({"type":"view","bbox":null,"pins":{}})", R"({"type":7})"})
        CHECK_FALSE_MESSAGE(api::read_live_client(bad).ok(), bad);
    CHECK(api::read_live_client(R"({"type":"resync"})").ok());
    CHECK(api::read_live_client(R"({"type":"view","bbox":null,"pins":["c0"]})").ok());
}
