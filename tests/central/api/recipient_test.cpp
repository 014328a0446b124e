// The recipient's page: by its link alone, with the code; and no way for the staff to see either.
#include "central/app/orders/recipient.hpp"
#include "central/app/orders/orders.hpp"
#include "shared/crypto/handover_code.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;

namespace {

struct Post : ApiHouse {
    central::store::OrderRow order(std::vector<std::string> proof = {"code"}) {
        central::app::orders::NewOrder made;
        made.sender = "Лавка <b>&</b> сыновья";
        made.terms.recipient = {"Ольга Мельник", "+79990000001"};
        made.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        made.terms.proof = std::move(proof);
        made.parcels.resize(1);
        return db
            ->write([&](core::Tx& tx) {
                return central::app::orders::create(
                    tx, {std::nullopt, clock.now()}, made,
                    central::app::orders::prepare(central::app::orders::take_numbers(tx, 1)));
            })
            .value();
    }
    std::string link(const central::store::OrderRow& row) { return "/t/" + central::app::orders::recipient_token(row); }
    http::Response look(const std::string& target, const std::string& language = "ru-RU,ru;q=0.9") {
        auto request = http::make_request(http::Method::get, target).value();
        request.headers.set("Accept-Language", language);
        request.peer.address = "192.0.2.77";
        return handle(std::move(request));
    }
};

bool says(const http::Response& page, const std::string& text) { return page.body.find(text) != page.body.npos; }

}  // namespace

TEST_CASE("by his link the recipient sees the state and the code, and nothing personal") {
    Post post;
    const auto order = post.order();
    const auto code = crypto::handover_code(order.secret, order.number, 0);
    const auto page = post.look(post.link(order));
    REQUIRE(page.status == 200);
    CHECK(says(page, code.substr(0, 3) + " " + code.substr(3)));
    CHECK(says(page, "A-10001"));
    CHECK(says(page, "Принят"));
    CHECK(says(page, "Лавка &lt;b&gt;&amp;&lt;/b&gt; сыновья"));
    CHECK_FALSE(says(page, "Ольга"));
    CHECK_FALSE(says(page, "Садовая"));
    CHECK(page.headers.get_or("Cache-Control", "") == "no-store");
    CHECK(says(post.look(post.link(order), "en-GB"), "Code for the courier"));
    CHECK(post.look("/t/page.css").status == 200);
}

TEST_CASE("an order that asks for no code, or is over, shows none") {
    Post post;
    const auto plain = post.order({"signature"});
    CHECK_FALSE(says(post.look(post.link(plain)), "Код для курьера"));
    const auto order = post.order();
    post.db
        ->write([&](core::Tx& tx) {
            return central::app::orders::cancel(tx, {std::nullopt, post.clock.now()}, order.id, "передумали");
        })
        .value();
    const auto page = post.look(post.link(order));
    CHECK(says(page, "Отменён"));
    CHECK_FALSE(says(page, "Код для курьера"));
}

TEST_CASE("a link of which one letter is another, or that is somebody else's, opens nothing; guessing is slowed down") {
    Post post;
    const auto order = post.order(), other = post.order();
    auto link = post.link(order);
    link.back() = link.back() == 'A' ? 'Q' : 'A';
    CHECK(post.look(link).status == 404);
    CHECK(post.look(post.link(order).substr(0, 25) + post.link(other).substr(25)).status == 404);
    CHECK(post.look("/t/short").status == 404);
    for (int i = 0; i < 40; ++i) post.look("/t/short");
    CHECK(post.look("/t/short").status == 429);
    post.clock.advance(std::chrono::minutes{2});
    for (int i = 0; i < 60; ++i) CHECK(post.look(post.link(order)).status == 200);  // looking at one's own is no guess
}

TEST_CASE("nobody of the staff is shown the code, the secret or the link") {
    Post post;
    const auto order = post.order();
    const auto code = crypto::handover_code(order.secret, order.number, 0);
    Browser admin(post, post.person("admin", accounts::Roles{Role::admin}));
    for (const auto& target : {"/api/v1/orders/" + order.id, std::string("/api/v1/orders"),
                               "/api/v1/orders/" + order.id + "/labels", std::string("/api/v1/audit")}) {
        const auto shown = admin.get(target);
        CAPTURE(target);
        CHECK(shown.status == 200);
        CHECK(shown.body.find(code) == std::string::npos);
        CHECK(shown.body.find(order.secret.hex()) == std::string::npos);
        CHECK(shown.body.find(central::app::orders::recipient_token(order).substr(22)) == std::string::npos);
    }
}

TEST_CASE(
    "a renewed code is on the recipient's page, the old one no more; the office sees neither, and once is enough") {
    Post post;
    Browser dispatcher{post, post.person("dora", {Role::dispatcher})};
    const auto order = post.order();
    const auto shown = [](const std::string& code) { return code.substr(0, 3) + " " + code.substr(3); };
    const auto old = crypto::handover_code(order.secret, order.number, 0);
    const auto fresh = crypto::handover_code(order.secret, order.number, 1);
    const auto renew = [&](const std::string& id, const std::string& key) {
        return dispatcher.send(http::Method::post, "/api/v1/orders/" + id + "/code", "", {{"Idempotency-Key", key}});
    };
    const auto renewed = renew(order.id, "one");
    REQUIRE(renewed.status == 200);
    CHECK(renewed.body.find(fresh) == std::string::npos);
    CHECK(renew(order.id, "one").status == 200);  // sent again
    const auto page = post.look(post.link(order));
    CHECK(says(page, shown(fresh)));
    CHECK_FALSE(says(page, shown(old)));
    const auto row = post.db->read([&](core::Tx& tx) { return *central::store::find_order(tx, order.id); }).value();
    CHECK(row.code_counter == 1);
    CHECK(crypto::verifies(row.verifier, fresh));
    CHECK_FALSE(crypto::verifies(row.verifier, old));
    CHECK(post.count("SELECT COUNT(*) FROM audit WHERE action = 'order.code_renewed'") == 1);
    CHECK(renew(post.order({"signature"}).id, "two").status == 409);
    CHECK(renew("018f0000-0000-7000-8000-000000000009", "three").status == 404);
}
