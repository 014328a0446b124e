#include "shared/runtime/log.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/runtime/secret.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7::runtime;
using namespace std::chrono_literals;

namespace {

struct Captured {
    explicit Captured(LogSettings settings = {}) {
        configure_log(settings);
        set_log_sink([this](LogLevel level, const std::string& line) { lines.emplace_back(level, line); });
    }
    ~Captured() {
        set_log_sink({});
        configure_log({});
    }
    std::vector<std::pair<LogLevel, std::string>> lines;
};

}  // namespace

TEST_CASE("fields are key=value and values that need it are quoted") {
    CHECK(format_line("connected", {{"host", "broker.example"}, {"port", 8883}, {"tls", true}}) ==
          "connected host=broker.example port=8883 tls=true");
    CHECK(format_line("x", {{"empty", ""}, {"words", "two words"}, {"time", 1500ms}}) ==
          R"(x empty="" words="two words" time=1500ms)");
}

TEST_CASE("nobody can forge a second line or a field by a value") {
    CHECK(format_line("bad\nline", {{"a", "x\n2026 error fake=1"}, {"b", "q\"uote\\"}, {"c", "\x1b[31m"}}) ==
          R"(bad\nline a="x\n2026 error fake=1" b="q\"uote\\" c="\x1b[31m")");
}

TEST_CASE("lines below the level are not written") {
    Captured log({.level = LogLevel::warning});
    log_debug("d");
    log_info("i");
    log_warning("w");
    log_error("e");
    REQUIRE(log.lines.size() == 2);
    CHECK(log.lines[0] == std::pair(LogLevel::warning, std::string("w")));
    CHECK(log.lines[1] == std::pair(LogLevel::error, std::string("e")));
}

TEST_CASE("a repeated warning is written once per window and then says how many were left out") {
    Captured log({.level = LogLevel::info, .repeat_window = 50ms});
    for (int i = 0; i < 100; ++i) log_warning("queue is full", {{"depth", i}});
    REQUIRE(log.lines.size() == 1);
    CHECK(log.lines[0].second == "queue is full depth=0");
    const bool told = plus7::test::eventually([&] {
        log_info("something else");
        return std::any_of(log.lines.begin(), log.lines.end(),
                           [](const auto& row) { return row.second == "queue is full repeated=99"; });
    });
    CHECK(told);
}

TEST_CASE("information is never held back") {
    Captured log;
    for (int i = 0; i < 10; ++i) log_info("request");
    CHECK(log.lines.size() == 10);
}

TEST_CASE("a secret cannot be logged") {
    static_assert(!std::is_constructible_v<LogField, std::string_view, Secret>);
    CHECK(Secret("abc").reveal() == "abc");
}

TEST_CASE("level names are read back") {
    CHECK(log_level_from("warning") == LogLevel::warning);
    CHECK(!log_level_from("loud"));
    CHECK(name_of(LogLevel::debug) == "debug");
}
