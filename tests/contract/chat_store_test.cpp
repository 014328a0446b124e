// Messages between dispatchers and couriers.
#include "central/store/chat_store.hpp"

#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using store::ChatMessageRow;
using store::ChatText;

namespace {

constexpr const char* anna = "00000000-0000-4000-8000-00000000000a";
constexpr const char* boris = "00000000-0000-4000-8000-00000000000b";

template <typename Engine>
struct Talks : StoreFixture<Engine> {
    Talks() {
        this->run([&](sql::Tx& tx) {
            for (const auto* id : {anna, boris})
                tx.exec(
                    "INSERT INTO courier (courier_id, code, name, name_fold, state, version, created_us) VALUES "
                    "($1, $2, $3, 'a', 'active', 1, 0)",
                    id, std::string(id == anna ? "C-1" : "C-2"), std::string(id == anna ? "Анна" : "Борис"));
            tx.exec(
                "INSERT INTO staff (staff_id, login, name, name_fold, roles, state, language, version, created_us) "
                "VALUES ('s', 'irina', 'Ирина', 'ирина', 'dispatcher', 'active', 'ru', 1, 0)");
        });
    }
    ChatMessageRow put(const std::string& id, const char* courier, bool from_courier, int minute,
                       ChatText state = ChatText::here) {
        ChatMessageRow message;
        message.id = id;
        message.courier = courier;
        message.from_courier = from_courier;
        if (!from_courier) message.staff = "s";
        message.text_state = state;
        if (state == ChatText::here) message.text = "текст " + id;
        message.at = this->now + std::chrono::minutes{minute};
        message.received = this->now;
        if (from_courier) message.blob = core::Hash{{static_cast<std::uint8_t>(id.back())}};
        CHECK(this->run([&](sql::Tx& tx) { return store::insert_chat_message(tx, message); }));
        return message;
    }
    std::vector<std::string> ids(const char* courier, std::optional<std::pair<core::TimeUs, std::int64_t>> before = {},
                                 int limit = 10) {
        std::vector<std::string> all;
        for (const auto& message :
             this->ask([&](sql::Tx& tx) { return store::chat_messages(tx, courier, before, limit); }))
            all.push_back(message.id);
        return all;
    }
    std::int64_t unread(const char* courier) {
        return this->ask([&](sql::Tx& tx) { return store::unread_chat_messages(tx, courier); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("messages are numbered as they come and listed as they were written, page by page", Engine, Sqlite,
                   Postgres) {
    Talks<Engine> talks;
    CHECK(talks.put("m1", anna, false, 10).number == 1);
    CHECK(talks.put("m2", anna, true, 5).number == 2);  // written before, without a network
    CHECK(talks.put("m3", anna, false, 10).number == 3);
    CHECK(talks.put("b1", boris, true, 1).number == 1);
    CHECK(talks.ids(anna) == std::vector<std::string>{"m3", "m1", "m2"});
    const auto at = talks.now + std::chrono::minutes{10};
    CHECK(talks.ids(anna, std::pair{at, std::int64_t{3}}) == std::vector<std::string>{"m1", "m2"});
    CHECK(talks.ids(anna, {}, 1) == std::vector<std::string>{"m3"});
    const auto again = talks.run([&](sql::Tx& tx) {
        auto message = *store::find_chat_message(tx, "m2");
        return store::insert_chat_message(tx, message);
    });
    CHECK_FALSE(again);
    const auto found = *talks.ask([&](sql::Tx& tx) { return store::find_chat_message(tx, "m1"); });
    CHECK(found.staff_name == "Ирина");
    CHECK(found.text == "текст m1");
    CHECK_FALSE(found.from_courier);
    CHECK_FALSE(found.order);
}

TEST_CASE_TEMPLATE("what was read goes up to a number, is of one side, and never covers a text that has not come",
                   Engine, Sqlite, Postgres) {
    Talks<Engine> talks;
    talks.put("c1", anna, true, 1);
    talks.put("s1", anna, false, 2);
    talks.put("c2", anna, true, 3, ChatText::coming);
    talks.put("c3", anna, true, 4);
    CHECK(talks.unread(anna) == 2);
    const auto read = [&](bool from_courier, std::int64_t upto) {
        return talks.run([&](sql::Tx& tx) { return store::set_chat_read(tx, anna, from_courier, upto, talks.now); });
    };
    CHECK(read(true, 3) == 1);
    CHECK(read(true, 3) == 0);
    CHECK(talks.unread(anna) == 1);
    const auto reached = [&] {
        return talks.ask([&](sql::Tx& tx) { return store::chat_messages_on_the_way(tx, anna); });
    };
    CHECK(reached() == std::vector<std::string>{"s1"});
    CHECK(read(false, 4) == 1);  // what was read was there
    CHECK(reached().empty());
    const core::Hash blob{{'2'}};
    CHECK(talks.ask([&](sql::Tx& tx) { return store::chat_messages_of_blob(tx, blob); }).size() == 1);
    talks.run([&](sql::Tx& tx) { store::set_chat_text(tx, "c2", "дошёл", ChatText::here); });
    CHECK(talks.unread(anna) == 2);
}

TEST_CASE_TEMPLATE("talks: those with something unread first, then the newest", Engine, Sqlite, Postgres) {
    Talks<Engine> talks;
    talks.put("b1", boris, true, 1);
    talks.put("a1", anna, false, 9);
    const auto all = talks.ask([&](sql::Tx& tx) { return store::chats(tx, 10); });
    REQUIRE(all.size() == 2);
    CHECK(all[0].courier == boris);
    CHECK(all[0].name == "Борис");
    CHECK(all[0].unread == 1);
    CHECK(all[0].last.text == "текст b1");
    CHECK(all[1].code == "C-1");
    CHECK(all[1].unread == 0);
}
