// Two people scan at once: nothing is told twice, and nobody waits for ever.
#include <thread>

#include "tests/central/app/depot/floor_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

constexpr int parcels = 12;

// The same codes at the same time by two threads, each unit a transaction of its own; the words they got.
template <typename Scan>
std::vector<Word> at_once(Scan scan) {
    std::vector<Word> words[2];
    std::vector<std::thread> desks;
    for (auto& own : words)
        desks.emplace_back([&own, &scan] {
            for (int code = 0; code < parcels; ++code) own.push_back(scan(std::to_string(46000 + code)));
        });
    for (auto& desk : desks) desk.join();
    words[0].insert(words[0].end(), words[1].begin(), words[1].end());
    return words[0];
}

auto number_of(const std::vector<Word>& words, Word word) { return std::count(words.begin(), words.end(), word); }

}  // namespace

TEST_CASE_TEMPLATE("two desks take in, hand out and count back the same parcels at once: each of them once", Engine,
                   Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto anna = house.courier("C-1");
    std::vector<std::string> all;
    for (int code = 0; code < parcels; ++code) all.push_back(house.parcel(std::to_string(46000 + code)));
    const auto registry = house.registry("R-1", all);

    const auto in = at_once([&](const std::string& code) { return house.take_in({code}, registry).word; });
    CHECK(number_of(in, Word::taken) == parcels);
    CHECK(number_of(in, Word::here) == parcels);
    const auto out = at_once([&](const std::string& code) { return house.hand_out({code, {}, true}, anna).word; });
    CHECK(number_of(out, Word::handed) == parcels);
    CHECK(number_of(out, Word::handed_already) == parcels);
    const auto back = at_once([&](const std::string& code) { return house.count_in({code}, anna).word; });
    CHECK(number_of(back, Word::returned) == parcels);
    CHECK(number_of(back, Word::here) == parcels);

    CHECK(house.close_count(anna)->count.counted == parcels);
    CHECK(house.board(registry).figures.arrived == parcels);
    CHECK(house.run([](sql::Tx& tx) {
        return tx.one("SELECT COUNT(*) FROM parcel_event WHERE type = 'parcel.handover'")
            ->template get<std::int64_t>(0);
    }) == 3 * parcels);
}

TEST_CASE_TEMPLATE("an unknown code that two desks scan at once is one line of the act", Engine, Sqlite, Postgres) {
    FloorHouse<Engine> house;
    const auto registry = house.registry("R-1", {house.parcel("1")});
    const auto words = at_once([&](const std::string& code) { return house.take_in({code}, registry).word; });
    CHECK(number_of(words, Word::unknown) == parcels);
    CHECK(number_of(words, Word::unknown_again) == parcels);
    CHECK(house.board(registry).figures.extra == parcels);
}
