// Messages to couriers through the API: what the office writes, sees and reads; what the log keeps of it.
#include "central/app/chat/chat.hpp"

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/chat_row.hpp"
#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
namespace chat = central::app::chat;

namespace {

struct Office : ApiHouse {
    Office() {
        db->write([&](core::Tx& tx) {
              courier = central::app::couriers::create(tx, {"Анна Б.", "C-1", {}}, clock.now()).value().id;
              device = central::app::devices::create_device(tx, "handheld", clock.now()).value().id;
              central::app::devices::bind(tx, courier, *device).value();
          }).value();
        views.listen([this](const core::DeviceId& changed) { told.push_back(changed); });
    }
    std::string path(const std::string& end = "") const { return "/api/v1/couriers/" + courier + "/chat" + end; }
    http::Response write(const std::string& body, const std::string& once = "") {
        clock.advance(std::chrono::seconds{1});
        const auto unique = "k" + std::to_string(++calls);
        return browser.send(http::Method::post, path(), body, {{"Idempotency-Key", once.empty() ? unique : once}});
    }
    // As ingest takes it.
    std::string hear(const std::string& text, std::chrono::minutes ago = {}) {
        clock.advance(std::chrono::seconds{1});
        const auto id = core::to_uuid_text(core::random_id<core::EventId>());
        db->write([&](core::Tx& tx) {
              chat::receive(tx, {id, courier, core::random_id<core::Hash>(), {}, clock.now() - ago, clock.now()},
                            {central::store::ChatText::here, text});
          }).value();
        return id;
    }
    std::vector<wire::ChatRow> rows() {
        std::vector<wire::ChatRow> all;
        const auto view = db->read([&](core::Tx& tx) { return central::store::live_view_rows(tx, *device); }).value();
        for (const auto& row : view)
            if (row.key.kind == wire::RowKind::chat) all.push_back(wire::decode_chat_row(row.body).value());
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
        return all;
    }

    Browser browser{*this, person("irina", accounts::Roles{Role::dispatcher})};
    std::string courier;
    std::optional<core::DeviceId> device;
    std::vector<core::DeviceId> told;
    int calls = 0;
};

}  // namespace

TEST_CASE("what a dispatcher writes is in the talk, on the handheld and told at once; the log has no word of it") {
    Office office;
    const auto sent = office.write(R"({"text": "Где вы? Секретный код 4711"})");
    REQUIRE(sent.status == 201);
    CHECK(member(sent, "from") == "staff");
    CHECK(member(sent, "n") == "1");
    CHECK(member(sent, "staff.name") == "Пётр irina");
    CHECK(member(sent, "reached_ms") == "null");
    const auto page = office.browser.get(office.path());
    CHECK(member(page, "items.0.text") == "Где вы? Секретный код 4711");
    CHECK(office.told == std::vector<core::DeviceId>{*office.device});
    REQUIRE(office.rows().size() == 1);
    CHECK(office.rows()[0].text == "Где вы? Секретный код 4711");
    CHECK(office.live.news_since(0)->back().courier == office.courier);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.message_sent'") == 1);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%4711%'") == 0);
    CHECK(office.count("SELECT COUNT(*) FROM event_log") == 0);
}

TEST_CASE("the same request again writes once") {
    Office office;
    const auto first = office.write(R"({"text": "да"})", "same");
    CHECK(office.write(R"({"text": "да"})", "same").body == first.body);
    CHECK(office.count("SELECT COUNT(*) FROM chat_message") == 1);
    CHECK(office.browser.post(office.path(), R"({"text": "да"})").status == 428);
}

TEST_CASE("what no message can be is refused with the member named, and nothing is kept") {
    Office office;
    const auto refused = [&](const std::string& body) {
        const auto answer = office.write(body);
        CHECK(answer.status == 400);
        return member(answer, "fields.0.field");
    };
    CHECK(refused(R"({})") == "text");
    CHECK(refused(R"({"text": ""})") == "text");
    CHECK(refused(R"({"text": " \n"})") == "text");
    CHECK(refused(R"({"text": "a\u0000b"})") == "text");
    CHECK(refused("{\"text\": \"" + std::string(2001, 'x') + "\"}") == "text");
    CHECK(refused(R"({"text": "да", "order": "A-10001"})") == "order");
    CHECK(refused(R"({"text": "да", "order": "00000000-0000-4000-8000-000000000001"})") == "order");
    CHECK(refused(R"({"text": "да", "colour": 1})") == "colour");
    CHECK(office.count("SELECT COUNT(*) FROM chat_message") == 0);
    office.courier = "00000000-0000-4000-8000-000000000009";
    CHECK(office.write(R"({"text": "да"})").status == 404);
    CHECK(office.browser.get(office.path()).status == 404);
    CHECK(office.browser.post(office.path("/read"), R"({"upto": "00000000-0000-4000-8000-000000000001"})").status ==
          404);
}

TEST_CASE("both sides stand in the order in which they wrote, page by page") {
    Office office;
    office.write(R"({"text": "раз"})");
    office.hear("ноль", std::chrono::minutes{5});
    office.write(R"({"text": "два"})");
    const auto page = office.browser.get(office.path() + "?limit=2");
    CHECK(member(page, "items.0.text") == "два");
    CHECK(member(page, "items.1.text") == "раз");
    CHECK(member(page, "unread") == "1");
    const auto next = office.browser.get(office.path() + "?limit=2&cursor=" + member(page, "next"));
    CHECK(member(next, "items.0.text") == "ноль");
    CHECK(member(next, "items.0.from") == "courier");
    CHECK(member(next, "next") == "null");
    CHECK(office.browser.get(office.path() + "?cursor=AAAA").status == 400);
    CHECK(office.browser.get(office.path() + "?cursor=eB95").status == 400);  // x, y
}

TEST_CASE("the office reads up to a message: counted for all of it, told to the courier, in the log once") {
    Office office;
    const auto first = office.hear("раз");
    office.hear("два");
    CHECK(member(office.browser.get("/api/v1/chats"), "items.0.unread") == "2");
    CHECK(member(office.browser.get("/api/v1/chats"), "items.0.courier.code") == "C-1");
    CHECK(member(office.browser.get("/api/v1/chats"), "items.0.last.text") == "два");
    const auto body = R"({"upto": ")" + first + R"("})";
    CHECK(office.browser.post(office.path("/read"), body).status == 204);
    CHECK(member(office.browser.get("/api/v1/chats"), "items.0.unread") == "1");
    CHECK(office.rows()[0].read);
    CHECK_FALSE(office.rows()[1].read);
    CHECK(office.told.size() == 1);
    CHECK(office.browser.post(office.path("/read"), body).status == 204);
    CHECK(office.told.size() == 1);
    CHECK(office.count("SELECT COUNT(*) FROM audit WHERE action = 'courier.messages_read'") == 1);
}

TEST_CASE("a message about an order names it; one to a courier without a handheld waits in the talk") {
    Office office;
    const auto order = office.browser.send(
        http::Method::post, "/api/v1/orders",
        R"({"sender": "Лавка", "recipient": {"name": "Пётр"}, "address": {"text": "пр. Мира, 101"}, "parcels": [{}]})",
        {{"Idempotency-Key", "order"}});
    const auto id = member(order, "order.id");
    const auto sent = office.write(R"({"text": "перенесли", "order": ")" + id + R"("})");
    CHECK(member(sent, "order.number") == "A-10001");
    CHECK(core::to_uuid_text(*office.rows()[0].order) == id);
    office.browser.send(http::Method::del, "/api/v1/couriers/" + office.courier + "/device");
    CHECK(office.rows().empty());
    office.told.clear();
    CHECK(office.write(R"({"text": "ждём"})").status == 201);
    CHECK(office.told.empty());
    office.db->write([&](core::Tx& tx) { central::app::devices::bind(tx, office.courier, *office.device).value(); })
        .value();
    CHECK(office.rows().size() == 2);
}
