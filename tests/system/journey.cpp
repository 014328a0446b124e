#include "tests/system/journey.hpp"

#include <doctest/doctest.h>

#include <map>
#include <stdexcept>

#include "tests/support/eventually.hpp"
#include "tests/tracks/nmea_writer.hpp"
#include "tests/tracks/tracks.hpp"

namespace plus7::test {

std::string ride_nmea() {
    const auto track = read_track(std::string(PLUS7_SOURCE_DIR) + "/tests/data/tracks/bike-2s.gpx");
    return to_nmea(*track, std::chrono::floor<std::chrono::milliseconds>(core::SystemClock{}.now()));
}

Journey::Journey(CentralProcess& on, StaffClient& by, const std::string& code, std::uint16_t gpsd_port)
    : central(on),
      staff(by),
      carried(by.courier_with_device("Орлов Рустам " + code, code)),
      agent(gpsd_port),
      prefix(code + "-PKG-") {
    const auto enrolled = agent.enroll(carried.link);
    if (enrolled.code != 0) throw std::runtime_error("not enrolled: " + enrolled.output + on.output());
    agent.start();
    CommandResult shift;
    const auto started = [&] {
        shift = agent.command({"shift", "start"});  // refused until central has told which courier carries the device
        return shift.code == 0;
    };
    if (!eventually(started)) throw std::runtime_error("no shift: " + shift.output + agent.output());
}

void Journey::note(const CommandResult& result, const std::string& code) {
    constexpr int not_saved = 1, no_agent = 3;
    if (result.code == 0) {
        saved.insert(code);
    } else if (result.code != not_saved && result.code != no_agent) {
        unsure.insert(code);
    }
}

void Journey::scan() {
    const auto code = next_code();
    note(agent.command({"scan", code}), code);
}

std::string Journey::broken_promise() {
    std::map<std::string, int> times;
    for (const auto& event : staff.events(carried.courier, "scan")) ++times[event.at("data").at("code")];
    for (const auto& [code, count] : times) {
        if (count != 1) return code + " arrived " + std::to_string(count) + " times";
        if (!saved.contains(code) && !unsure.contains(code)) return code + " arrived although it was not saved";
    }
    for (const auto& code : saved)
        if (!times.contains(code)) return code + " was saved and is not there";
    return "";
}

bool Journey::arrived(std::chrono::seconds limit) {
    return eventually([&] { return broken_promise().empty(); }, limit);
}

bool Journey::until_more_than(std::size_t scans_before) {
    return eventually([&] { return scans_at_central() > scans_before; }, std::chrono::seconds{60});
}

void Journey::expect_whole() {
    CHECK_MESSAGE(arrived(), broken_promise());
    CHECK(eventually([&] { return lost_records() == 0; }));
    CHECK(agent.stop() == 0);
    CHECK(central.stop() == 0);
    const auto [code, words] = central.command({"verify"});
    CHECK_MESSAGE(code == 0, words);
}

std::int64_t Journey::lost_records() {
    return staff.get("/api/v1/couriers/" + carried.courier).body.at("records").at("lost").get<std::int64_t>();
}

}  // namespace plus7::test
