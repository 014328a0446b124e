// The fleet against a real central: couriers that lose their connection and their memory, and lose nothing else.
#include <doctest/doctest.h>

#include <csignal>
#include <map>
#include <regex>

#include "agent/store/kept_facts.hpp"
#include "shared/wire/fact.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"

using namespace plus7;
using namespace plus7::test;
using std::chrono::seconds;

namespace {

constexpr int couriers = 4;

struct FleetRun {
    const CentralProcess& central;
    TempDir dir;

    std::unique_ptr<Process> start(std::vector<std::string> more) const {
        std::vector<std::string> argv{PLUS7_FLEET,
                                      "--data",
                                      dir.file("couriers"),
                                      "--links",
                                      central.data_file("demo/links"),
                                      "--map",
                                      central.data_file("region.mbtiles"),
                                      "--status"};
        argv.insert(argv.end(), more.begin(), more.end());
        return std::make_unique<Process>(argv);
    }
    // Scans that the couriers' own stores hold, by event id.
    std::map<std::string, int> scans() const {
        std::map<std::string, int> found;
        for (const auto& entry : std::filesystem::directory_iterator(dir.path() / "couriers")) {
            auto database = sql::SqliteConnection::open({.path = entry.path() / "core.db", .read_only = true});
            for (const auto& kept : agent::store::KeptFacts(**database).after({}, 100'000)) {
                const auto fact = wire::decode_body(wire::decode_fact_record(kept.record)->body);
                if (fact->type == "scan") ++found[fact->id.hex()];
            }
        }
        return found;
    }
};

// Of the newest status line: the number before these words.
int status_of(const Process& fleet, const std::string& words) {
    int number = -1;
    const std::regex line("([0-9]+) " + words);
    const auto output = fleet.output();
    for (std::sregex_iterator at(output.begin(), output.end(), line), end; at != end; ++at)
        number = std::stoi((*at)[1]);
    return number;
}

std::size_t scans_at(StaffClient& staff) {
    std::size_t count = 0;
    const auto all = staff.get("/api/v1/couriers");
    for (const auto& courier : all.body.at("items"))
        count += staff.events(courier.at("id").get<std::string>(), "scan").size();
    return count;
}

}  // namespace

TEST_CASE("couriers that are cut off and killed at random deliver every scan exactly once") {
    CentralProcess central({}, "[demo]\ncouriers = " + std::to_string(couriers) + "\n");
    StaffClient staff(central.url(), central.setup_token());
    const auto imported =
        central.command({"import-map", std::string(PLUS7_SOURCE_DIR) + "/tests/data/city/moscow-ostankino.osm.gz"});
    REQUIRE_MESSAGE(imported.first == 0, imported.second);
    const FleetRun run{central, {}};

    auto fleet = run.start({"--speed-up", "60", "--offline", "0.3", "--offline-for", "4", "--kill-every", "3"});
    REQUIRE_MESSAGE(eventually([&] { return status_of(*fleet, "on shift") == couriers; }, seconds{60}),
                    fleet->output() << central.output());
    REQUIRE(eventually([&] { return status_of(*fleet, "scans") >= 4; }, seconds{60}));
    CHECK(status_of(*fleet, "cut off") > 0);
    CHECK(status_of(*fleet, "killed") > 0);
    fleet->signal(SIGTERM);
    REQUIRE(fleet->wait(seconds{30}) == 0);
    CHECK(status_of(*fleet, "errors") == 0);

    const auto kept = run.scans();
    CHECK(kept.size() >= 4);
    for (const auto& [id, times] : kept) CHECK(times == 1);

    // On a good line everything that waits gets through, although nobody moves any more.
    fleet = run.start({"--speed-up", "0"});
    REQUIRE(fleet->wait_for("plus7-fleet: " + std::to_string(couriers) + " couriers"));
    CHECK_MESSAGE(eventually([&] { return scans_at(staff) == kept.size(); }, seconds{90}),
                  scans_at(staff) << " of " << kept.size() << " scans are at central\n"
                                  << fleet->output());
    fleet->signal(SIGTERM);
    REQUIRE(fleet->wait(seconds{30}) == 0);
    CHECK(run.scans() == kept);
    CHECK(scans_at(staff) == kept.size());
    CHECK(central.stop() == 0);
}
