#include "agent/app/chat.hpp"

#include "agent/store/own_chat.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/chat_row.hpp"
#include "tests/agent/app/round.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::app::Chat;
using agent::app::Message;
using agent::app::MessageState;

namespace {

const core::EventId question{{0x51}}, reminder{{0x52}};

struct Talk : Round {
    Chat chat() { return {*life->stores, life->logbook, life->stamps, life->shift}; }
    core::EventId say(const std::string& text) {
        clock.elapsed += 1s;
        return chat().send(text, {}).value();
    }
    std::vector<std::string> texts() {
        std::vector<std::string> all;
        for (const auto& message : chat().messages()) all.push_back(message.text);
        return all;
    }
    MessageState state_of(const core::EventId& id) {
        for (const auto& message : chat().messages())
            if (message.id == id) return message.state;
        FAIL("no such message");
        return {};
    }
    int unread() {
        int n = 0;
        for (const auto& message : chat().messages()) n += message.is_new ? 1 : 0;
        return n;
    }
    // Central tells the talk: the whole view.
    void tell_talk(const std::vector<std::pair<core::EventId, wire::ChatRow>>& talk) {
        wire::ViewPart part;
        part.delta.to = ++view;
        for (const auto& [id, message] : talk)
            part.delta.put.push_back(row(wire::RowKind::chat, id.value, wire::encode(message), view));
        REQUIRE(life->stores->view().take(part));
        REQUIRE(chat().tidy());
    }
    wire::ChatRow asked(std::uint64_t number, const std::string& text) {
        wire::ChatRow message;
        message.number = number;
        message.name = "Ирина";
        message.text = text;
        message.at = now();
        return message;
    }
    wire::ChatRow own(std::uint64_t number, std::optional<std::string> text, bool read = false) {
        auto message = asked(number, "");
        message.from = wire::ChatFrom::courier;
        message.name.clear();
        message.text = std::move(text);
        message.read = read;
        return message;
    }
    std::size_t notes() { return life->stores->outbox().notes(agent::store::own_message_prefix).size(); }
    void confirm_texts() {
        for (const auto& fact : life->facts())
            if (fact.type == "chat.sent")
                REQUIRE(life->stores->blobs().confirm({wire::decode_data<model::ChatSent>(fact.data)->blob}));
    }
};

std::string_view refusal(const core::Result<core::EventId>& sent) {
    return sent ? "" : std::string_view(sent.error().message);
}

}  // namespace

TEST_CASE("a message is a fact that names its text by hash, and the text is a blob of its own") {
    Talk talk;
    const auto id = talk.chat().send("Опаздываю на 15 минут", order).value();
    const auto fact = talk.life->facts().back();
    CHECK(fact.type == "chat.sent");
    CHECK(fact.id == id);
    CHECK(fact.about.order == order);
    CHECK(fact.who.courier == talk.courier.id);
    const auto bytes = wire::encode_body(fact);
    CHECK(core::text_of(bytes).find("Опаздываю") == std::string_view::npos);
    CHECK(talk.life->stores->blobs().has(wire::decode_data<model::ChatSent>(fact.data)->blob));
    const auto shown = talk.chat().messages();
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].text == "Опаздываю на 15 минут");
    CHECK(shown[0].order == order);
    CHECK(shown[0].state == MessageState::waiting);
}

TEST_CASE("messages written without a network stand in order, and a restart in the middle loses none") {
    Talk talk;
    talk.say("раз");
    talk.say("два");
    talk.start_again();
    talk.say("три");
    CHECK(talk.texts() == std::vector<std::string>{"раз", "два", "три"});
    CHECK(talk.life->types() == std::vector<std::string>{"shift.started", "chat.sent", "chat.sent", "chat.sent"});
    CHECK(talk.life->stores->blobs().unconfirmed() == 3);
}

TEST_CASE("messages of one moment stand in the order in which they were written") {
    Talk talk;
    std::vector<std::string> written;
    for (int i = 0; i < 8; ++i) {
        written.push_back(std::to_string(i));
        talk.chat().send(written.back(), {}).value();
    }
    CHECK(talk.texts() == written);
}

TEST_CASE("what no message can be is refused, and nothing is made") {
    Talk talk;
    CHECK(refusal(talk.chat().send(" \n", {})) == Chat::no_text);
    CHECK(refusal(talk.chat().send(std::string(2001, 'x'), {})) == Chat::no_text);
    CHECK(refusal(talk.chat().send("\xD1", {})) == Chat::no_text);
    REQUIRE(talk.life->shift.end());
    CHECK(refusal(talk.chat().send("да", {})) == Parcels::no_shift);
    CHECK(talk.chat().read().error().message == Parcels::no_shift);
    CHECK(talk.life->stores->blobs().unconfirmed() == 0);
    CHECK(talk.notes() == 0);
}

TEST_CASE("the own message is on its way until central has both the fact and the text, then sent, then read") {
    Talk talk;
    const auto id = talk.say("у подъезда");
    talk.ack();
    CHECK(talk.state_of(id) == MessageState::waiting);  // the text is here
    talk.confirm_texts();
    CHECK(talk.state_of(id) == MessageState::sent);
    talk.tell_talk({{id, talk.own(1, std::nullopt)}});
    CHECK(talk.texts() == std::vector<std::string>{"у подъезда"});  // central's row has no text yet
    CHECK(talk.notes() == 1);
    talk.tell_talk({{id, talk.own(1, "у подъезда")}});
    CHECK(talk.state_of(id) == MessageState::sent);
    CHECK(talk.notes() == 0);  // the view has it
    talk.tell_talk({{id, talk.own(1, "у подъезда", true)}});
    CHECK(talk.state_of(id) == MessageState::read);
}

TEST_CASE("own messages stand among those of the dispatcher by the time they were written") {
    Talk talk;
    const auto before = talk.asked(1, "где вы?");
    talk.say("в пробке");
    talk.clock.elapsed += 1s;
    const auto after = talk.asked(2, "понял");
    talk.tell_talk({{question, before}, {reminder, after}});
    CHECK(talk.texts() == std::vector<std::string>{"где вы?", "в пробке", "понял"});
}

TEST_CASE("what was read is one fact that names the newest message, and counts at once and after a restart") {
    Talk talk;
    talk.tell_talk({{question, talk.asked(1, "где вы?")}, {reminder, talk.asked(2, "ау")}});
    CHECK(talk.unread() == 2);
    REQUIRE(talk.chat().read());
    const auto fact = talk.life->facts().back();
    CHECK(fact.type == "chat.read");
    CHECK(wire::decode_data<model::ChatRead>(fact.data)->upto == reminder);
    CHECK(talk.unread() == 0);
    talk.start_again();
    CHECK(talk.unread() == 0);
    REQUIRE(talk.chat().read());  // nothing new: no second fact
    CHECK(talk.life->types() == std::vector<std::string>{"shift.started", "chat.read"});
    const core::EventId third{{0x53}};
    talk.tell_talk(
        {{question, talk.asked(1, "где вы?")}, {reminder, talk.asked(2, "ау")}, {third, talk.asked(3, "жду")}});
    CHECK(talk.unread() == 1);
}

TEST_CASE("a new handheld knows from central alone what was read there") {
    Talk talk;
    auto seen = talk.asked(1, "где вы?");
    seen.read = true;
    talk.tell_talk({{question, seen}});
    CHECK(talk.unread() == 0);
    CHECK(talk.texts() == std::vector<std::string>{"где вы?"});
}

TEST_CASE("the lock leaves nothing of the talk to be read, and takes nothing from central") {
    Talk talk;
    talk.say("код домофона 32К");
    talk.tell_talk({{question, talk.asked(1, "где вы?")}});
    REQUIRE(talk.chat().read());
    auto& view = talk.life->stores->view();
    REQUIRE(view.set_locked(true));
    REQUIRE(view.wipe());
    CHECK(talk.chat().messages().empty());
    CHECK(talk.notes() == 0);
    CHECK_FALSE(talk.life->stores->outbox().note(agent::store::chat_read_note));
    CHECK(talk.life->types() == std::vector<std::string>{"shift.started", "chat.sent", "chat.read"});
    CHECK(talk.life->stores->blobs().unconfirmed() == 1);
}

TEST_CASE("another courier on the same handheld sees nothing of what the one before wrote") {
    Talk talk;
    talk.say("это личное");
    REQUIRE(talk.life->shift.end());
    talk.life->shift.bind(agent::app::Courier{model::CourierId{{9}}, "C-018"});
    CHECK(talk.texts().empty());
    CHECK(talk.notes() == 1);  // until central has it
    talk.ack();
    talk.confirm_texts();
    talk.clock.elapsed += Chat::remember + 1min;
    REQUIRE(talk.chat().tidy());
    CHECK(talk.notes() == 0);
}
