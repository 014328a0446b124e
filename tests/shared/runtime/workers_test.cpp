#include "shared/runtime/workers.hpp"

#include <doctest/doctest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "shared/runtime/loop.hpp"
#include "shared/runtime/loop_asio.hpp"
#include "shared/runtime/workers_asio.hpp"

using namespace plus7;
using namespace plus7::runtime;

TEST_CASE("all queued jobs run before stop() returns") {
    std::atomic<int> done{0};
    Workers workers({.threads = 3, .max_queued = 1000});
    for (int i = 0; i < 500; ++i) REQUIRE(workers.submit([&] { ++done; }));
    workers.stop();
    CHECK(done == 500);
    CHECK(workers.queue_depth() == 0);
    const auto late = workers.submit([&] { ++done; });
    REQUIRE(!late);
    CHECK(late.error().kind == core::ErrorKind::unavailable);
}

TEST_CASE("a full queue refuses with `limit` and goes on when there is room") {
    Workers workers({.threads = 1, .max_queued = 2});
    std::promise<void> started, gate;
    auto opened = gate.get_future().share();
    REQUIRE(workers.submit([&] {
        started.set_value();
        opened.wait();
    }));
    started.get_future().wait();
    CHECK(workers.submit([] {}));
    CHECK(workers.submit([] {}));
    CHECK(workers.queue_depth() == 2);
    const auto refused = workers.submit([] {});
    REQUIRE(!refused);
    CHECK(refused.error().kind == core::ErrorKind::limit);
    gate.set_value();
    workers.stop();
    CHECK(workers.queue_depth() == 0);
}

TEST_CASE("a job that throws is counted and harms no other") {
    Workers workers({.threads = 1, .max_queued = 10});
    std::atomic<bool> second{false};
    REQUIRE(workers.submit([] { throw std::runtime_error("planted"); }));
    REQUIRE(workers.submit([&] { second = true; }));
    workers.stop();
    CHECK(workers.failed_jobs() == 1);
    CHECK(second);
}

namespace {

struct Seen {
    std::string text;
    bool on_loop_before = false, on_loop_after = false, on_loop_inside = true;
    std::string thrown;
    core::ErrorKind refused = core::ErrorKind::internal;
};

boost::asio::awaitable<void> await_jobs(Loop& loop, Workers& workers, Seen& seen) {
    seen.on_loop_before = loop.on_thread();
    auto job = [&, word = std::string("value that is longer than a small string")] {
        seen.on_loop_inside = loop.on_thread();
        return word + "!";
    };
    auto text = co_await run_on(workers, job);
    seen.on_loop_after = loop.on_thread();
    seen.text = text.value();
    auto failing = [] { throw std::runtime_error("planted"); };
    try {
        [[maybe_unused]] const auto nothing = co_await run_on(workers, failing);
    } catch (const std::exception& error) {
        seen.thrown = error.what();
    }
    workers.stop();
    const auto refused = co_await run_on(workers, job);
    if (!refused) seen.refused = refused.error().kind;
    loop.stop();
}

}  // namespace

TEST_CASE("a coroutine awaits a job, resumes on the loop, and gets values, exceptions and refusals") {
    Loop loop;
    Workers workers;
    Seen seen;
    boost::asio::co_spawn(io_context_of(loop), await_jobs(loop, workers, seen), boost::asio::detached);
    loop.run();
    CHECK(seen.on_loop_before);
    CHECK(!seen.on_loop_inside);
    CHECK(seen.on_loop_after);
    CHECK(seen.text == "value that is longer than a small string!");
    CHECK(seen.thrown == "planted");
    CHECK(seen.refused == core::ErrorKind::unavailable);
}
