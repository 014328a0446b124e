#include "agent/app/sampler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace plus7;
using agent::app::Sampler;
using agent::app::SamplingPolicy;
using namespace std::chrono_literals;

namespace {

const core::LatLon start{55.8150, 37.6050};

model::Fix fix_at(std::chrono::milliseconds after, core::LatLon place, double speed = 0,
                  std::optional<double> course = {}) {
    model::Fix fix;
    fix.time = core::time_ms(1'700'000'000'000) + after;
    fix.place = place;
    fix.speed_mps = speed;
    fix.course_deg = course;
    fix.accuracy_m = 4;
    return fix;
}

// One fix a second on a straight way.
std::vector<model::Fix> straight(int seconds, double speed, double course = 90) {
    std::vector<model::Fix> fixes;
    for (int s = 0; s < seconds; ++s)
        fixes.push_back(fix_at(std::chrono::seconds{s}, core::travel(start, course, speed * s), speed, course));
    return fixes;
}

int kept(Sampler& sampler, const std::vector<model::Fix>& fixes) {
    int count = 0;
    for (const auto& fix : fixes) count += sampler.take(fix).has_value() ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("the first fix is kept") {
    Sampler sampler{SamplingPolicy{}};
    CHECK(sampler.take(fix_at(0s, start)));
}

TEST_CASE("a slow walk is kept every interval") {
    Sampler sampler{SamplingPolicy{}};
    CHECK(kept(sampler, straight(61, 1.4)) == 13);  // 0, 5, 10 … 60 s
}

TEST_CASE("a fast ride is kept by distance, sooner than by time") {
    Sampler sampler{SamplingPolicy{}};
    CHECK(kept(sampler, straight(61, 21)) == 31);  // every 2 s = 42 m
}

TEST_CASE("a turn is kept at once and marked") {
    Sampler sampler{SamplingPolicy{}};
    REQUIRE(sampler.take(fix_at(0s, start, 3, 0)));
    const auto turn = sampler.take(fix_at(1s, core::travel(start, 0, 3), 3, 40));
    REQUIRE(turn);
    CHECK(turn->is_turn);
    CHECK_FALSE(sampler.take(fix_at(2s, core::travel(start, 10, 6), 3, 42)));
}

TEST_CASE("a course that jumps while nearly standing is noise, not a turn") {
    Sampler sampler{SamplingPolicy{}};
    REQUIRE(sampler.take(fix_at(0s, start, 0.3, 0)));
    CHECK_FALSE(sampler.take(fix_at(1s, start, 0.3, 180)));
}

TEST_CASE("standing backs off to one fix a minute and says so") {
    Sampler sampler{SamplingPolicy{}};
    std::vector<model::Fix> standing;
    for (int s = 0; s <= 600; ++s)  // a receiver's wander of a few metres
        standing.push_back(
            fix_at(std::chrono::seconds{s}, core::travel(start, s * 77 % 360, 4 * std::fabs(std::sin(s))), 0.2));
    CHECK(kept(sampler, standing) <= 20);
    CHECK(sampler.is_stationary());
}

TEST_CASE("driving off after standing is kept at once") {
    Sampler sampler{SamplingPolicy{}};
    for (int s = 0; s <= 120; ++s) sampler.take(fix_at(std::chrono::seconds{s}, start));
    REQUIRE(sampler.is_stationary());
    const auto away = sampler.take(fix_at(121s, core::travel(start, 90, 20), 6, 90));
    REQUIRE(away);
    CHECK_FALSE(away->is_stationary);
}

TEST_CASE("an old, a repeated, an inaccurate and an impossible fix are not taken") {
    Sampler sampler{SamplingPolicy{}};
    REQUIRE(sampler.take(fix_at(100s, start)));
    CHECK_FALSE(sampler.take(fix_at(100s, start)));
    CHECK_FALSE(sampler.take(fix_at(50s, core::travel(start, 0, 500))));
    auto bad = fix_at(200s, start);
    bad.accuracy_m = 900;
    CHECK_FALSE(sampler.take(bad));
    CHECK_FALSE(sampler.take(fix_at(200s, {NAN, 37})));
    CHECK_FALSE(sampler.take(fix_at(200s, {91, 37})));
}

TEST_CASE("after a reset the next fix is the first one again") {
    Sampler sampler{SamplingPolicy{}};
    REQUIRE(sampler.take(fix_at(100s, start)));
    sampler.reset();
    CHECK(sampler.take(fix_at(50s, start)));
}
