#include "shared/runtime/metrics.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>

using namespace plus7::runtime;

TEST_CASE("metrics are rendered in the Prometheus text format") {
    Metrics metrics;
    metrics.counter("plus7_batches_total", "Batches by result.", {{"result", "ok"}}).add(3);
    metrics.counter("plus7_batches_total", "Batches by result.", {{"result", "bad \"x\"\n"}}).add();
    metrics.gauge("plus7_queue", "Waiting\nitems.").set(2.5);
    metrics.gauge_from("plus7_read", "Read late.", [] { return 7.0; });
    auto& histogram = metrics.histogram("plus7_wait_seconds", "Waiting.", {0.1, 1});
    for (const double value : {0.1, 0.5, 3.0}) histogram.observe(value);
    CHECK(metrics.render() ==
          "# HELP plus7_batches_total Batches by result.\n"
          "# TYPE plus7_batches_total counter\n"
          "plus7_batches_total{result=\"bad \\\"x\\\"\\n\"} 1\n"
          "plus7_batches_total{result=\"ok\"} 3\n"
          "# HELP plus7_queue Waiting\\nitems.\n"
          "# TYPE plus7_queue gauge\n"
          "plus7_queue 2.5\n"
          "# HELP plus7_read Read late.\n"
          "# TYPE plus7_read gauge\n"
          "plus7_read 7\n"
          "# HELP plus7_wait_seconds Waiting.\n"
          "# TYPE plus7_wait_seconds histogram\n"
          "plus7_wait_seconds_bucket{le=\"0.1\"} 1\n"
          "plus7_wait_seconds_bucket{le=\"1\"} 2\n"
          "plus7_wait_seconds_bucket{le=\"+Inf\"} 3\n"
          "plus7_wait_seconds_sum 3.6\n"
          "plus7_wait_seconds_count 3\n");
}

TEST_CASE("the same name and labels give the same metric, another kind is a bug") {
    Metrics metrics;
    CHECK(&metrics.counter("a_total", "A.") == &metrics.counter("a_total", "A."));
    CHECK(&metrics.counter("a_total", "A.") != &metrics.counter("a_total", "A.", {{"k", "v"}}));
    CHECK_THROWS_AS(metrics.gauge("a_total", "A."), std::logic_error);
    CHECK_THROWS_AS(metrics.counter("9bad", "B."), std::logic_error);
    CHECK_THROWS_AS(metrics.counter("b", "B.", {{"bad key", "v"}}), std::logic_error);
}

TEST_CASE("no increment of several threads is lost") {
    Metrics metrics;
    auto& counter = metrics.counter("n_total", "N.");
    auto& histogram = metrics.histogram("h", "H.", {1});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 10000; ++i) {
                    counter.add();
                    histogram.observe(1);
                }
            });
        }
    }
    CHECK(counter.value() == 40000);
    CHECK(histogram.count() == 40000);
    CHECK(histogram.sum() == 40000);
}
