#include "shared/runtime/loop.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using namespace plus7::runtime;
using namespace std::chrono_literals;

namespace {

struct PipeEnds {
    std::array<int, 2> fd{};
    PipeEnds() { REQUIRE(::pipe(fd.data()) == 0); }
    ~PipeEnds() {
        ::close(fd[0]);
        if (fd[1] >= 0) ::close(fd[1]);
    }
};

// Ends a loop that a failing test would leave running.
struct Deadline {
    explicit Deadline(Loop& loop)
        : timer(loop.after(20s, [&loop, this] {
              missed = true;
              loop.stop();
          })) {}
    bool missed = false;
    Timer timer;
};

}  // namespace

TEST_CASE("posted work runs in order on the loop thread, and stop() ends the loop") {
    Loop loop;
    std::vector<int> seen;
    bool on_thread = false;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i) loop.post([&seen, i] { seen.push_back(i); });
        loop.post([&] {
            on_thread = loop.on_thread();
            loop.stop();
        });
    });
    Deadline deadline(loop);
    loop.run();
    other.join();
    CHECK(!deadline.missed);
    CHECK(seen.size() == 100);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(on_thread);
    CHECK(!loop.on_thread());
}

TEST_CASE("a handler that throws is counted and the loop goes on") {
    Loop loop;
    Deadline deadline(loop);
    loop.post([] { throw std::runtime_error("planted"); });
    loop.post([] { throw 7; });  // NOLINT: not a std::exception on purpose
    loop.post([&] { loop.stop(); });
    loop.run();
    CHECK(!deadline.missed);
    CHECK(loop.failed_handlers() == 2);
}

TEST_CASE("a repeating timer goes on after its handler threw, and stops when cancelled") {
    Loop loop;
    Deadline deadline(loop);
    int ticks = 0;
    Timer tick;
    Timer end;
    tick = loop.every(1ms, [&] {
        ++ticks;
        if (ticks == 1) throw std::runtime_error("planted");
        if (ticks == 3) {
            tick.cancel();
            end = loop.after(30ms, [&] { loop.stop(); });
        }
    });
    loop.run();
    CHECK(!deadline.missed);
    CHECK(ticks == 3);
    CHECK(!tick.active());
    CHECK(loop.failed_handlers() == 1);
}

TEST_CASE("a timer whose handle is gone is never called, not even when it was due already") {
    Loop loop;
    Deadline deadline(loop);
    int calls = 0;
    auto dropped = std::make_unique<Timer>(loop.after(0ms, [&] { ++calls; }));
    Timer replaced = loop.after(0ms, [&] { ++calls; });
    loop.post([&] {
        std::this_thread::sleep_for(5ms);  // both are due now and may be queued behind this handler
        dropped.reset();
        replaced = Timer();
    });
    const auto end = loop.after(20ms, [&] { loop.stop(); });
    loop.run();
    CHECK(!deadline.missed);
    CHECK(calls == 0);
}

TEST_CASE("a watch reports readability until it is cancelled, and leaves the descriptor open") {
    Loop loop;
    Deadline deadline(loop);
    PipeEnds pipe;
    int reads = 0;
    Watch watch;
    Timer end;
    watch = loop.watch_read(pipe.fd[0], [&] {
        char byte = 0;
        if (++reads <= 2) REQUIRE(::read(pipe.fd[0], &byte, 1) == 1);  // the third time the byte stays: still readable
        if (reads == 4) {
            watch.cancel();
            end = loop.after(20ms, [&] { loop.stop(); });
        }
    });
    REQUIRE(::write(pipe.fd[1], "abc", 3) == 3);
    loop.run();
    CHECK(!deadline.missed);
    CHECK(reads == 4);
    char byte = 0;
    CHECK(::read(pipe.fd[0], &byte, 1) == 1);
    CHECK(byte == 'c');
}

TEST_CASE("a watch sees the end of the stream") {
    Loop loop;
    Deadline deadline(loop);
    PipeEnds pipe;
    ssize_t size = -1;
    auto watch = loop.watch_read(pipe.fd[0], [&] {
        char byte = 0;
        size = ::read(pipe.fd[0], &byte, 1);
        loop.stop();
    });
    ::close(std::exchange(pipe.fd[1], -1));
    loop.run();
    CHECK(!deadline.missed);
    CHECK(size == 0);
}

TEST_CASE("signals reach their handler every time") {
    Loop loop;
    Deadline deadline(loop);
    std::vector<int> seen;
    loop.on_signal({SIGHUP, SIGTERM}, [&](int number) {
        seen.push_back(number);
        if (number == SIGTERM) return loop.stop();
        ::raise(seen.size() == 1 ? SIGHUP : SIGTERM);
    });
    ::raise(SIGHUP);
    loop.run();
    CHECK(!deadline.missed);
    CHECK(seen == std::vector<int>{SIGHUP, SIGHUP, SIGTERM});
}

TEST_CASE("timers may outlive their loop") {
    Timer timer;
    {
        Loop loop;
        timer = loop.after(1h, [] {});
        CHECK(timer.active());
    }
    timer.cancel();
    CHECK(!timer.active());
}

TEST_CASE("run_until ends with its condition, at its limit, and at stop") {
    Loop loop;
    int ticks = 0;
    const auto tick = loop.every(1ms, [&] { ++ticks; });
    CHECK(loop.run_until([&] { return ticks == 3; }, 20s));
    CHECK(ticks == 3);
    CHECK(!loop.run_until([] { return false; }, 5ms));
    loop.stop();
    CHECK(!loop.run_until([] { return false; }, 20s));
}
