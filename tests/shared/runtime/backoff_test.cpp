#include "shared/runtime/backoff.hpp"

#include <doctest/doctest.h>

using namespace plus7::runtime;
using namespace std::chrono_literals;

TEST_CASE("the ceiling doubles from the base to the cap") {
    Backoff backoff({.base = 2s, .cap = 300s, .stable = 60s}, [] { return 0.5; });
    std::vector<std::chrono::milliseconds> waits;
    for (int i = 0; i < 10; ++i) waits.push_back(backoff.failed(0ms));
    CHECK(waits == std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 150s, 150s});
    for (int i = 0; i < 5000; ++i) CHECK(backoff.failed(0ms) == 150s);
}

TEST_CASE("only a connection that was stable for long enough starts again from the base") {
    Backoff backoff({.base = 2s, .cap = 300s, .stable = 60s}, [] { return 0.5; });
    for (int i = 0; i < 4; ++i) backoff.failed(0ms);
    backoff.succeeded(100s);
    CHECK(backoff.failed(159s) == 16s);
    backoff.succeeded(200s);
    CHECK(backoff.failed(260s) == 1s);
    CHECK(backoff.failures() == 1);
}

TEST_CASE("the jitter is full: waits are spread from zero to the ceiling") {
    Backoff backoff({.base = 8s, .cap = 8s, .stable = 60s});
    int low = 0, high = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto wait = backoff.failed(0ms);
        CHECK(wait >= 0ms);
        CHECK(wait < 8s);
        if (wait < 2s) ++low;
        if (wait >= 6s) ++high;
    }
    CHECK(low > 150);
    CHECK(high > 150);
}
