// The outbox against a real receiver that works, fails, hangs, is down and comes back.
#include <set>

#include "central/outbox/schedule.hpp"
#include "central/store/webhook_store.hpp"
#include "shared/core/uuid.hpp"
#include "tests/central/outbox/post_office.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

TEST_CASE_TEMPLATE("an event arrives once, signed, and is gone from the outbox", Engine, Sqlite, Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto id = office.put(office.webhook(shop.url()), "1", R"({"n":1})");
    office.work();
    REQUIRE(shop.count() == 1);
    const auto got = shop.got()[0];
    CHECK(got.body == R"({"n":1})");
    CHECK(got.event == "order.status");
    CHECK(got.delivery == core::to_uuid_text(id));
    CHECK(got.signature == outbox::signature_of(office.secret, office.clock.now(), got.body));
    CHECK(office.count() == 0);
    office.work();
    CHECK(shop.count() == 1);
}

TEST_CASE_TEMPLATE("what fails is sent again later with the same bytes, and what stands behind it waits for it", Engine,
                   Sqlite, Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    office.put(hook, "1", "first");
    office.put(hook, "1", "second");
    office.put(hook, "2", "other");
    shop.answer(503);
    office.work();
    CHECK(shop.count() == 2);  // the first of either key
    CHECK(office.count("attempts = 1") == 2);
    CHECK(office.count("reason = 'the receiver answered 503'") == 2);
    office.work();
    CHECK(shop.count() == 2);  // not due yet
    shop.answer(204);
    office.clock.advance(13s);
    office.turn();
    CHECK(eventually([&] { return office.count() == 0; }));
    std::vector<std::string> bodies, deliveries;
    for (const auto& got : shop.got()) {
        if (got.body == "other") continue;
        bodies.push_back(got.body);
        deliveries.push_back(got.delivery);
    }
    CHECK(bodies == std::vector<std::string>{"first", "first", "second"});
    CHECK(deliveries[0] == deliveries[1]);
    CHECK(deliveries[1] != deliveries[2]);
}

TEST_CASE_TEMPLATE("a receiver that was down gets everything in its order when it is back", Engine, Sqlite, Postgres) {
    PostOffice<Engine> office;
    auto shop = std::make_unique<Receiver>();
    const auto port = shop->port();
    const auto hook = office.webhook(shop->url());
    shop.reset();
    for (const auto* body : {"1", "2", "3"}) office.put(hook, "A-1", body);
    office.work();
    CHECK(office.count("attempts = 1") == 1);
    CHECK(office.count() == 3);
    Receiver back(port);
    office.clock.advance(13s);
    office.turn();
    CHECK(eventually([&] { return office.count() == 0; }));
    std::string all;
    for (const auto& got : back.got()) all += got.body;
    CHECK(all == "123");
}

TEST_CASE_TEMPLATE("a receiver that does not answer in time has failed", Engine, Sqlite, Postgres) {
    PostOffice<Engine> office(200ms);
    Receiver shop;
    shop.hold();
    office.put(office.webhook(shop.url()), "1", "late");
    office.work();
    CHECK(office.count("state = 'waiting' AND attempts = 1 AND due_us > tried_us") == 1);
    shop.release();
    office.clock.advance(13s);
    office.turn();
    CHECK(eventually([&] { return office.count() == 0; }));
    CHECK(shop.count() == 2);  // at least once: the first may have been read as well
}

TEST_CASE_TEMPLATE("410 switches the webhook off, and what was to be sent is kept with the reason", Engine, Sqlite,
                   Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    office.put(hook, "1", "a");
    office.put(hook, "2", "b");
    shop.answer(410);
    office.work();
    const auto row = office.db->read([&](sql::Tx& tx) { return store::find_webhook(tx, hook); }).value();
    REQUIRE(row.has_value());
    CHECK_FALSE(row->is_on);
    CHECK(row->off_reason == "the receiver answered 410");
    CHECK(eventually([&] { return office.count("state = 'dead'") == 2; }));
    CHECK(number(*office.db, "SELECT COUNT(*) FROM audit WHERE action = 'webhook.stopped'") == 1);
}

TEST_CASE_TEMPLATE("after two days of failures it is given up, and is sent when a person asks for it", Engine, Sqlite,
                   Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto id = core::to_uuid_text(office.put(office.webhook(shop.url()), "1", "a"));
    shop.answer(500);
    int tries = 0;
    for (; office.count("state = 'dead'") == 0 && tries < 50; ++tries) {
        office.work();
        office.clock.advance(8h);
    }
    CHECK(tries == 7);  // 8 h apart, the last one after 48 h
    CHECK(office.reason() == "the receiver answered 500");
    office.work();
    CHECK(shop.count() == 7);
    shop.answer(200);
    office.db->write([&](sql::Tx& tx) { return central::app::effects::send_again(tx, {}, id, office.clock.now()); })
        .value();
    office.clock.advance(10min);  // the pause of a target that has failed often
    office.work();
    CHECK(office.count() == 0);
    CHECK(shop.count() == 8);
    CHECK(
        office.db->write([&](sql::Tx& tx) { return central::app::effects::send_again(tx, {}, id, office.clock.now()); })
            .error()
            .kind == core::ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("a target that fails again and again is left in peace, and others are served meanwhile", Engine,
                   Sqlite, Postgres) {
    PostOffice<Engine> office;
    Receiver bad, good;
    bad.answer(500);
    const auto broken = office.webhook(bad.url());
    for (int i = 0; i < 20; ++i) office.put(broken, std::to_string(i), "x");
    office.turn();
    // Two go at a time, so that one more may be under way when the fifth fails.
    CHECK(eventually([&] { return office.postman->relay.is_idle() && bad.count() >= 5; }));
    const auto asked = bad.count();
    CHECK(asked <= 6);
    const auto fine = office.webhook(good.url());
    for (int i = 0; i < 20; ++i) office.put(fine, std::to_string(i), "y");
    office.turn();
    CHECK(eventually([&] { return office.count("target = '" + fine + "'") == 0; }));
    CHECK(good.count() == 20);
    CHECK(bad.count() == asked);
    office.clock.advance(61s);  // one finds out whether it works again
    office.work();
    CHECK(bad.count() == asked + 1);
    bad.answer(200);
    office.clock.advance(10min);
    office.turn();
    CHECK(eventually([&] {
        office.clock.advance(1s);
        office.turn();
        return office.count() == 0;
    }));
}

TEST_CASE_TEMPLATE("what a central was sending when it died is sent by another when the lease ends", Engine, Sqlite,
                   Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto id = office.put(office.webhook(shop.url()), "1", "a");
    office.db
        ->write([&](sql::Tx& tx) {
            store::lease_effect(tx, id, core::random_id<core::Nonce>(), office.clock.now(), office.clock.now() + 60s);
        })
        .value();
    office.turn();
    CHECK(office.postman->relay.is_idle());
    office.clock.advance(61s);
    office.turn();
    CHECK(eventually([&] { return office.count() == 0; }));
    CHECK(shop.count() == 1);
}

TEST_CASE_TEMPLATE("two centrals on one database share the work: each effect is sent once", Engine, Sqlite, Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    for (int i = 0; i < 60; ++i) office.put(hook, std::to_string(i % 20), std::to_string(i));
    const auto second = office.make_postman();
    std::thread other([&] { CHECK(second->relay.turn().ok()); });
    office.turn();
    other.join();
    CHECK(eventually([&] {
        office.turn();
        return office.count() == 0;
    }));
    CHECK(eventually([&] { return second->relay.is_idle() && office.postman->relay.is_idle(); }));
    std::set<std::string> different;
    std::map<int, int> last;  // of each key: in their order
    for (const auto& got : shop.got()) {
        different.insert(got.delivery);
        const int n = std::stoi(got.body);
        CHECK(last[n % 20] <= n);
        last[n % 20] = n;
    }
    CHECK(different.size() == 60);
    CHECK(shop.count() == 60);
}

TEST_CASE_TEMPLATE("a webhook that is removed gets nothing more, and leaves nothing behind", Engine, Sqlite, Postgres) {
    PostOffice<Engine> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    office.put(hook, "1", "a");
    shop.hold();
    office.turn();
    CHECK(eventually([&] { return shop.count() == 1; }));
    office.db->write([&](sql::Tx& tx) { return central::app::webhooks::remove(tx, {}, hook, office.clock.now()); })
        .value();
    shop.answer(500);
    shop.release();
    CHECK(eventually([&] { return office.postman->relay.is_idle(); }));
    CHECK(office.count() == 0);
    CHECK(number(*office.db, "SELECT COUNT(*) FROM outbox_target") == 0);
}

TEST_CASE("a test event is sent at once and its answer told") {
    PostOffice<Sqlite> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    const auto good = office.postman->sender->test(hook).value();
    CHECK(good.delivered);
    CHECK(good.status == 200);
    CHECK(good.detail == "seen");
    CHECK(shop.got()[0].event == "test");
    CHECK(shop.got()[0].signature == outbox::signature_of(office.secret, office.clock.now(), shop.got()[0].body));
    shop.answer(404);
    CHECK_FALSE(office.postman->sender->test(hook).value().delivered);
    CHECK(office.postman->sender->test("nothing").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("an address inside is not asked unless the configuration allows it") {
    PostOffice<Sqlite> office;
    Receiver shop;
    const auto hook = office.webhook(shop.url());
    const auto strict = outbox::WebhookSender::make(*office.db, office.clock, office.key, {}).value();
    const auto answer = strict->test(hook).value();
    CHECK_FALSE(answer.delivered);
    CHECK_FALSE(answer.status.has_value());
    CHECK(shop.count() == 0);
}
