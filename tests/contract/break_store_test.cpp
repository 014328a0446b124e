// Breaks of shifts: which one lasts, and how they end, on both engines.
#include "central/store/break_store.hpp"

#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using std::chrono::minutes;

namespace {

const std::string mine = "0196b1c2-0000-7000-8000-000000000001", other = "0196b1c2-0000-7000-8000-000000000002";

template <typename Engine>
struct BreakFixture : StoreFixture<Engine> {
    core::EventId starts(const std::string& shift, minutes at) {
        const auto event = core::random_id<core::EventId>();
        this->run([&](sql::Tx& tx) { store::break_started(tx, {event, shift, this->now + at, {}}); });
        return event;
    }
    void end(const std::string& shift, minutes at) {
        this->run([&](sql::Tx& tx) { store::breaks_ended(tx, shift, this->now + at); });
    }
    std::vector<store::BreakRow> all(const std::string& shift) {
        return this->ask([&](sql::Tx& tx) { return store::breaks_of(tx, shift); });
    }
    std::optional<core::TimeUs> open(const std::string& shift) {
        return this->ask([&](sql::Tx& tx) { return store::open_break(tx, shift); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a break lasts until it is ended, and what is ended stays as it was", Engine, Sqlite, Postgres) {
    BreakFixture<Engine> f;
    CHECK(f.all(mine).empty());
    CHECK_FALSE(f.open(mine).has_value());
    const auto first = f.starts(mine, minutes{10});
    CHECK(f.open(mine) == f.now + minutes{10});
    f.end(mine, minutes{25});
    CHECK_FALSE(f.open(mine).has_value());
    const auto second = f.starts(mine, minutes{60});
    f.end(mine, minutes{70});
    f.end(mine, minutes{90});
    const auto breaks = f.all(mine);
    REQUIRE(breaks.size() == 2);
    CHECK(breaks[0].event == first);
    CHECK(breaks[0].shift == mine);
    CHECK(breaks[0].started == f.now + minutes{10});
    CHECK(breaks[0].ended == f.now + minutes{25});
    CHECK(breaks[1].event == second);
    CHECK(breaks[1].ended == f.now + minutes{70});
}

TEST_CASE_TEMPLATE(
    "breaks are told oldest first, however they came; of two that last the younger counts, and one end "
    "ends both",
    Engine, Sqlite, Postgres) {
    BreakFixture<Engine> f;
    const auto late = f.starts(mine, minutes{30}), early = f.starts(mine, minutes{5});
    CHECK(f.open(mine) == f.now + minutes{30});
    f.end(mine, minutes{40});
    const auto breaks = f.all(mine);
    REQUIRE(breaks.size() == 2);
    CHECK(breaks[0].event == early);
    CHECK(breaks[1].event == late);
    for (const auto& one : breaks) CHECK(one.ended == f.now + minutes{40});
}

TEST_CASE_TEMPLATE("a break whose clocks disagree ends when it began, never before", Engine, Sqlite, Postgres) {
    BreakFixture<Engine> f;
    f.starts(mine, minutes{30});
    f.end(mine, minutes{20});
    CHECK(f.all(mine).at(0).ended == f.now + minutes{30});
    CHECK_FALSE(f.open(mine).has_value());
}

TEST_CASE_TEMPLATE("the breaks of another shift are its own", Engine, Sqlite, Postgres) {
    BreakFixture<Engine> f;
    f.starts(mine, minutes{1});
    f.starts(other, minutes{2});
    f.end(mine, minutes{3});
    CHECK(f.all(mine).size() == 1);
    CHECK(f.open(other) == f.now + minutes{2});
    CHECK_FALSE(f.all(other).at(0).ended.has_value());
}
