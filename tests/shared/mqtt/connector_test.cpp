#include "shared/mqtt/connector.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/mqtt/inbox.hpp"

using namespace plus7;
using namespace plus7::mqtt;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    explicit Fixture(ConnectorTimings timings)
        : connector(
              loop, timings, [this](std::uint64_t session) { opens.push_back(session); },
              [this](std::uint64_t session) { timeouts.push_back(session); }) {}

    void run_until_opened(std::size_t count) {
        REQUIRE(loop.run_until([&] { return opens.size() == count; }, 20s));
    }

    runtime::Loop loop;
    std::vector<std::uint64_t> opens, timeouts;
    Connector connector;
};

ConnectorTimings quick() {
    ConnectorTimings timings;
    timings.backoff = {.base = 4ms, .cap = 16ms, .stable = 1h};
    timings.connect_timeout = 1h;
    timings.taken_over_wait = 50ms;
    timings.random = [] { return 0.5; };
    return timings;
}

}  // namespace

TEST_CASE("the first attempt comes at once, failures wait by the backoff, and sessions are numbered") {
    Fixture f(quick());
    f.connector.start();
    f.connector.start();
    f.run_until_opened(1);
    std::vector<std::chrono::milliseconds> waits;
    for (std::size_t i = 1; i <= 5; ++i) {
        REQUIRE(f.connector.ended(i, reason::success));
        waits.push_back(f.connector.planned_wait());
        f.run_until_opened(i + 1);
    }
    CHECK(waits == std::vector<std::chrono::milliseconds>{2ms, 4ms, 8ms, 8ms, 8ms});
    CHECK(f.opens == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("reports about sessions that are over change nothing") {
    Fixture f(quick());
    f.connector.start();
    f.run_until_opened(1);
    CHECK(f.connector.ended(1, reason::success));
    CHECK(!f.connector.ended(1, reason::success));
    CHECK(!f.connector.opened(1));
    f.run_until_opened(2);
    CHECK(!f.connector.opened(1));
    CHECK(f.connector.opened(2));
    CHECK(!f.connector.ended(1, reason::success));
    CHECK(f.connector.state() == Connector::State::connected);
}

TEST_CASE("a session that was taken over waits longer") {
    Fixture f(quick());
    f.connector.start();
    f.run_until_opened(1);
    REQUIRE(f.connector.opened(1));
    REQUIRE(f.connector.ended(1, reason::session_taken_over));
    CHECK(f.connector.planned_wait() == 52ms);
    CHECK(ConnectorTimings{}.taken_over_wait >= 60s);
}

TEST_CASE("an attempt without any answer is given up and tried again") {
    auto timings = quick();
    timings.connect_timeout = 2ms;
    Fixture f(timings);
    f.connector.start();
    f.run_until_opened(3);
    CHECK(f.timeouts == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("nothing is opened after stop, and start goes on with a new number") {
    Fixture f(quick());
    f.connector.start();
    f.run_until_opened(1);
    f.connector.ended(1, reason::success);
    f.connector.stop();
    CHECK(!f.loop.run_until([&] { return f.opens.size() > 1; }, 40ms));
    f.connector.start();
    f.run_until_opened(2);
    CHECK(f.opens.back() == 2);
}

TEST_CASE("the inbox drops and counts messages beyond its bounds, keeps the order, and never drops other events") {
    runtime::Loop loop;
    std::vector<std::string> seen;
    std::size_t others = 0;
    auto inbox = std::make_shared<Inbox>(loop, 100, 1000, [&](Event event) {
        if (const auto* message = std::get_if<Message>(&event.what)) {
            seen.push_back(message->topic);
        } else {
            ++others;
        }
    });
    for (int i = 0; i < 300; ++i) {
        inbox->push({1, Message{std::to_string(i), {}}});
        inbox->push({1, Published{}});
    }
    CHECK(inbox->dropped() == 200);
    REQUIRE(loop.run_until([&] { return others == 300; }, 20s));
    REQUIRE(seen.size() == 100);
    for (int i = 0; i < 100; ++i) CHECK(seen[static_cast<std::size_t>(i)] == std::to_string(i));
    inbox->push({1, Message{"big", core::Bytes(998)}});
    CHECK(inbox->dropped() == 201);
    inbox->push({1, Message{"fits", core::Bytes(996)}});
    CHECK(inbox->dropped() == 201);
    inbox->close();
    inbox->push({1, Message{"late", {}}});
    CHECK(!loop.run_until([&] { return seen.size() > 100; }, 20ms));
}

TEST_CASE("a listener that throws does not stop the inbox") {
    runtime::Loop loop;
    int seen = 0;
    auto inbox = std::make_shared<Inbox>(loop, 100, 1000, [&](Event) {
        if (++seen == 1) throw std::runtime_error("planted");
    });
    for (int i = 0; i < 3; ++i) inbox->push({1, Published{}});
    CHECK(loop.run_until([&] { return seen == 3; }, 20s));
    CHECK(loop.failed_handlers() == 1);
}
