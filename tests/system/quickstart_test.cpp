// packaging/quickstart: what it refuses, and that it brings everything up and takes everything down.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>

#include "shared/http/client.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/process.hpp"

using namespace plus7;
using namespace plus7::test;
using std::chrono::seconds;

namespace {

std::string script() { return std::string(PLUS7_SOURCE_DIR) + "/packaging/quickstart"; }

std::string group(const std::string& text, const std::string& pattern) {
    std::smatch found;
    return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
}

// Programs whose command line holds this.
std::vector<pid_t> processes_of(const std::string& text) {
    std::vector<pid_t> pids;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline");
        std::string line{std::istreambuf_iterator<char>(file), {}};
        std::replace(line.begin(), line.end(), '\0', ' ');
        if (line.find(text) != std::string::npos) pids.push_back(std::stoi(entry.path().filename()));
    }
    return pids;
}

pid_t pid_of(const std::string& text) {
    const auto pids = processes_of(text);
    return pids.size() == 1 ? pids.front() : 0;
}

std::string parcels_of_registries(const std::string& database) {
    Process counting({"python3", "-c",
                      "import sqlite3, sys; "
                      "print(*sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM registry_line').fetchone())",
                      database});
    counting.wait();
    return counting.output();
}

}  // namespace

TEST_CASE("wrong arguments are refused at once, with the reason") {
    struct Case {
        std::vector<std::string> arguments;
        std::string reason;
    };
    const Case cases[] = {{{"--port", "0"}, "--port must be"},         {{"--port", "70000"}, "--port must be"},
                          {{"--port", "80a"}, "--port must be"},       {{"--port"}, "--port needs a value"},
                          {{"--keep", "/etc/passwd"}, "no directory"}, {{"--fast"}, "unknown option --fast"},
                          {{"--postgres", "a\nb"}, "line ends"}};
    for (const auto& [arguments, reason] : cases) {
        std::vector<std::string> argv{script()};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        Process process(argv);
        CHECK(process.wait() == 2);
        CHECK_MESSAGE(process.output().find(reason) != std::string::npos, process.output());
    }
    Process help({script(), "--help"});
    CHECK(help.wait() == 0);
    CHECK(help.output().find("--postgres DSN") != std::string::npos);
}

TEST_CASE("quickstart brings up the demonstration from any directory and takes it down again") {
    TempDir dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    const auto keep = dir.file("kept");
    for (const bool again : {false, true}) {
        CAPTURE(again);
        Process quickstart({script(), "--keep", "kept"}, {{"PLUS7_BUILD", PLUS7_BUILD_DIR}}, dir.path());
        REQUIRE_MESSAGE(quickstart.wait_for("Ctrl-C stops everything", seconds{90}), quickstart.output());
        const auto said = quickstart.output();
        const auto url = group(said, "(http://127\\.0\\.0\\.1:[0-9]+)\n");
        CHECK(!group(said, "(http://[^ ]*/setup#[A-Za-z0-9_-]+)").empty());
        auto client = http::Client::make();
        REQUIRE(client.ok());
        const auto ready = client->call({http::Method::get, url + "/readyz"});
        REQUIRE(ready.ok());
        CHECK(ready->status == 200);
        const auto page_of = [&](const std::string& person) {
            return group(said, person + "  [^\n]*(http://127\\.0\\.0\\.1:[0-9]+/\\?t=[^ \n]+)");
        };
        for (const std::string person : {"D-01", "D-02", "P-01", "W-01"}) {
            CAPTURE(person);
            const auto page = client->call({http::Method::get, page_of(person)});
            REQUIRE(page.ok());
            CHECK(page->status == 303);  // its token was taken
        }
        CHECK(eventually([&] {
            Process work({PLUS7_AGENT, "--config", keep + "/agent.toml", "work"});
            return work.wait() == 0 && work.output().find("A-10008") != std::string::npos;
        }));
        Process scan({PLUS7_AGENT, "--config", keep + "/agent.toml", "scan", "4600000000015"});
        CHECK_MESSAGE(scan.wait() == 0, scan.output());
        const auto agent = pid_of(keep + "/agent.toml run");
        REQUIRE(agent > 0);
        ::kill(agent, SIGKILL);
        CHECK(quickstart.wait_for("agent-D-01 ended; it is started again"));
        CHECK(eventually([&] { return client->call({http::Method::get, page_of("D-01")}).ok(); }));
        quickstart.signal(SIGINT);
        CHECK(quickstart.wait(seconds{60}) == 130);
        CHECK(eventually([&] { return processes_of(keep).empty(); }));
        CHECK(client->call({http::Method::get, url + "/readyz"}).ok() == false);
        CHECK(parcels_of_registries(keep + "/central/central.db") == "60\n");  // those of the sample, once
    }
}

TEST_CASE("a port that somebody has is named, and nothing is left running") {
    const auto taken = free_port();
    Process other({"python3", "-m", "http.server", "--bind", "127.0.0.1", std::to_string(taken)});
    REQUIRE(eventually([&] { return accepts_connections(taken); }));
    TempDir dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    Process quickstart({script(), "--port", std::to_string(taken), "--keep", dir.path()},
                       {{"PLUS7_BUILD", PLUS7_BUILD_DIR}});
    CHECK(quickstart.wait() == 1);
    CHECK(quickstart.output().find("port " + std::to_string(taken) + " is taken") != std::string::npos);
    CHECK(other.running());
}
