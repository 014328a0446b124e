#include "central/jobs/scheduler.hpp"

#include <doctest/doctest.h>

#include <future>
#include <stdexcept>

using namespace plus7;
using central::jobs::Job;
using std::chrono::milliseconds, std::chrono::seconds;

namespace {

struct Office {
    runtime::Workers workers;
    core::SystemClock clock;
    runtime::Metrics metrics;
    runtime::Loop loop;
    central::jobs::Scheduler scheduler{loop, workers, clock, metrics};

    // Behind all that jobs capture, so that the workers end first.
    ~Office() { workers.stop(); }
    bool until(const std::function<bool()>& condition) { return loop.run_until(condition, seconds{20}); }
    bool metrics_say(const std::string& line) const { return metrics.render().find(line) != std::string::npos; }
};

}  // namespace

TEST_CASE("a job runs at its first time and then again and again") {
    std::atomic<int> turns = 0;
    Office office;
    const auto run = [&] {
        ++turns;
        return core::Status{};
    };
    office.scheduler.start({Job{"often", milliseconds{1}, milliseconds{2}, run}});
    CHECK(office.until([&] { return turns >= 3; }));
    CHECK(office.metrics_say("plus7_job_last_success_seconds{job=\"often\"} 1"));
    CHECK(office.metrics_say("plus7_job_failures_total{job=\"often\"} 0"));
}

TEST_CASE("a job that fails or throws is counted and comes again; its neighbour is not harmed") {
    std::atomic<int> refusals = 0, throws = 0, good = 0;
    Office office;
    const auto refuse = [&]() -> core::Status {
        ++refusals;
        return core::unavailable("not now");
    };
    const auto broken = [&]() -> core::Status {
        ++throws;
        throw std::runtime_error("a bug");
    };
    const auto fine = [&]() -> core::Status {
        ++good;
        return {};
    };
    office.scheduler.start({Job{"refuses", milliseconds{1}, milliseconds{2}, refuse},
                            Job{"throws", milliseconds{1}, milliseconds{2}, broken},
                            Job{"works", milliseconds{1}, milliseconds{2}, fine}});
    CHECK(office.until([&] { return refusals >= 2 && throws >= 2 && good >= 2; }));
    CHECK(office.metrics_say("plus7_job_last_success_seconds{job=\"refuses\"} 0"));
    CHECK_FALSE(office.metrics_say("plus7_job_failures_total{job=\"throws\"} 0"));
    CHECK(office.metrics_say("plus7_job_failures_total{job=\"works\"} 0"));
}

TEST_CASE("a job that takes longer than its period is not begun a second time meanwhile") {
    std::promise<void> let_go;
    const auto gate = let_go.get_future().share();
    std::atomic<int> begun = 0, ticks = 0;
    Office office;
    const auto slow = [&]() -> core::Status {
        ++begun;
        gate.wait();
        return {};
    };
    const auto tick = [&]() -> core::Status {
        ++ticks;
        return {};
    };
    office.scheduler.start(
        {Job{"slow", milliseconds{1}, milliseconds{1}, slow}, Job{"tick", milliseconds{1}, milliseconds{1}, tick}});
    CHECK(office.until([&] { return begun == 1 && ticks >= 20; }));
    CHECK(begun == 1);
    let_go.set_value();
    CHECK(office.until([&] { return begun >= 2; }));
}

TEST_CASE("after stop nothing begins any more") {
    std::atomic<int> turns = 0;
    Office office;
    const auto run = [&] {
        ++turns;
        return core::Status{};
    };
    office.scheduler.start({Job{"often", milliseconds{1}, milliseconds{1}, run}});
    REQUIRE(office.until([&] { return turns >= 1; }));
    office.scheduler.stop();
    office.workers.stop();
    const int before = turns;
    bool later = false;
    const auto timer = office.loop.after(milliseconds{50}, [&] { later = true; });
    CHECK(office.until([&] { return later; }));
    CHECK(turns == before);
}
