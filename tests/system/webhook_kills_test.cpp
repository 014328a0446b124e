// kill -9 of central while it tells a shop of its orders, on both engines: every order that was accepted is told.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/central/outbox/receiver.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/postgres.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/staff_client.hpp"

using namespace plus7;
using namespace plus7::test;
using nlohmann::json;

namespace {

constexpr int kills = 4, orders_between = 10;

struct OnSqlite {
    static std::string database() { return {}; }
};
struct OnPostgres {
    static std::string database() { return PostgresServer::shared().fresh_database(); }
};

// Orders by a token, as a shop's program does.
class ShopProgram {
  public:
    ShopProgram(std::string url, std::string token)
        : url_(std::move(url)), token_(std::move(token)), client_(http::Client::make().value()) {}

    std::string order(const std::string& ref) {
        http::Call call;
        call.method = http::Method::post;
        call.url = url_ + "/api/v1/orders";
        call.headers.set("Authorization", "Bearer " + token_);
        call.headers.set("Content-Type", "application/json");
        call.headers.set("Idempotency-Key", ref);
        call.body = json{{"outer_ref", ref},
                         {"recipient", {{"name", "Ольга"}}},
                         {"address", {{"text", "ул. Садовая, 14"}}},
                         {"parcels", json::array({json::object()})}}
                        .dump();
        const auto reply = client_.call(call);
        REQUIRE_MESSAGE(reply.ok(), (reply.ok() ? "" : reply.error().message));
        REQUIRE(reply->status == 201);
        return json::parse(reply->body).at("order").at("id").get<std::string>();
    }

  private:
    std::string url_, token_;
    http::Client client_;
};

std::set<std::string> told(const Receiver& shop) {
    std::set<std::string> orders;
    for (const auto& got : shop.got()) orders.insert(json::parse(got.body).at("order").at("id").get<std::string>());
    return orders;
}

}  // namespace

TEST_CASE_TEMPLATE("central killed while it sends webhooks tells of every order it has accepted", Engine, OnSqlite,
                   OnPostgres) {
    Receiver receiver;
    CentralProcess central(Engine::database(), "[webhooks]\nallow_private = true\n");
    StaffClient staff(central.url(), central.setup_token());
    REQUIRE(staff.post("/api/v1/webhooks", {{"sender", "Лавка"}, {"url", receiver.url()}}).status == 201);
    const auto token =
        staff.post("/api/v1/tokens", {{"name", "Касса"}, {"sender", "Лавка"}, {"scopes", {"orders:write"}}});
    REQUIRE(token.status == 201);
    std::set<std::string> accepted;
    int ref = 0;
    for (int i = 0; i < kills; ++i) {
        ShopProgram shop(central.url(), token.body.at("secret").get<std::string>());
        if (i % 2 == 1) receiver.hold();  // killed with messages half sent
        for (int n = 0; n < orders_between; ++n) accepted.insert(shop.order("L-" + std::to_string(++ref)));
        central.kill();
        receiver.release();
        central.start();
    }
    // What was leased by the one that died is sent when its lease of a minute ends.
    CHECK_MESSAGE(eventually([&] { return told(receiver) == accepted; }, std::chrono::seconds{150}), central.output());
    CHECK(accepted.size() == kills * orders_between);
    std::map<std::string, std::string> bodies;  // of each event: the same in every try
    for (const auto& got : receiver.got()) CHECK(bodies.try_emplace(got.delivery, got.body).first->second == got.body);
}
