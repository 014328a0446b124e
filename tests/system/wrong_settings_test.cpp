// What a person gets who has set something wrong: all of it at once, each by its key, what to do, and an exit code.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/eventually.hpp"
#include "tests/support/process.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

struct Ended {
    int code = -1;
    std::string output;
    bool says(const std::string& words) const { return output.find(words) != std::string::npos; }
};

// Runs a program of ours on this configuration, in a folder of its own, until it ends.
Ended run(const std::string& program, const std::string& config, const std::string& command) {
    const TempDir dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    const auto file = dir.file("plus7.toml");
    std::ofstream(file) << config;
    Process process({program, "--config", file, command}, {{"LANG", "C"}});
    const auto code = process.wait(std::chrono::seconds{60});
    return {code.value_or(-1), process.output()};
}

// Holds a port of 127.0.0.1 as long as it lives.
struct Neighbour {
    std::uint16_t port = free_port();
    Process server{{"python3", "-m", "http.server", "--bind", "127.0.0.1", std::to_string(port)}};
    Neighbour() {
        REQUIRE(eventually([&] { return accepts_connections(port); }));
    }
};

}  // namespace

TEST_CASE("everything that is wrong with central's settings is said at once, by its key") {
    const std::string config =
        "instance = \"One!\"\nworkers = 0\ncolour = \"red\"\n"
        "[http]\nport = 70000\npublic_url = \"ftp://x\"\ntrusted_proxies = [\"127.0.0.1\", \"the proxy\"]\n"
        "[broker]\nmanaged = false\nport = \"many\"\n[log]\nlevel = \"loud\"\n";
    for (const std::string command : {"run", "check-config", "verify", "migrate"}) {
        CAPTURE(command);
        const auto ended = run(PLUS7_CENTRAL, config, command);
        CHECK(ended.code == 2);
        for (const char* key : {"instance", "workers", "colour", "http.port", "http.public_url", "http.trusted_proxies",
                                "broker.host", "broker.port", "log.level"})
            CHECK_MESSAGE(ended.says(std::string(key) + ": "), key << " in " << ended.output);
    }
}

TEST_CASE("everything that is wrong with the handheld's settings is said at once, by its key") {
    const std::string config =
        "colour = \"red\"\n[gpsd]\nport = 70000\nsilent_after = \"soon\"\n[scanner]\nbaud = 1234\n"
        "[storage]\nthin_below = \"1MiB\"\n[log]\nlevel = \"loud\"\n";
    for (const std::string command : {"run", "status", "check-config"}) {
        CAPTURE(command);
        const auto ended = run(PLUS7_AGENT, config, command);
        CHECK(ended.code == 2);
        for (const char* key : {"colour", "gpsd.port", "gpsd.silent_after", "scanner.baud", "storage", "log.level"})
            CHECK_MESSAGE(ended.says(std::string(key) + ": "), key << " in " << ended.output);
    }
}

TEST_CASE("a file that is no TOML, or is not there, is named") {
    for (const std::string program : {PLUS7_CENTRAL, PLUS7_AGENT}) {
        CAPTURE(program);
        const auto broken = run(program, "this is = = none\n", "run");
        CHECK(broken.code == 2);
        CHECK_MESSAGE(broken.says("plus7.toml:1:"), broken.output);
        Process missing({program, "--config", "no-such-file.toml", "run"});
        CHECK(missing.wait() == 2);
        CHECK_MESSAGE(missing.output().find("no-such-file.toml: cannot be read") != std::string::npos,
                      missing.output());
    }
}

TEST_CASE("a port that somebody has is named with its key and what to do, and no broker stays behind") {
    const Neighbour neighbour;
    const auto taken = std::to_string(neighbour.port), broker = std::to_string(free_port());
    const auto http = run(PLUS7_CENTRAL, "[http]\nport = " + taken + "\n[broker]\nport = " + broker + "\n", "run");
    CHECK(http.code == 1);
    CHECK_MESSAGE(http.says(taken + " is taken: end what uses it, or set http.port"), http.output);
    CHECK(eventually([&] { return !accepts_connections(static_cast<std::uint16_t>(std::stoi(broker))); }));

    const auto mqtt = run(PLUS7_CENTRAL, "[http]\nport = 0\n[broker]\nport = " + taken + "\n", "run");
    CHECK(mqtt.code == 1);
    CHECK_MESSAGE(mqtt.says(taken + " is taken: end what uses it, or set broker.port"), mqtt.output);
}

TEST_CASE("a PostgreSQL that does not run is named with the key to look at, without the password") {
    const auto port = std::to_string(free_port());
    const auto config = "database = \"host=127.0.0.1 port=" + port +
                        " user=plus7 dbname=plus7 password=hunter2\"\n[http]\nport = 0\n[broker]\nport = 0\n";
    for (const std::string command : {"run", "migrate", "verify"}) {
        CAPTURE(command);
        const auto ended = run(PLUS7_CENTRAL, config, command);
        CHECK(ended.code == 1);
        CHECK_MESSAGE(ended.says("port " + port), ended.output);
        CHECK_MESSAGE(ended.says("start it, or correct `database` in the settings"), ended.output);
        CHECK_FALSE(ended.says("hunter2"));
    }
}

TEST_CASE("a handheld that was never enrolled says how it is done") {
    const auto ended = run(PLUS7_AGENT, "data_dir = \"data\"\n", "run");
    CHECK(ended.code == 4);
    CHECK_MESSAGE(ended.says("plus7-agent enroll LINK"), ended.output);
}
