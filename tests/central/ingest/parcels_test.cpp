// Facts about parcels, from handhelds to custody, story, orders and views; and the log that gives it all again.
#include <random>

#include "central/app/custody/overdue.hpp"
#include "central/app/orders/recipient.hpp"
#include "central/app/view/view.hpp"
#include "central/app/webhooks/webhooks.hpp"
#include "central/ingest/rebuild.hpp"
#include "tests/central/ingest/company.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

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

TEST_CASE_TEMPLATE("the plan follows a transfer: the taker's half is enough, taken back it returns, and it all replays",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    const model::TransferId transfer{{7}};
    boris.hands(anna.holder, boris.holder, parcel, 0, model::Half::take, transfer);
    const auto taken = boris.last;
    CHECK(company.send(boris) == Outcome::applied);
    CHECK(company.custody(order).planned == boris.id);
    CHECK(company.custody(order).custody.holder == anna.holder);  // until she has stated her half
    CHECK(company.has_task(boris, order));

    boris.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{taken}), parcel, 0);
    CHECK(company.send(boris) == Outcome::applied);
    CHECK(company.custody(order).planned == anna.id);

    const model::TransferId again{{8}};
    anna.hands(anna.holder, boris.holder, parcel, 0, model::Half::give, again);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.custody(order).planned == anna.id);  // what she says alone moves nothing
    boris.hands(anna.holder, boris.holder, parcel, 0, model::Half::take, again);
    CHECK(company.send(boris) == Outcome::applied);
    CHECK(company.custody(order).planned == boris.id);
    CHECK(company.custody(order).custody.holder == boris.holder);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a slip that is taken back moves no plan: what the dispatcher decided meanwhile stays", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    anna.hands(anna.holder, customer, parcel, 0);
    const auto slip = anna.last;
    CHECK(company.send(anna) == Outcome::applied);
    anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{slip}), parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    company.plan(order, boris.id);
    anna.hands(anna.holder, depot, parcel, 0);
    const auto back = anna.last;
    CHECK(company.send(anna) == Outcome::applied);
    anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{back}), parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.custody(order).planned == boris.id);
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
    std::vector<std::pair<std::string, core::EventId>> scans{
        {all[0].second, company.scan(all[0].second, seller, depot).event}};
    for (int act = 0; act < 200; ++act) {
        auto& who = couriers[any(couriers.size())];
        const auto& [order, parcel] = all[any(all.size())];
        switch (any(11)) {
            case 10:
                who.state("parcel.damaged", wire::encode_data(model::Damaged{"мокрая"}), parcel, any(12));
                break;
            case 8:
                scans.push_back(
                    {parcel, company.scan(parcel, holders[any(holders.size())], holders[any(holders.size())]).event});
                break;
            case 9: {
                const auto& [of, event] = scans[any(scans.size())];
                company.office([&](sql::Tx& tx, const custody::Acting& by) {
                    return any(2) == 0 ? custody::take_back(tx, by, of, event, "не та вещь")
                                       : custody::damage_parcel(tx, by, of, "мокрая");
                });
                break;
            }
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

TEST_CASE_TEMPLATE("a sender's webhook is told of each new status once; rebuilding and verifying tell nobody", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    const auto key = crypto::SecretKey::random();
    const std::string url = "https://lavka.example/hook";
    company.db
        ->write([&](sql::Tx& tx) {
            central::app::webhooks::create(tx, key, {}, "Лавка", url, company.clock.now()).value();
            central::app::webhooks::create(tx, key, {}, "Чужой", url, company.clock.now()).value();
        })
        .value();
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands({HolderKind::seller, {}}, depot, parcel, 0);
    anna.hands(depot, anna.holder, parcel, 0);
    anna.hands(anna.holder, customer, parcel, 0);
    const auto facts = anna.unsent;
    CHECK(company.send(anna) == Outcome::applied);
    const auto told = [&] {
        return company.db
            ->read([](sql::Tx& tx) {
                std::string all;
                for (const auto& row : tx.query("SELECT body FROM outbox ORDER BY number")) {
                    const auto body = row.get<core::Bytes>(0);
                    const auto text = core::text_of(body);
                    const auto from = text.find("\"status\":\"") + 10;
                    all += std::string(text.substr(from, text.find('"', from) - from)) + " ";
                }
                return all;
            })
            .value();
    };
    CHECK(told().find("accepted assigned") == 0);
    CHECK(told().ends_with("out_for_delivery delivered "));
    const auto before = told();
    CHECK(company.take(anna.device, facts, anna.device.seq - facts.size() + 1) == Outcome::duplicate);
    CHECK(told() == before);
    CHECK(company.whole());
    company.db->write([](sql::Tx& tx) { central::ingest::rebuild(tx).value(); }).value();
    CHECK(told() == before);
    company.db->write([](sql::Tx& tx) { tx.exec("DELETE FROM outbox"); }).value();
    company.db->write([](sql::Tx& tx) { central::ingest::rebuild(tx).value(); }).value();
    CHECK(told().empty());
}

TEST_CASE_TEMPLATE(
    "K3: half a transfer that stays alone for a day is a case by central's clock, and the late half says so", Engine,
    Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    const model::TransferId transfer{{7}};
    anna.hands(depot, anna.holder, parcel, 0);
    anna.hands(anna.holder, boris.holder, parcel, 0, model::Half::give, transfer);
    CHECK(company.send(anna) == Outcome::applied);
    const auto turn = [&] {
        return company.db
            ->write([&](sql::Tx& tx) {
                int opened = 0;
                for (const auto& one : custody::maybe_overdue(tx, company.clock.now()))
                    opened += custody::open_overdue(tx, one, company.clock.now());
                return opened;
            })
            .value();
    };
    company.clock.advance(23h + 59min);
    CHECK(turn() == 0);
    company.clock.advance(1min);
    CHECK(turn() == 1);
    CHECK(turn() == 0);
    CHECK(company.cases(anna.device) == std::vector<std::string>{"transfer"});
    CHECK(company.story(order).back().type == "parcel.transfer_overdue");
    CHECK(company.custody(order).custody.holder == anna.holder);
    CHECK(company.whole());
    const auto detail_has = [&](const std::string& word) {
        return company.number("SELECT COUNT(*) FROM casefile WHERE kind = 'transfer' AND detail LIKE '%" + word +
                              "%'") == 1;
    };
    CHECK_FALSE(detail_has("joined"));
    boris.hands(anna.holder, boris.holder, parcel, 0, model::Half::take, transfer);
    CHECK(company.send(boris) == Outcome::applied);
    CHECK(company.custody(order).custody.holder == boris.holder);
    CHECK(detail_has("joined"));
    CHECK(detail_has(boris.last.hex()));
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a transfer whose halves met in time, and one of a parcel that went on, are no case", Engine, Sqlite,
                   Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [met, met_parcel] = company.order();
    const auto [gone, gone_parcel] = company.order();
    const model::TransferId transfer{{7}}, other{{8}};
    for (const auto& one : {met_parcel, gone_parcel}) anna.hands(depot, anna.holder, one, 0);
    anna.hands(anna.holder, boris.holder, met_parcel, 0, model::Half::give, transfer);
    anna.hands(anna.holder, boris.holder, gone_parcel, 0, model::Half::give, other);
    anna.hands(anna.holder, customer, gone_parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    boris.hands(anna.holder, boris.holder, met_parcel, 0, model::Half::take, transfer);
    CHECK(company.send(boris) == Outcome::applied);
    company.clock.advance(25h);
    company.db
        ->write([&](sql::Tx& tx) {
            for (const auto& one : {met_parcel, gone_parcel})
                CHECK(custody::open_overdue(tx, one, company.clock.now()) == 0);
        })
        .value();
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("a transfer of which central hears when the parcel is delivered: the plan was his who delivered it",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    const model::TransferId transfer{{7}};
    boris.hands(anna.holder, boris.holder, parcel, 0, model::Half::take, transfer);
    boris.hands(boris.holder, customer, parcel, 0);
    CHECK(company.send(boris) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    CHECK(company.custody(order).planned == boris.id);
    const auto planned_for = [&] {
        return company.db->read([&](sql::Tx& tx) { return central::store::find_order_line(tx, order)->courier; })
            .value();
    };
    CHECK(planned_for() == boris.id);
    anna.hands(anna.holder, boris.holder, parcel, 0, model::Half::give, transfer);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(planned_for() == boris.id);
    CHECK_FALSE(company.has_task(anna, order));
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("an offline handheld's old code counts after a renewal, a code the order never had does not", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    const auto row = company.db->read([&](sql::Tx& tx) { return *central::store::find_order(tx, order); }).value();
    company.db->write([&](sql::Tx& tx) { return orders::renew_code(tx, row, orders::next_verifier(row)); }).value();
    const auto proofs_with = [&](std::uint64_t counter) {
        auto fact = anna.device.draft(std::string(model::HandedOver::type), {});
        fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
        const auto code = crypto::handover_code(row.secret, row.number, counter);
        const auto key = crypto::commit_key(row.secret, row.number);
        const model::HandedOver data{
            anna.holder,          customer, model::Half::none,
            model::Leg::delivery, {},       {{model::ProofKind::code, {}, crypto::commit_code(key, fact.id, code)}}};
        fact.data = wire::encode_data(data);
        anna.unsent.push_back(anna.device.seal(fact));
        CHECK(company.send(anna) == Outcome::applied);
        return company.story(order).back().proofs;
    };
    CHECK(proofs_with(0) == "code");
    CHECK(proofs_with(1) == "code");
    CHECK(proofs_with(2) == "code_wrong");
    CHECK(company.whole());
}
