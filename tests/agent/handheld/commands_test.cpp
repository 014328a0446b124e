// The command line and the running agent, as a person at the handheld meets them.
#include <doctest/doctest.h>
#include <signal.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/agent/handheld/enrolled_agent.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {
nlohmann::json status_of(const EnrolledAgent& agent) {
    const auto result = agent.run({"status", "--json"});
    REQUIRE_MESSAGE(result.code == 0, result.output);
    return nlohmann::json::parse(result.output);
}
}  // namespace

TEST_CASE("without a running agent every command says so and exits with 3") {
    EnrolledAgent agent;
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"status"}, {"scan", "A-1"}, {"shift", "start"}, {"shift", "end"}, {"export", "--out", agent.file("x")}}) {
        const auto result = agent.run(words);
        CHECK(result.code == 3);
        CHECK(result.says("no agent is running"));
    }
    CHECK_FALSE(std::filesystem::exists(agent.file("x")));
    CHECK_FALSE(std::filesystem::exists(agent.file("x.part")));
}

TEST_CASE("a device that is not enrolled says what to do and exits with 4") {
    EnrolledAgent agent;
    std::filesystem::remove(agent.data() / "identity.json");
    const auto result = agent.run({"run"});
    CHECK(result.code == 4);
    CHECK(result.says("plus7-agent enroll"));
    CHECK(agent.run({"run"}, {{"LC_ALL", "ru_RU.UTF-8"}}).says("устройство не зарегистрировано"));
}

TEST_CASE("a scanned code is saved, a misread one is refused, in the language of the user") {
    EnrolledAgent agent;
    agent.start();
    const auto saved = agent.run({"scan", "4600000000015"});
    CHECK(saved.code == 0);
    CHECK(saved.says("saved: 4600000000015 (ean13"));
    const auto refused = agent.run({"scan", "4600000000016"});
    CHECK(refused.code == 1);
    CHECK(refused.says("the check digit does not fit"));
    CHECK(agent.run({"scan", "4600000000016"}, {{"LC_ALL", "ru_RU.UTF-8"}}).says("контрольная цифра не сходится"));
    const auto kept = agent.exported();
    CHECK_MESSAGE(kept.whole, kept.problem);
    std::vector<std::string> types;
    for (const auto& fact : kept.facts) types.push_back(fact.type);
    CHECK(types == std::vector<std::string>{"device.started", "scan"});
}

TEST_CASE("a shift needs a bound courier, and status shows it") {
    EnrolledAgent agent;
    agent.start();
    const auto refused = agent.run({"shift", "start"});
    CHECK(refused.code == 1);
    CHECK(refused.says("no courier is bound to this device"));
    agent.kill();
    agent.bind_courier("C-017");
    agent.start();
    CHECK(agent.run({"shift", "start"}).says("shift of courier C-017 has started"));
    CHECK(agent.run({"shift", "start"}).says("a shift is open already"));
    CHECK(status_of(agent)["shift"]["courier"] == "C-017");
    CHECK(agent.run({"status"}, {{"LC_ALL", "ru_RU.UTF-8"}}).says("курьер: C-017"));
    CHECK(agent.run({"shift", "end"}).code == 0);
    CHECK(status_of(agent)["shift"].is_null());
}

TEST_CASE("status tells device, connection, queue and storage; metrics are there for Prometheus") {
    EnrolledAgent agent;
    agent.start();
    const auto status = status_of(agent);
    CHECK(core::DeviceId::parse(status["device"].get<std::string>()));
    CHECK(status["connection"] == "offline");
    CHECK(status["unacked"]["fact"] == 1);
    CHECK(status["storage"]["step"] == 0);
    CHECK(status["gps"]["gpsd"] == false);
    CHECK(status["version"] == PLUS7_VERSION);
    Process curl({"curl", "-s", "--max-time", "10", "--unix-socket", agent.socket(), "http://localhost/metrics"});
    REQUIRE(curl.wait() == 0);
    CHECK(curl.output().find("plus7_agent_unacked_records{lane=\"fact\"} 1") != std::string::npos);
}

TEST_CASE("a second agent on the same data directory is refused") {
    EnrolledAgent agent;
    agent.start();
    const auto second = agent.run({"run"});
    CHECK(second.code == 6);
    CHECK(second.says(std::to_string(agent.process().pid())));
    CHECK(agent.run({"scan", "A-1"}).code == 0);
}

TEST_CASE("SIGTERM ends the agent in order within five seconds, and the next start knows it") {
    EnrolledAgent agent;
    agent.start();
    const auto asked = std::chrono::steady_clock::now();
    agent.process().signal(SIGTERM);
    CHECK(agent.process().wait() == 0);
    CHECK(std::chrono::steady_clock::now() - asked < 5s);
    CHECK_FALSE(std::filesystem::exists(agent.socket()));
    agent.start();
    const auto kept = agent.exported();
    REQUIRE(kept.facts.size() == 3);
    CHECK(kept.facts[1].type == "device.stopped");
    CHECK(wire::decode_data<model::DeviceStarted>(kept.facts[2].data)->clean_stop);
}

TEST_CASE("check-config names every wrong key, and print-config gives a file that is fine") {
    EnrolledAgent agent;
    const auto printed = agent.run({"print-config"});
    CHECK(printed.code == 0);
    std::ofstream(agent.file("printed.toml")) << printed.output;
    Process again({PLUS7_AGENT, "--config", agent.file("printed.toml"), "check-config"}, english);
    CHECK(again.wait() == 0);
    std::ofstream(agent.file("agent.toml")) << "colour = 1\n[gpsd]\nport = 70000\n[scanner]\nbaud = 300\n";
    const auto wrong = agent.run({"check-config"});
    CHECK(wrong.code == 2);
    for (const auto* key : {"colour", "gpsd.port", "scanner.baud"}) CHECK(wrong.says(key));
    std::ofstream(agent.file("agent.toml")) << "version = 2\ncolour = 1\n";
    const auto newer = agent.run({"check-config"});
    CHECK(newer.code == 0);
    CHECK(newer.says("colour"));
}

TEST_CASE("a wrong command line is exit code 2, help and version are 0") {
    EnrolledAgent agent;
    CHECK(agent.run({"fly"}).code == 2);
    CHECK(agent.run({"scan"}).code == 2);
    CHECK(agent.run({"enroll", "http://nonsense"}).code == 2);
    CHECK(agent.run({"--version"}).says(PLUS7_VERSION));
    const auto help = agent.run({"--help"});
    CHECK(help.code == 0);
    CHECK(help.says("Exit codes"));
}
