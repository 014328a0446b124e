// Facts about parcels, from handhelds to custody, story, orders and views; and the log that gives it all again.
#include <random>

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/view/view.hpp"
#include "central/ingest/verify.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/uuid.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
namespace orders = central::app::orders;
namespace devices = central::app::devices;
using model::HolderKind;

namespace {

const model::Holder depot{HolderKind::depot, model::HolderId{{9}}};
const model::Holder customer{HolderKind::customer, {}};

template <typename Engine>
struct Company : On<Engine> {
    // A courier with his handheld.
    struct Courier {
        HandDevice device;
        std::string id;
        model::Holder holder;
        std::vector<core::Bytes> unsent;

        core::Bytes& state(const std::string& type, const core::Bytes& data, const std::string& parcel,
                           std::uint64_t knew, std::optional<model::TransferId> transfer = {}) {
            auto fact = device.draft(type, data);
            fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
            fact.about.custody_version = knew;
            fact.about.transfer = transfer;
            unsent.push_back(device.seal(fact));
            last = fact.id;
            return unsent.back();
        }
        void hands(const model::Holder& from, const model::Holder& to, const std::string& parcel, std::uint64_t knew,
                   model::Half half = model::Half::none, std::optional<model::TransferId> transfer = {}) {
            const model::HandedOver data{from, to, half, model::Leg::delivery, {}, {}};
            state(std::string(data.type), wire::encode_data(data), parcel, knew, transfer);
        }
        core::EventId last;  // of the newest fact
    };

    Courier courier(const std::string& code) {
        Courier made;
        this->enrol(made.device);
        this->db
            ->write([&](sql::Tx& tx) {
                made.id =
                    central::app::couriers::create(tx, {"Курьер " + code, code, {}}, this->clock.now()).value().id;
                devices::bind(tx, made.id, made.device.id).value();
            })
            .value();
        made.device.courier.value = core::from_uuid_text(made.id)->value;
        made.holder = {HolderKind::courier, {made.device.courier.value}};
        this->hello(made.device);
        return made;
    }
    // An order of one parcel: the ids of both.
    std::pair<std::string, std::string> order() {
        orders::NewOrder order;
        order.sender = "Лавка";
        order.terms.recipient = {"Ольга", {}};
        order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        order.parcels.resize(1);
        return this->db
            ->write([&](sql::Tx& tx) {
                const auto made = orders::create(tx, {std::nullopt, this->clock.now()}, order,
                                                 orders::prepare(orders::take_numbers(tx, 1)))
                                      .value()
                                      .id;
                return std::pair{made, central::store::parcels_of(tx, made)[0].id};
            })
            .value();
    }
    void plan(const std::string& order, const std::string& courier) {
        this->db
            ->write([&](sql::Tx& tx) {
                central::app::dispatch::plan(tx, {std::nullopt, this->clock.now()}, {{order}, courier, false}).value();
                central::app::dispatch::retell_order(tx, order);
            })
            .value();
    }
    Outcome send(Courier& who) {
        const auto facts = std::exchange(who.unsent, {});
        return this->take(who.device, facts, who.device.seq - facts.size() + 1);
    }
    central::store::CustodyRow custody(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::custody_of_order(tx, order).at(0); }).value();
    }
    std::vector<central::store::ParcelEventRow> story(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::story_of(tx, order); }).value();
    }
    std::string status(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::find_order_line(tx, order)->status; }).value();
    }
    bool has_task(const Courier& who, const std::string& order) {
        const wire::RowKey task{wire::RowKind::task, {core::from_uuid_text(order)->value}};
        return this->db
            ->read([&](sql::Tx& tx) { return central::store::find_view_row(tx, who.device.id, task).has_value(); })
            .value();
    }
    bool whole() {
        const auto verified = central::ingest::verify(*this->db).value();
        INFO(verified.words);
        CHECK(verified.whole);
        return verified.whole;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a parcel's way through depot and courier to the customer: custody, status, story and list follow",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    CHECK(company.has_task(anna, order));
    anna.hands({HolderKind::seller, {}}, depot, parcel, 0);
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.custody(order).custody.holder == anna.holder);
    CHECK(company.status(order) == "out_for_delivery");
    anna.hands(anna.holder, customer, parcel, 2);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    CHECK_FALSE(company.has_task(anna, order));
    const auto story = company.story(order);
    REQUIRE(story.size() == 5);  // registered, planned, three handovers
    CHECK(story.back().status == "delivered");
    CHECK(story.back().trust == "gps");
    CHECK(story.back().by_id == anna.id);
    CHECK(company.cases(anna.device).empty());
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("the same facts again, and a batch again after a lost answer, change nothing", Engine, Sqlite,
                   Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    anna.hands(depot, anna.holder, parcel, 0);
    const auto facts = anna.unsent;
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.take(anna.device, facts, 1) == Outcome::duplicate);
    CHECK(company.custody(order).custody.steps.size() == 1);
    CHECK(company.story(order).size() == 2);
}

TEST_CASE_TEMPLATE("K4: delivered by the first courier after it was planned for another: the fact wins, the task goes",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    company.plan(order, boris.id);
    CHECK(company.has_task(boris, order));
    CHECK(company.has_task(anna, order));  // she still holds it
    anna.hands(anna.holder, customer, parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    CHECK_FALSE(company.has_task(boris, order));
    CHECK_FALSE(company.has_task(anna, order));
}

TEST_CASE_TEMPLATE("K3, K5, K7 across devices: late halves join, a second delivery is a case, all of it replays",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    const model::TransferId transfer{{7}};
    anna.hands({HolderKind::seller, {}}, depot, parcel, 0);
    anna.hands(depot, anna.holder, parcel, 0);
    anna.hands(anna.holder, boris.holder, parcel, 0, model::Half::give, transfer);
    boris.hands(anna.holder, boris.holder, parcel, 0, model::Half::take, transfer);
    boris.hands(boris.holder, customer, parcel, 0);
    CHECK(company.send(boris) == Outcome::applied);  // nobody has heard of Anna yet
    CHECK(company.status(order) == "delivered");
    CHECK(company.custody(order).custody.missing == 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.custody(order).custody.missing == 0);
    CHECK(company.cases(anna.device).empty());
    anna.hands(anna.holder, customer, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.cases(anna.device) == std::vector<std::string>{"custody"});
    CHECK(company.story(order).back().effect == "disputed");
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("K8, K9: a blocked courier's act counts until his handheld knew, then it is evidence", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    std::uint64_t told = 0;
    company.db
        ->write([&](sql::Tx& tx) {
            devices::block(tx, anna.id).value();
            told = central::app::view::head(tx, anna.device.id);
        })
        .value();
    anna.device.view = told - 1;
    anna.state("parcel.attempt_failed",
               wire::encode_data(model::AttemptFailed{"no_answer", model::VisitId{{1}}, 2, {}}), parcel, 1);
    anna.device.view = told;
    anna.hands(anna.holder, customer, parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "attempt_failed");
    CHECK(company.custody(order).custody.holder == anna.holder);
    CHECK(company.story(order).back().doubt == "blocked_courier");
    CHECK(company.cases(anna.device) == std::vector<std::string>{"custody"});
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("K11: a slip that is taken back stands in the story, struck through, and the parcel is where it was",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    anna.hands(depot, anna.holder, parcel, 0);
    anna.hands(anna.holder, customer, parcel, 0);
    const auto slip = anna.last;
    anna.state("corrected", wire::encode_data(model::Corrected{slip}), parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "out_for_delivery");
    const auto story = company.story(order);
    CHECK(story[2].undone);
    CHECK(story.back().type == "corrected");
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a fact about a parcel that nobody knows is kept, and a case", Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    anna.hands(depot, anna.holder, core::to_uuid_text(core::uuid_v7(anna.device.at)), 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.cases(anna.device) == std::vector<std::string>{"custody"});
    CHECK(company.number("SELECT COUNT(*) FROM act WHERE type = 'parcel.handover'") == 1);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("whatever couriers and office do in whatever order, the log gives the same rows again (I9)", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    std::mt19937_64 dice(7);
    const auto any = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(dice); };
    std::vector<typename Company<Engine>::Courier> couriers{company.courier("C-1"), company.courier("C-2"),
                                                            company.courier("C-3")};
    std::vector<std::pair<std::string, std::string>> all;
    for (int i = 0; i < 4; ++i) all.push_back(company.order());
    std::vector<model::Holder> holders{depot, customer};
    for (const auto& one : couriers) holders.push_back(one.holder);
    for (int act = 0; act < 200; ++act) {
        auto& who = couriers[any(couriers.size())];
        const auto& [order, parcel] = all[any(all.size())];
        switch (any(8)) {
            case 0:
                if (!central::store::is_over(company.status(order)))
                    company.plan(order, couriers[any(couriers.size())].id);
                break;
            case 1:
                who.state("corrected", wire::encode_data(model::Corrected{who.last}), parcel, any(12));
                break;
            case 2:
                who.state("parcel.attempt_failed",
                          wire::encode_data(model::AttemptFailed{"refused", model::VisitId{{2}}, 0, {}}), parcel,
                          any(12));
                break;
            default:
                who.hands(holders[any(holders.size())], holders[any(holders.size())], parcel, any(12));
        }
        if (any(3) == 0 && !who.unsent.empty()) company.send(who);
    }
    for (auto& who : couriers)
        if (!who.unsent.empty()) company.send(who);
    CHECK(company.whole());
    CHECK(company.number("SELECT COUNT(*) FROM parcel_event") > 150);
}
