// A real gpsd that replays a real ride (gpsfake).
#include "agent/devices/gpsd_source.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include "tests/support/gpsfake.hpp"
#include "tests/tracks/nmea_writer.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;
using agent::devices::GpsdSource;
using namespace std::chrono_literals;

namespace {
constexpr auto limit = 30s;

struct Heard {
    std::vector<model::Fix> fixes;
    int lost = 0, back = 0;
    agent::devices::GpsdEvents events() {
        return {[this](const model::Fix& fix) { fixes.push_back(fix); }, [this](auto) { ++lost; }, [this] { ++back; }};
    }
};

std::string ride() {
    const auto track = test::read_track(std::string(PLUS7_SOURCE_DIR) + "/tests/data/tracks/bike-2s.gpx");
    return test::to_nmea(*track, std::chrono::floor<std::chrono::milliseconds>(core::SystemClock{}.now()));
}

agent::devices::GpsdOptions options_for(std::uint16_t port) {
    agent::devices::GpsdOptions options;
    options.port = std::to_string(port);
    options.retry_least = 100ms;
    options.retry_most = 200ms;
    options.silent_after = 2s;
    return options;
}
}  // namespace

TEST_CASE("fixes of a real gpsd come in order, on the globe, with speed and course") {
    test::Gpsfake gpsd(ride());
    runtime::Loop loop;
    Heard heard;
    GpsdSource source(loop, options_for(gpsd.port()), heard.events());
    source.start();
    REQUIRE(loop.run_until([&] { return heard.fixes.size() >= 20; }, limit));
    int moving = 0;
    for (std::size_t i = 0; i < heard.fixes.size(); ++i) {
        CHECK(core::is_valid(heard.fixes[i].place));
        if (i > 0) CHECK(heard.fixes[i].time > heard.fixes[i - 1].time);
        if (heard.fixes[i].speed_mps.value_or(0) > 1 && heard.fixes[i].course_deg) ++moving;
    }
    CHECK(moving > 5);
    CHECK(source.counters().fixes == heard.fixes.size());
}

TEST_CASE("a gpsd that is killed is reported as lost once, and its return goes on with fixes") {
    test::Gpsfake gpsd(ride());
    runtime::Loop loop;
    Heard heard;
    GpsdSource source(loop, options_for(gpsd.port()), heard.events());
    source.start();
    REQUIRE(loop.run_until([&] { return !heard.fixes.empty(); }, limit));
    gpsd.stop();
    REQUIRE(loop.run_until([&] { return heard.lost == 1; }, limit));
    CHECK_FALSE(source.connected());
    gpsd.start();
    REQUIRE(loop.run_until([&] { return heard.back == 1; }, limit));
    CHECK(heard.lost == 1);
}

TEST_CASE("without a gpsd the source keeps trying and says that it is lost") {
    runtime::Loop loop;
    Heard heard;
    GpsdSource source(loop, options_for(test::free_port()), heard.events());
    source.start();
    REQUIRE(loop.run_until([&] { return heard.lost == 1; }, limit));
    CHECK_FALSE(source.connected());
}
