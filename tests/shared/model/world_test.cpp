// Generated scenarios against the world, which knows where the parcel really is.
#include <doctest/doctest.h>

#include "world.hpp"

using namespace plus7;
using test::Ways;
using test::World;

namespace {

constexpr int scenarios = 10'000;
constexpr int moves = 8;

void check_chain(const World& world) {
    // I10: one holder at the end of one way, and as many breaks in it as it says.
    model::Step last;
    last.to = test::seller;
    int holes = 0;
    for (const auto index : world.central().way) {
        const auto& step = world.central().steps[index];
        const bool is_witness = step.from == last.from && step.to == last.to && step.source != last.source;
        holes += step.from != last.to && !is_witness;
        last = step;
    }
    REQUIRE(last.to == world.central().holder);
    REQUIRE(holes == world.central().missing);
    REQUIRE(world.arrived() == world.recorded());
    model::Custody again;
    for (const auto& taken : world.log()) {
        if (taken.undoes)
            model::undo(again, *taken.undoes);
        else
            model::apply(again, taken.handover);
    }
    REQUIRE(again == world.central());
}

}  // namespace

TEST_CASE("when everybody is online, custody is the truth and nothing is flagged") {
    for (std::uint64_t seed = 1; seed <= scenarios; ++seed) {
        CAPTURE(seed);
        World world(seed, {.offline = 0});
        world.live(moves);
        world.come_home();
        check_chain(world);
        REQUIRE(world.central().holder == world.truth());
        REQUIRE(world.is_flawless());
    }
}

TEST_CASE("whatever is late, doubled or out of order: custody ends as the truth, or a human is asked") {
    int wrong = 0, asked = 0;
    for (std::uint64_t seed = 1; seed <= scenarios; ++seed) {
        CAPTURE(seed);
        World world(seed, {});
        world.live(moves);
        world.come_home();
        check_chain(world);
        const bool is_true = world.central().holder == world.truth();
        const bool is_asked = world.has_case() || !world.central().is_clear;
        asked += is_asked;
        wrong += !is_true;
        CHECK((is_true || is_asked));
    }
    MESSAGE(scenarios << " scenarios: a human is asked in " << asked << ", the state is not the truth in " << wrong);
    CHECK(wrong * 20 < scenarios);
}
