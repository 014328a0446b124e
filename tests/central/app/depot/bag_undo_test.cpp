// A scan of a bag taken back: its parcels are where they were, and so is the bag.
#include "central/app/depot/bag_undo.hpp"

#include "tests/central/app/depot/haul_house.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

template <typename Engine>
struct UndoHouse : HaulHouse<Engine> {
    const std::string north = this->site, south = this->other_site;

    core::Result<depot::Scanned> take_back(const depot::Scanned& scanned, std::optional<std::string> reason = {},
                                           bool may_late = false) {
        return this->floor([&](sql::Tx& tx, const depot::Floor& f) {
            return depot::undo_bag_scan(tx, f, {scanned.bag->id, scanned.bag->scan.value(), reason, may_late});
        });
    }
    // Parcels that lie at a depot, planned for Anna or for nobody.
    std::vector<std::string> lying(const std::vector<std::string>& codes, bool for_anna = false) {
        std::vector<std::string> ids;
        for (const auto& code : codes) {
            ids.push_back(this->here(code));
            if (for_anna) this->plan(this->anna);
        }
        this->now += std::chrono::seconds{1};
        return ids;
    }
    bool are_with(const std::vector<std::string>& ids, const model::Holder& holder) {
        return std::all_of(ids.begin(), ids.end(), [&](const auto& id) { return this->now_of(id).holder == holder; });
    }
    model::Holder depot_of(const std::string& id) { return {HolderKind::depot, {store::row_id(id).value}}; }
};

}  // namespace

TEST_CASE_TEMPLATE("a bag handed out by mistake lies here again, closed, with all that is in it", Engine, Sqlite,
                   Postgres) {
    UndoHouse<Engine> h;
    const auto ids = h.lying({"1", "2", "3"}, true);
    const auto bag = h.packed({GoalKind::courier, h.anna}, {"1", "2", "3"});
    const auto handed = h.hand_out({bag.number}, h.anna);
    REQUIRE(handed.word == Word::bag_handed);
    h.now += std::chrono::minutes{9};
    const auto back = h.take_back(handed).value();
    CHECK(back.bag->moved == 3);
    CHECK(h.are_with(ids, h.depot_of(h.north)));
    const auto board = h.look_in(bag);
    CHECK(board.bag.state == "closed");
    CHECK(board.bag.site == h.north);
    CHECK(board.parcels.size() == 3);
    CHECK(board.events.back().what == "undone");
    CHECK(h.take_back(handed).error().kind == core::ErrorKind::conflict);  // once
    CHECK(h.hand_out({bag.number}, h.anna).word == Word::bag_handed);
    CHECK(h.count("SELECT COUNT(*) FROM parcel_event WHERE type = 'corrected'") == 3);
}

TEST_CASE_TEMPLATE("a bag loaded, unloaded and taken in: each of them is taken back, the newest first", Engine, Sqlite,
                   Postgres) {
    UndoHouse<Engine> h;
    const auto ids = h.lying({"1", "2"});
    const auto bag = h.packed({GoalKind::depot, h.south}, {"1", "2"});
    const auto trip = h.trip_to(h.south);
    const auto slip = h.load(trip, bag.number);
    REQUIRE(h.take_back(slip).ok());
    CHECK(h.look_in(bag).bag.site == h.north);
    CHECK(h.list_of(trip).figures.loaded == 0);
    h.now += std::chrono::seconds{1};
    const auto loaded = h.load(trip, bag.number);
    REQUIRE(loaded.word == Word::bag_loaded);
    h.send(trip).value();
    CHECK(h.take_back(loaded).error().kind == core::ErrorKind::conflict);  // it has left
    h.at(h.south);
    h.now += std::chrono::seconds{1};
    const auto unloaded = h.unload(trip, bag.number);
    REQUIRE(unloaded.word == Word::bag_taken);
    CHECK(h.look_in(bag).bag.state == "done");
    REQUIRE(h.take_back(unloaded).ok());
    CHECK(h.look_in(bag).bag.state == "closed");
    CHECK(!h.look_in(bag).bag.site);  // on its way
    CHECK(h.are_with(ids, depot::courier_holder(h.boris)));
    CHECK(h.list_of(trip).figures.arrived == 0);
    h.now += std::chrono::seconds{1};
    CHECK(h.unload(trip, bag.number).word == Word::bag_taken);
    CHECK(h.list_of(trip).figures.arrived == 2);
}

TEST_CASE_TEMPLATE("a bag for further on that was taken in on its way lies where it lay before", Engine, Sqlite,
                   Postgres) {
    UndoHouse<Engine> h;
    const std::vector<std::string> ids{h.going("1", h.point)};
    h.now += std::chrono::seconds{1};
    const auto bag = h.packed({GoalKind::point, h.point}, {"1"});
    h.at(h.south);
    const auto taken = h.take_in({bag.number});
    REQUIRE(taken.word == Word::bag_taken);
    CHECK(h.look_in(bag).bag.site == h.south);
    REQUIRE(h.take_back(taken).ok());
    CHECK(h.look_in(bag).bag.site == h.north);
    CHECK(h.are_with(ids, h.depot_of(h.north)));
}

TEST_CASE_TEMPLATE("when one parcel has gone on, or lies in another bag, nothing is taken back", Engine, Sqlite,
                   Postgres) {
    UndoHouse<Engine> h;
    const auto ids = h.lying({"1", "2"}, true);
    const auto bag = h.packed({GoalKind::courier, h.anna}, {"1", "2"});
    const auto handed = h.hand_out({bag.number}, h.anna);
    h.handheld_says(h.anna, ids[1], depot::courier_holder(h.anna), {HolderKind::customer, {}}, 1);
    CHECK(h.take_back(handed).error().kind == core::ErrorKind::conflict);
    CHECK(h.now_of(ids[0]).holder == depot::courier_holder(h.anna));
    CHECK(h.look_in(bag).bag.state == "done");

    h.lying({"3", "4"});
    const auto other = h.packed({GoalKind::depot, h.south}, {"3", "4"});
    h.at(h.south);
    const auto taken = h.take_in({other.number});
    const auto third = h.bag_for({GoalKind::depot, h.north});
    REQUIRE(h.put(third, "4", true).word == Word::bagged);
    CHECK(h.take_back(taken).error().kind == core::ErrorKind::conflict);
    CHECK(h.look_in(other).bag.state == "done");
}

TEST_CASE_TEMPLATE("after ten minutes a dispatcher says why; what moved nothing, and another depot, take nothing back",
                   Engine, Sqlite, Postgres) {
    UndoHouse<Engine> h;
    h.lying({"1"}, true);
    const auto bag = h.packed({GoalKind::courier, h.anna}, {"1"});
    CHECK(!h.hand_out({bag.number}, h.boris).bag->scan);  // asked, not done
    const auto here = h.take_in({bag.number});
    CHECK(here.word == Word::bag_here);
    CHECK(!here.bag->scan);
    const auto handed = h.hand_out({bag.number}, h.anna);
    h.at(h.south);
    CHECK(h.take_back(handed).error().kind == core::ErrorKind::not_found);
    h.at(h.north);
    h.now += std::chrono::minutes{11};
    CHECK(h.take_back(handed).error().kind == core::ErrorKind::denied);
    CHECK(h.take_back(handed, {}, true).error().kind == core::ErrorKind::invalid);
    CHECK(h.take_back(handed, "не тот мешок", true).ok());
    CHECK(h.look_in(bag).events.back().note == "не тот мешок");
}
