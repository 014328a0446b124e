#include "central/app/tracking/live_hub.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "shared/core/random.hpp"

using namespace plus7;
using namespace plus7::central::app::tracking;

namespace {

LivePosition at(std::int64_t fix_ms, double lat = 55.81) {
    return {{lat, 37.6}, 3.0, 90.0, 5.0, core::time_ms(fix_ms), core::time_us(fix_ms * 1000)};
}

struct OneDevice {
    LiveHub hub;
    core::DeviceId device = core::DeviceId::random();
    OneDevice() { hub.shift(device, core::time_us(1)); }
};

}  // namespace

TEST_CASE_FIXTURE(OneDevice, "the newest fix is shown and an older one that comes later never moves the pin back") {
    CHECK(hub.moved(device, at(2000, 55.82)));
    CHECK_FALSE(hub.moved(device, at(1000, 55.80)));
    CHECK_FALSE(hub.moved(device, at(2000, 55.80)));
    CHECK(hub.find(device)->position->place.lat == 55.82);
}

TEST_CASE_FIXTURE(OneDevice, "nothing is shown of a courier off shift") {
    REQUIRE(hub.moved(device, at(1000)));
    hub.shift(device, std::nullopt);
    CHECK_FALSE(hub.find(device)->position);
    CHECK_FALSE(hub.moved(device, at(2000)));
    CHECK_FALSE(hub.find(device)->position);
}

TEST_CASE_FIXTURE(OneDevice, "in a break the place stays where it began, and late track of before it still counts") {
    REQUIRE(hub.moved(device, at(1000)));
    hub.shift(device, core::time_us(1), core::time_us(3'000'000));
    CHECK(hub.find(device)->break_since == core::time_us(3'000'000));
    CHECK_FALSE(hub.moved(device, at(3001)));
    CHECK(hub.moved(device, at(2000, 55.82)));
    CHECK(hub.find(device)->position->place.lat == 55.82);
    hub.shift(device, core::time_us(1));
    CHECK_FALSE(hub.find(device)->break_since);
    CHECK(hub.moved(device, at(3001)));
    hub.shift(device, core::time_us(1), core::time_us(4'000'000));
    hub.shift(device, std::nullopt, core::time_us(4'000'000));
    CHECK_FALSE(hub.find(device)->break_since);
}

TEST_CASE_FIXTURE(OneDevice, "a reader gets each changed device once, with its newest state") {
    const auto seen = hub.revision();
    for (int i = 1; i <= 50; ++i) hub.moved(device, at(i * 1000));
    const auto other = core::DeviceId::random();
    hub.connected(other, true);
    const auto changed = hub.changed_since(seen);
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].position->fix == core::time_ms(50'000));
    CHECK(changed[1].device == other);
    CHECK(hub.changed_since(hub.revision()).empty());
}

TEST_CASE_FIXTURE(OneDevice, "what says nothing new is no change") {
    hub.connected(device, true);
    hub.battery(device, 80);
    hub.carried_by(device, "courier");
    const auto seen = hub.revision();
    hub.connected(device, true);
    hub.battery(device, 80);
    hub.carried_by(device, "courier");
    hub.shift(device, core::time_us(1));
    CHECK(hub.revision() == seen);
}

TEST_CASE_FIXTURE(OneDevice, "news name the courier and come in order") {
    hub.carried_by(device, "courier");
    const auto seen = hub.revision();
    const auto event = core::random_id<core::EventId>();
    hub.act(device, event);
    hub.filled(device, core::time_ms(1), core::time_ms(2));
    const auto news = hub.news_since(seen);
    REQUIRE(news);
    REQUIRE(news->size() == 2);
    CHECK(news->at(0).event == event);
    CHECK(news->at(0).courier == "courier");
    CHECK(news->at(1).kind == LiveNews::Kind::filled);
}

TEST_CASE_FIXTURE(OneDevice, "a reader that missed forgotten news is told to read anew and memory stays bounded") {
    const auto seen = hub.revision();
    for (int i = 0; i < 5000; ++i) hub.act(device, core::EventId{});
    CHECK_FALSE(hub.news_since(seen));
    const auto recent = hub.revision() - 10;
    REQUIRE(hub.news_since(recent));
    CHECK(hub.news_since(recent)->size() == 10);
}

TEST_CASE("writers and readers on several threads end with every device's newest fix") {
    LiveHub hub;
    std::vector<core::DeviceId> devices;
    for (int i = 0; i < 20; ++i) devices.push_back(core::DeviceId::random());
    for (const auto& device : devices) hub.shift(device, core::time_us(1));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            std::uint64_t seen = 0;
            for (int i = 1; i <= 500; ++i) {
                for (const auto& device : devices) hub.moved(device, at(i * 10 + t));
                for (const auto& changed : hub.changed_since(seen)) seen = std::max(seen, changed.revision);
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& device : devices) CHECK(hub.find(device)->position->fix == core::time_ms(5003));
}
