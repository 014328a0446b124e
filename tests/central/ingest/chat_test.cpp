// Messages between couriers and dispatchers: facts and texts that come in any order, what was read, and what the
// handheld is told.
#include "central/app/chat/chat.hpp"

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/ingest/verify.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/chat_row.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
namespace chat = central::app::chat;
namespace store = central::store;
using wire::Lane;
using wire::TopicKind;

namespace {

struct Text {
    explicit Text(std::string_view text) : blob(core::random_bytes(wire::blob_salt_bytes)) {
        blob.insert(blob.end(), text.begin(), text.end());
        sha = crypto::sha256(blob);
    }
    core::Bytes blob;
    core::Hash sha;
};

template <typename Engine>
struct Talk : On<Engine> {
    Talk() {
        this->enrol(device);
        this->db
            ->write([&](sql::Tx& tx) {
                courier = central::app::couriers::create(tx, {"Анна Б.", "C-1", {}}, this->clock.now()).value().id;
                central::app::devices::bind(tx, courier, device.id).value();
                tx.exec(
                    "INSERT INTO staff (staff_id, login, name, name_fold, roles, state, language, version, "
                    "created_us) VALUES ($1, 'irina', 'Ирина', 'ирина', 'dispatcher', 'active', 'ru', 1, 0)",
                    staff);
            })
            .value();
        device.courier.value = core::from_uuid_text(courier)->value;
        this->hello(device);
    }

    core::EventId drafted(const model::ChatSent& data) {
        const auto fact = device.draft(std::string(data.type), wire::encode_data(data));
        unsent.push_back(device.seal(fact));
        return fact.id;
    }
    Outcome send_facts() {
        const auto facts = std::exchange(unsent, {});
        return this->take(device, facts, device.seq - facts.size() + 1);
    }
    core::EventId say(const Text& text) {
        const auto id = drafted({text.sha});
        CHECK(send_facts() == Outcome::applied);
        return id;
    }
    Outcome bring(const Text& text) {
        const auto record = wire::encode_record(wire::BlobChunk{text.sha, text.blob.size(), 0, text.blob});
        return this->take(device, TopicKind::blob, device.batch({record}, ++blobs, Lane::blob));
    }
    std::string write(const std::string& text) {
        this->clock.advance(std::chrono::seconds{1});
        return this->db
            ->write([&](sql::Tx& tx) {
                return chat::send(tx, {staff, courier, text, {}}, this->clock.now()).value().message.id;
            })
            .value();
    }
    std::pair<std::string, std::string> write_two(const std::string& first, const std::string& second) {
        return this->db
            ->write([&](sql::Tx& tx) {
                const auto send = [&](const std::string& text) {
                    this->clock.advance(std::chrono::seconds{1});
                    return chat::send(tx, {staff, courier, text, {}}, this->clock.now()).value().message.id;
                };
                const auto id = send(first);
                return std::pair{id, send(second)};
            })
            .value();
    }
    std::vector<store::ChatMessageRow> messages() {
        return this->db->read([&](sql::Tx& tx) { return store::chat_messages(tx, courier, {}, 100); }).value();
    }
    std::int64_t unread() {
        return this->db->read([&](sql::Tx& tx) { return store::unread_chat_messages(tx, courier); }).value();
    }
    std::vector<wire::ChatRow> told(const core::DeviceId& whom) {
        std::vector<wire::ChatRow> rows;
        const auto all = this->db->read([&](sql::Tx& tx) { return store::live_view_rows(tx, whom); }).value();
        for (const auto& row : all)
            if (row.key.kind == wire::RowKind::chat) rows.push_back(wire::decode_chat_row(row.body).value());
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
        return rows;
    }
    std::vector<std::string> told_of() {  // couriers of chat news so far
        std::vector<std::string> all;
        const auto news_so_far = this->one().hub.news_since(0).value();
        for (const auto& news : news_so_far)
            if (news.kind == central::app::tracking::LiveNews::Kind::chat) all.push_back(*news.courier);
        return all;
    }

    HandDevice device;
    std::string courier;
    const std::string staff = "00000000-0000-4000-8000-000000000001";
    std::vector<core::Bytes> unsent;
    std::uint64_t blobs = 0;
};

}  // namespace

TEST_CASE_TEMPLATE("the fact first: its text is on the way, then there; consoles and handheld are told each time",
                   Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    const Text text("Опаздываю на 15 минут");
    const auto id = talk.say(text);
    auto all = talk.messages();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == core::to_uuid_text(id));
    CHECK(all[0].from_courier);
    CHECK(all[0].text_state == store::ChatText::coming);
    CHECK(all[0].at == talk.device.at - std::chrono::seconds{1});  // as written, not as received
    CHECK(talk.unread() == 0);                                     // nobody can have read it
    CHECK_FALSE(talk.told(talk.device.id).at(0).text);
    CHECK(talk.told_of() == std::vector<std::string>{talk.courier});

    CHECK(talk.bring(text) == Outcome::applied);
    all = talk.messages();
    CHECK(all[0].text_state == store::ChatText::here);
    CHECK(all[0].text == "Опаздываю на 15 минут");
    CHECK(talk.unread() == 1);
    CHECK(talk.told(talk.device.id).at(0).text == "Опаздываю на 15 минут");
    CHECK(talk.told_of().size() == 2);
    CHECK(talk.cases(talk.device).empty());
}

TEST_CASE_TEMPLATE("the text first: the message stands whole at once", Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    const Text text("У подъезда");
    CHECK(talk.bring(text) == Outcome::applied);
    CHECK(talk.messages().empty());
    talk.say(text);
    CHECK(talk.messages().at(0).text == "У подъезда");
    CHECK(talk.unread() == 1);
}

TEST_CASE_TEMPLATE("facts and texts that come again add nothing", Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    const Text text("да");
    talk.drafted({text.sha});
    const auto facts = talk.unsent;
    CHECK(talk.send_facts() == Outcome::applied);
    CHECK(talk.take(talk.device, facts, 1) == Outcome::duplicate);
    const auto record = wire::encode_record(wire::BlobChunk{text.sha, text.blob.size(), 0, text.blob});
    const auto batch = talk.device.batch({record}, 1, Lane::blob);
    CHECK(talk.take(talk.device, TopicKind::blob, batch) == Outcome::applied);
    CHECK(talk.take(talk.device, TopicKind::blob, batch) == Outcome::duplicate);
    CHECK(talk.messages().size() == 1);
    CHECK(talk.number("SELECT COUNT(*) FROM chat_message") == 1);
}

TEST_CASE_TEMPLATE("a text that never comes is a case, and the talk says so", Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    const Text text("потеряется");
    talk.say(text);
    CHECK(talk.take(talk.device, {talk.device.fact(model::BlobLost{text.sha})}, 2) == Outcome::applied);
    CHECK(talk.messages().at(0).text_state == store::ChatText::lost);
    CHECK(talk.unread() == 1);
    CHECK(talk.cases(talk.device) == std::vector<std::string>{"blob_lost"});
    CHECK(talk.bring(text) == Outcome::applied);  // it came after all
    CHECK(talk.messages().at(0).text == "потеряется");
}

TEST_CASE_TEMPLATE("bytes that are no text are a case and are never shown", Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    for (const auto* bytes : {"", " \n", "\xD1", "\xED\xA0\x80"}) {
        const Text text(bytes);
        talk.say(text);
        CHECK(talk.bring(text) == Outcome::applied);
    }
    const Text long_text(std::string(2001, 'x'));
    talk.say(long_text);
    CHECK(talk.bring(long_text) == Outcome::applied);
    for (const auto& message : talk.messages()) {
        CHECK(message.text_state == store::ChatText::lost);
        CHECK_FALSE(message.text);
    }
    CHECK(talk.messages().size() == 5);
    CHECK(talk.cases(talk.device) == std::vector<std::string>(5, "blob_bad"));
}

TEST_CASE_TEMPLATE("a dispatcher's message: sent, on the handheld when it says so, read when the courier did", Engine,
                   Sqlite, Postgres) {
    Talk<Engine> talk;
    const auto answered = [&](std::size_t parts) {
        talk.one().views.changed(talk.device.id);
        REQUIRE(eventually([&] { return talk.view_parts(talk.device).size() > parts; }));
        const auto standing =
            talk.db->read([&](sql::Tx& tx) { return store::live_view_rows(tx, talk.device.id); }).value();
        const auto head = talk.number("SELECT view_head FROM device WHERE device_id = $1", talk.device.id);
        const wire::ViewApplied applied{static_cast<std::uint64_t>(head), store::view_hash(standing)};
        return talk.take(talk.device, TopicKind::up_view, wire::encode(applied));
    };
    CHECK(answered(0) == Outcome::applied);  // what the greeting brought
    // Central may be looking for more just now: it finds both messages or none, and tells them before or when asked.
    const auto before = talk.view_parts(talk.device).size();
    const auto [first, second] = talk.write_two("Где вы?", "Ау");
    auto rows = talk.told(talk.device.id);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].name == "Ирина");
    CHECK(rows[0].text == "Где вы?");
    CHECK_FALSE(talk.messages()[0].reached);
    CHECK(answered(before) == Outcome::applied);
    CHECK(talk.messages()[0].reached);
    CHECK(talk.messages()[1].reached);
    CHECK_FALSE(talk.messages()[0].read);
    REQUIRE(talk.told_of() == std::vector<std::string>{talk.courier});

    CHECK(talk.take(talk.device, {talk.device.fact(model::ChatRead{*core::from_uuid_text(first)})}, 1) ==
          Outcome::applied);
    CHECK_FALSE(talk.messages()[0].read);
    CHECK(talk.messages()[1].read == talk.device.at - std::chrono::seconds{1});
    CHECK(talk.told(talk.device.id)[0].read);
    CHECK(talk.take(talk.device, {talk.device.fact(model::ChatRead{*core::from_uuid_text(second)})}, 2) ==
          Outcome::applied);
    CHECK(talk.messages()[0].read);
}

TEST_CASE_TEMPLATE("the office reads what is there to be read, and the courier's handheld is told", Engine, Sqlite,
                   Postgres) {
    Talk<Engine> talk;
    const Text first("раз"), second("два");
    talk.say(first);
    const auto last = core::to_uuid_text(talk.say(second));
    CHECK(talk.bring(first) == Outcome::applied);
    const auto read = [&](const std::string& courier) {
        return talk.db->write([&](sql::Tx& tx) { return chat::read_by_office(tx, courier, last, talk.clock.now()); });
    };
    CHECK(read(core::to_uuid_text(core::EventId{{7}})).error().kind == core::ErrorKind::not_found);
    const auto told = read(talk.courier).value();
    REQUIRE(told.has_value());
    CHECK(told->device == talk.device.id);
    CHECK(talk.told(talk.device.id)[0].read);
    CHECK_FALSE(talk.told(talk.device.id)[1].read);       // its text is still on the way
    CHECK_FALSE(read(talk.courier).value().has_value());  // nothing new
    CHECK(talk.bring(second) == Outcome::applied);
    CHECK(talk.unread() == 1);
}

TEST_CASE_TEMPLATE("the talk goes with the courier to his next handheld, and leaves the one before", Engine, Sqlite,
                   Postgres) {
    Talk<Engine> talk;
    talk.write("Где вы?");
    HandDevice next;
    talk.enrol(next);
    talk.db->write([&](sql::Tx& tx) { central::app::devices::bind(tx, talk.courier, next.id).value(); }).value();
    CHECK(talk.told(talk.device.id).empty());
    CHECK(talk.told(next.id).size() == 1);
}

TEST_CASE_TEMPLATE("a handheld keeps the last fifty messages of a week; central keeps all", Engine, Sqlite, Postgres) {
    Talk<Engine> talk;
    talk.write("давно");
    talk.clock.advance(chat::kept_for + std::chrono::hours{1});
    for (int i = 1; i <= 3; ++i) talk.write(std::to_string(i));
    CHECK(talk.told(talk.device.id).size() == 3);
    for (int i = 4; i <= 60; ++i) talk.write(std::to_string(i));
    const auto rows = talk.told(talk.device.id);
    REQUIRE(rows.size() == 50);
    CHECK(rows.front().text == "11");
    CHECK(rows.back().text == "60");
    CHECK(talk.messages().size() == 61);
    // Nobody writes any more: what is older than a week leaves the handheld when it greets.
    talk.clock.advance(chat::kept_for - std::chrono::seconds{10});
    CHECK(talk.hello(talk.device) == Outcome::applied);
    CHECK(talk.told(talk.device.id).size() == 11);
    talk.clock.advance(std::chrono::minutes{1});
    CHECK(talk.hello(talk.device) == Outcome::applied);
    CHECK(talk.told(talk.device.id).empty());
    CHECK(talk.messages().size() == 61);
}

TEST_CASE_TEMPLATE("a message of nobody we know, and a word of reading about another's talk, change nothing", Engine,
                   Sqlite, Postgres) {
    Talk<Engine> talk;
    const auto mine = talk.write("Где вы?");
    HandDevice stranger;  // names a courier who is not there
    talk.enrol(stranger);
    talk.hello(stranger);
    CHECK(talk.take(stranger,
                    {stranger.fact(model::ChatSent{Text("я").sha}),
                     stranger.fact(model::ChatRead{*core::from_uuid_text(mine)}),
                     stranger.fact(model::ChatRead{core::EventId{{1}}})},
                    1) == Outcome::applied);
    CHECK(talk.messages().size() == 1);
    CHECK_FALSE(talk.messages()[0].read);
    CHECK(talk.number("SELECT COUNT(*) FROM act") == 3);
    CHECK(central::ingest::verify(*talk.db)->whole);
}

TEST_CASE_TEMPLATE("what changed in a talk is told to consoles at the other instances as well", Engine, Sqlite,
                   Postgres) {
    Talk<Engine> talk;
    talk.add_instance();
    const Text text("да");
    talk.say(text);
    talk.one().ingest->tick();
    std::vector<mqtt::Publication> news;
    {
        const std::lock_guard guard(talk.one().lock);
        for (const auto& one : talk.one().published)
            if (one.topic == wire::central_topic("news")) news.push_back(one);
    }
    for (const auto& one : news) talk.instances[1]->ingest->accept_news(one.payload);
    const auto told = talk.instances[1]->hub.news_since(0).value();
    CHECK(std::any_of(told.begin(), told.end(), [&](const auto& one) {
        return one.kind == central::app::tracking::LiveNews::Kind::chat && one.courier == talk.courier;
    }));
}
