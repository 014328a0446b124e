// Bags on the handhelds of a depot's workers: told of, moved as one, taken back.
#include "tests/central/ingest/floor_company.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

// A bag of the northern depot with two parcels of two orders, closed.
template <typename Engine>
struct Bagged : FloorCompany<Engine> {
    Bagged()
        : vera(this->worker("D-1", this->north)), igor(this->worker("D-2", this->south)), anna(this->courier("C-1")) {
        for (int n = 0; n < 2; ++n) {
            const auto [order, parcel] = this->order();
            this->plan(order, anna.id);
            this->scan(parcel, seller, this->north);
            orders.push_back(order);
            parcels.push_back(parcel);
        }
    }
    void pack(floors::Goal goal) {
        bag = this->at_desk([&](sql::Tx& tx, const floors::Floor& floor) { return floors::open_bag(tx, floor, goal); })
                  .id;
        for (const auto& parcel : parcels) {
            const auto code = this->code_of(parcel);
            this->at_desk([&](sql::Tx& tx, const floors::Floor& floor) {
                return floors::put_into_bag(tx, floor, bag, {code, {}, true});
            });
        }
        this->at_desk(
            [&](sql::Tx& tx, const floors::Floor& floor) { return floors::close_bag(tx, floor, bag, std::nullopt); });
        retell();
    }
    // As the routes do behind a bag's opening and closing.
    void retell() {
        this->run([&](sql::Tx& tx) {
            central::app::dispatch::retell_floor(tx, this->id_of(this->north));
            return core::Result(0);
        });
    }
    std::optional<wire::BagRow> told(const typename Bagged::Courier& who) {
        const auto row = this->body(who, RowKind::bag, bag);
        if (!row) return std::nullopt;
        return wire::decode_bag_row(*row).value();
    }
    store::BagRow kept() {
        return this->run([&](sql::Tx& tx) { return core::Result(*store::find_bag(tx, bag)); });
    }
    std::vector<std::string> inside() {
        return this->run([&](sql::Tx& tx) { return core::Result(store::still_in_bag(tx, bag)); });
    }
    std::vector<std::string> story_of_bag() {
        std::vector<std::string> words;
        for (const auto& event : this->run([&](sql::Tx& tx) { return core::Result(store::bag_events(tx, bag)); }))
            words.push_back(event.what);
        return words;
    }
    void hands_with_bag(typename Bagged::Courier& who, const model::Holder& from, const model::Holder& to,
                        const std::string& parcel) {
        model::HandedOver data{from, to, model::Half::none, model::Leg::delivery, {}, {}};
        data.bag = model::BagId{core::from_uuid_text(bag)->value};
        who.state(std::string(data.type), wire::encode_data(data), parcel, this->custody_of(parcel));
    }
    std::uint64_t custody_of(const std::string& parcel) {
        return this->run([&](sql::Tx& tx) { return core::Result(store::find_custody(tx, parcel)->custody.version); });
    }

    typename Bagged::Courier vera, igor, anna;
    std::vector<std::string> orders, parcels;
    std::string bag;
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE(
    "a worker is told of the bags of his depot and what lies in the closed ones; handed out as one the "
    "bag ends as by the console's scan, and taken back it is closed again",
    Engine, Sqlite, Postgres) {
    Bagged<Engine> company;
    company.pack({floors::GoalKind::courier, company.anna.id});
    const auto& parcels = company.parcels;
    CHECK(company.told(company.vera) == wire::BagRow{"BAG-10001", FloorGoal::courier, company.anna.holder.id, true, 2});
    CHECK(company.seen(company.vera, parcels[0])->bag == model::BagId{core::from_uuid_text(company.bag)->value});
    CHECK_FALSE(company.told(company.igor));

    auto& vera = company.vera;
    company.hands_with_bag(vera, company.north, company.anna.holder, parcels[0]);
    const auto first = vera.last;
    CHECK(company.send(vera) == Outcome::applied);  // the batch ends in the middle of the bag
    CHECK(company.kept().state == "closed");
    CHECK(company.inside() == Words{parcels[1]});
    company.hands_with_bag(vera, company.north, company.anna.holder, parcels[1]);
    const auto second = vera.last;
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.kept().state == "done");
    CHECK_FALSE(company.kept().site);
    CHECK(company.kept().parcels == 2);
    CHECK(company.story_of_bag() == Words{"opened", "closed", "handed"});
    CHECK_FALSE(company.told(vera));
    CHECK_FALSE(company.seen(vera, parcels[0])->bag);

    for (std::size_t n = 0; n < 2; ++n) {
        const model::Corrected slip{n == 0 ? first : second};
        vera.state(std::string(slip.type), wire::encode_data(slip), parcels[n], 2);
    }
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.kept().state == "closed");
    CHECK(company.kept().site == company.id_of(company.north));
    CHECK(company.inside().size() == 2);
    CHECK(company.told(vera)->parcels == 2);
    CHECK(company.seen(vera, parcels[1])->bag);
    CHECK(company.number("SELECT COUNT(*) FROM casefile") == 0);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE(
    "the depot to which a bag is on its way is told of it and of what is in it; there it has arrived, and "
    "its number is no extra of a registry",
    Engine, Sqlite, Postgres) {
    Bagged<Engine> company;
    company.pack({floors::GoalKind::depot, company.id_of(company.south)});
    const auto registry = company.registry("R-102", {}, company.south);
    const auto trip = company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) {
        return floors::open_trip(tx, floor, {company.id_of(company.south), company.anna.id, {}, {}});
    });
    CHECK_FALSE(company.told(company.igor));
    company.at_desk(
        [&](sql::Tx& tx, const floors::Floor& floor) { return floors::load(tx, floor, trip.id, {"BAG-10001"}); });
    REQUIRE(company.told(company.igor));
    CHECK(company.told(company.igor)->parcels == 2);
    CHECK_FALSE(company.told(company.vera));
    REQUIRE(company.seen(company.igor, company.parcels[0]));
    CHECK(company.seen(company.igor, company.parcels[0])->holder == company.anna.holder);

    auto& igor = company.igor;
    company.scans(igor, "BAG-10001", registry);
    for (const auto& parcel : company.parcels) company.hands_with_bag(igor, company.anna.holder, company.south, parcel);
    CHECK(company.send(igor) == Outcome::applied);
    CHECK(company.kept().state == "done");
    CHECK(company.story_of_bag() == Words{"opened", "closed", "loaded", "arrived"});
    CHECK(company.extras(registry).empty());
    for (const auto& order : company.orders) CHECK(company.custody(order).custody.holder == company.south);
    CHECK_FALSE(company.told(igor));
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE(
    "a bag that only passes stays closed; one that was opened meanwhile, or lost a parcel, ends honestly", Engine,
    Sqlite, Postgres) {
    Bagged<Engine> company;
    company.pack({floors::GoalKind::depot, company.id_of(company.south)});
    auto& vera = company.vera;
    const auto& parcels = company.parcels;
    for (const auto& parcel : parcels) company.scan(parcel, company.north, company.anna.holder);
    for (const auto& parcel : parcels) company.hands_with_bag(vera, company.anna.holder, company.north, parcel);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.kept().state == "closed");
    CHECK(company.kept().site == company.id_of(company.north));
    CHECK(company.inside().size() == 2);

    // One is gone from it, by a courier's handheld, when the rest is handed out.
    company.scan(parcels[1], company.north, company.anna.holder);
    company.hands_with_bag(vera, company.north, company.anna.holder, parcels[0]);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.kept().state == "done");
    CHECK(company.kept().parcels == 1);

    company.scan(parcels[0], company.anna.holder, company.north);
    company.scan(parcels[1], company.anna.holder, company.north);
    company.pack({floors::GoalKind::courier, company.anna.id});
    company.at_desk([&](sql::Tx& tx, const floors::Floor& floor) {
        return floors::reopen_bag(tx, floor, company.bag, "добавить");
    });
    company.retell();
    CHECK_FALSE(company.told(vera)->is_closed);
    CHECK_FALSE(company.seen(vera, parcels[0])->bag);
    company.hands_with_bag(vera, company.north, company.anna.holder, parcels[0]);
    CHECK(company.send(vera) == Outcome::applied);
    CHECK(company.kept().state == "open");
    CHECK(company.inside() == Words{parcels[1]});
    CHECK(company.whole());
}
