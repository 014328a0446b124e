#include "shared/runtime/config.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "shared/runtime/config_units.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7::runtime;
using namespace std::chrono_literals;
using plus7::test::TempDir;

namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::vector<std::string> texts(const std::vector<ConfigError>& errors) {
    std::vector<std::string> out;
    for (const auto& error : errors) out.push_back(error.text());
    return out;
}

}  // namespace

TEST_CASE("values of every kind are read, and defaults stand in for absent keys") {
    ConfigReader file(R"(
name = "depot 7"
[http]
port = 8443
ratio = 0.5
open = true
wait = "90s"
body = "64KiB"
hosts = ["a.example", "b.example"]
mode = "strict"
)",
                      "/etc/plus7/central.toml");
    CHECK(file.text("name", required) == "depot 7");
    CHECK(file.integer("http.port", 8080, {1, 65535}) == 8443);
    CHECK(file.number("http.ratio", 1.0) == 0.5);
    CHECK(file.flag("http.open", false));
    CHECK(file.duration("http.wait", 10s) == 90s);
    CHECK(file.byte_size("http.body", 1024u) == 65536);
    CHECK(file.text_list("http.hosts", std::vector<std::string>{}) ==
          std::vector<std::string>{"a.example", "b.example"});
    CHECK(file.choice("http.mode", "loose", {"loose", "strict"}) == "strict");
    CHECK(file.integer("http.backlog", 128) == 128);
    CHECK(file.duration("http.idle", 5min) == 5min);
    CHECK(file.path("data.folder", "data") == "/etc/plus7/data");
    CHECK(file.path("data.other", "/var/lib/plus7") == "/var/lib/plus7");
    CHECK(file.finish().empty());
}

TEST_CASE("all errors come at once, with full keys, lines and columns, in the order of the file") {
    ConfigReader file(
        "[http]\n"
        "port = 70000\n"
        "mode = \"odd\"\n"
        "wait = 30\n"
        "prot = 1\n"
        "[extra]\n"
        "x = 1\n",
        "central.toml");
    CHECK(file.integer("http.port", 8080, {1, 65535}) == 65535);
    CHECK(file.choice("http.mode", "loose", {"loose", "strict"}) == "loose");
    CHECK(file.duration("http.wait", 10s) == 10s);
    CHECK(file.text("database.url", required).empty());
    CHECK(texts(file.finish()) == std::vector<std::string>{
                                      "central.toml: database.url: is missing and has no default",
                                      "central.toml:2:8: http.port: must be 1 … 65535, is 70000",
                                      "central.toml:3:8: http.mode: must be one of loose, strict, is odd",
                                      "central.toml:4:8: http.wait: must be text with a unit, like \"30s\" or \"5min\"",
                                      "central.toml:5:1: http.prot: is unknown",
                                      "central.toml:6:2: extra: is unknown",
                                  });
}

TEST_CASE("wrong types are told, never converted") {
    ConfigReader file("a = \"1\"\nb = 1.5\nc = 1\nd = true\ne = [1]\nf = {}\n", "f");
    file.integer("a", 0);
    file.integer("b", 0);
    file.text("c", "");
    file.number("d", 0.0);
    file.text_list("e", std::vector<std::string>{});
    file.flag("f", false);
    CHECK(file.finish().size() == 6);
}

TEST_CASE("a syntax error is the only error and names its place") {
    ConfigReader file("a = 1\nb = = 2\n", "broken.toml");
    file.text("needed", required);
    const auto errors = file.finish();
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].line == 2);
    CHECK(errors[0].file == "broken.toml");
}

TEST_CASE("a file that is not there is an error, not an exception") {
    TempDir dir;
    auto file = ConfigReader::from_file(dir.file("none.toml"));
    CHECK(file.integer("http.port", 8080) == 8080);
    CHECK(file.finish().size() == 1);
}

TEST_CASE("unknown keys of a newer file are warnings") {
    ConfigReader newer("version = 3\nfuture = 1\n", "agent.toml");
    CHECK(newer.finish(2).empty());
    REQUIRE(newer.warnings().size() == 1);
    CHECK(newer.warnings()[0].key == "future");
    ConfigReader same("version = 2\nfuture = 1\n", "agent.toml");
    CHECK(same.finish(2).size() == 1);
}

TEST_CASE("arrays of tables and free tables are read, and their unknown keys found") {
    ConfigReader file("[[printers]]\nname = \"one\"\n[[printers]]\nname = \"two\"\nspeed = 3\n[prices]\nb = 2\na = 1\n",
                      "f");
    REQUIRE(file.table_count("printers") == 2);
    CHECK(file.text("printers[0].name", required) == "one");
    CHECK(file.text("printers[1].name", required) == "two");
    CHECK(file.table_keys("prices") == std::vector<std::string>{"a", "b"});
    file.integer("prices.a", required);
    file.integer("prices.b", required);
    const auto errors = file.finish();
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].key == "printers[1].speed");
}

TEST_CASE("secrets come from files and credentials, never from the text, and are not printed") {
    TempDir dir;
    write(dir.file("token"), "s3cret-token\n");
    write(dir.file("telegram.second"), "from-systemd");
    ::setenv("CREDENTIALS_DIRECTORY", dir.path().c_str(), 1);
    ConfigReader file("[telegram]\ntoken_file = \"token\"\n", dir.file("central.toml"));
    CHECK(file.secret("telegram.token", required).reveal() == "s3cret-token");
    CHECK(file.secret("telegram.second", required).reveal() == "from-systemd");
    CHECK(file.secret("telegram.absent", "").empty());
    CHECK(file.finish().empty());
    ::unsetenv("CREDENTIALS_DIRECTORY");
    const auto printed = file.print();
    CHECK(printed.find("s3cret") == std::string::npos);
    CHECK(printed.find("from-systemd") == std::string::npos);
    CHECK(printed.find("token_file = ") != std::string::npos);
}

TEST_CASE("an inline secret and an unreadable secret file are errors with advice") {
    ConfigReader file("[t]\na = \"oops\"\nb_file = \"/nowhere/at/all\"\n", "f");
    file.secret("t.a", "");
    file.secret("t.b", "");
    file.secret("t.c", required);
    const auto errors = file.finish();
    REQUIRE(errors.size() == 3);
    CHECK(errors[0].key == "t.c_file");
    CHECK(errors[1].message.find("a_file") != std::string::npos);
    CHECK(errors[1].message.find("oops") == std::string::npos);
    CHECK(errors[2].key == "t.b_file");
}

TEST_CASE("what is printed reads back to the same values") {
    const auto read = [](ConfigReader& file) {
        file.integer("http.port", 8080);
        file.text("name", "de\"pot\n7");
        file.duration("http.wait", 90s);
        file.number("ratio", 2.0);
        file.byte_size("http.body", 65536u);
        for (std::size_t i = 0; i < file.table_count("printers"); ++i) {
            file.text("printers[" + std::to_string(i) + "].name", "x");
        }
    };
    ConfigReader first("[http]\nport = 9\n[[printers]]\nname = \"one\"\n[[printers]]\n", "f");
    read(first);
    REQUIRE(first.finish().empty());
    ConfigReader second(first.print(), "f");
    read(second);
    CHECK(second.finish().empty());
    CHECK(second.print() == first.print());
    CHECK(first.print() ==
          "name = \"de\\\"pot\\u000A7\"\nratio = 2.0\n\n[http]\nport = 9\nwait = \"90s\"\nbody = \"64KiB\"\n\n"
          "[[printers]]\nname = \"one\"\n\n[[printers]]\nname = \"x\"\n");
}

TEST_CASE("durations and sizes need their units") {
    CHECK(parse_duration("250ms") == 250ms);
    CHECK(parse_duration("7d") == 168h);
    CHECK(parse_duration("5 min") == 5min);
    for (const char* bad :
         {"", "5", "s", "-1s", "1.5h", "5 minutes", "99999999999999999999s", "9999999999999999999d"}) {
        CAPTURE(bad);
        CHECK(!parse_duration(bad));
    }
    CHECK(parse_byte_size("20MiB") == 20u * 1024 * 1024);
    CHECK(!parse_byte_size("20MB"));
    CHECK(print_duration(90s) == "90s");
    CHECK(print_duration(2h) == "2h");
    CHECK(print_duration(0ms) == "0ms");
}
