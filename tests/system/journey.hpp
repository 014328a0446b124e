// One courier's handheld on a central, and what he was told: the promise that tests hold the system to. `saved` codes
// must reach central exactly once, `unsure` ones (the agent ended before it answered) at most once, others never.
#pragma once
#include <set>
#include <string>

#include "tests/support/gpsfake.hpp"
#include "tests/system/agent_process.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"

namespace plus7::test {

std::string ride_nmea();  // a recorded ride that begins now

struct Journey {
    // Enrols the handheld and starts the shift; `gpsd_port` as of AgentProcess. Throws with the output of what failed.
    explicit Journey(CentralProcess& on, StaffClient& by, const std::string& code, std::uint16_t gpsd_port = 0);

    void scan();  // the next code, by the command of a running agent
    void note(const CommandResult& result, const std::string& code);  // what the courier was told of it
    std::string next_code() { return prefix + std::to_string(++scans); }

    // What central has of the scans, against what the courier was told; empty when the promise is kept.
    std::string broken_promise();
    bool arrived(std::chrono::seconds limit = std::chrono::seconds{90});  // eventually kept
    std::size_t scans_at_central() { return staff.events(carried.courier, "scan").size(); }
    bool until_more_than(std::size_t scans_before);  // so that the next blow meets a system that works
    std::int64_t lost_records();  // numbers of the track that neither arrived nor are said to be lost

    // REQUIREs and CHECKs that all has arrived, once; ends agent and central in order, and lets central verify itself.
    void expect_whole();

    CentralProcess& central;
    StaffClient& staff;
    CarriedDevice carried;
    AgentProcess agent;
    std::string prefix;
    int scans = 0;
    std::set<std::string> saved, unsure;
};

}  // namespace plus7::test
