// I1 and I4 on the handheld: what was said to be saved is there after any kill, exactly once, signed and chained.
#include <doctest/doctest.h>

#include <fstream>
#include <map>

#include "shared/core/random.hpp"
#include "tests/agent/handheld/enrolled_agent.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr int rounds = 24;
constexpr int codes_per_round = 300;

std::string code_of(int round, int number) { return "P7-" + std::to_string(round) + "-" + std::to_string(number); }

// A person scans without pause while the agent is killed at some moment; the lines that were printed.
std::vector<std::string> scan_until_killed(EnrolledAgent& agent, int round) {
    const auto codes = agent.file("codes");
    std::ofstream list(codes, std::ios::trunc);
    for (int i = 0; i < codes_per_round; ++i) list << code_of(round, i) << '\n';
    list.close();
    std::string shell = "exec";
    for (const auto& word : agent.command({"scan", "-"})) shell += " '" + word + "'";
    Process scanning({"sh", "-c", shell + " < '" + codes + "'"}, english);
    const auto enough = core::random_below(codes_per_round / 2);
    eventually([&] { return scanning.lines().size() >= enough || !scanning.running(); });
    agent.kill();
    REQUIRE(scanning.wait());
    return scanning.lines();
}

}  // namespace

TEST_CASE("every code that was said to be saved is there exactly once after many kills, signed and chained") {
    EnrolledAgent agent;
    agent.bind_courier("C-017");
    agent.start();
    REQUIRE(agent.run({"shift", "start"}).code == 0);
    std::map<std::string, bool> said;  // saved, or not known
    for (int round = 0; round < rounds; ++round) {
        for (const auto& line : scan_until_killed(agent, round)) {
            const auto at = line.find("P7-");
            if (at == std::string::npos) continue;
            const auto code = line.substr(at, line.find_first_of(" :", at) - at);
            if (line.starts_with("saved:")) said[code] = true;
            if (line.find("not known") != std::string::npos) said.try_emplace(code, false);
        }
        if (round % 3 == 0) {  // and once more while it is still starting
            agent.launch();
            eventually(
                [&, until = std::chrono::steady_clock::now() + std::chrono::milliseconds(core::random_below(60))] {
                    return std::chrono::steady_clock::now() >= until;
                });
            agent.kill();
        }
        agent.start();
    }
    const auto kept = agent.exported();
    REQUIRE_MESSAGE(kept.whole, kept.problem);
    std::map<std::string, int> found;
    for (const auto& fact : kept.facts) {
        if (fact.type != "scan") continue;
        ++found[std::string(core::text_of(wire::decode_data<model::Scan>(fact.data)->code))];
        CHECK(fact.who.shift.has_value());  // the shift outlived every kill
    }
    int saved = 0;
    for (const auto& [code, sure] : said) {
        saved += sure ? 1 : 0;
        const int times = found.contains(code) ? found[code] : 0;
        CHECK_MESSAGE((sure ? times == 1 : times <= 1), code << " is there " << times << " times");
    }
    for (const auto& [code, times] : found) CHECK_MESSAGE(said.contains(code), code << " was never answered");
    CHECK(saved > rounds);
    MESSAGE(saved << " codes said to be saved over " << rounds << " kills");
}
