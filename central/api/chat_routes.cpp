#include "central/api/chat_routes.hpp"

#include <charconv>

#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/chat/chat.hpp"
#include "central/store/courier_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/chat_row.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace chat = app::chat;
using store::ChatMessageRow;

constexpr int most_chats = 200;
constexpr TextRule text_rule{1, wire::max_chat_characters, wire::is_chat_text};
bool is_id(std::string_view text) { return core::from_uuid_text(text).has_value(); }
constexpr TextRule id_rule{36, 36, is_id};

std::string ref_json(const std::optional<std::string>& id, const char* word, const std::optional<std::string>& value) {
    return id && value ? JsonObject().text("id", *id).text(word, *value).done() : "null";
}

std::string json_of(const ChatMessageRow& message) {
    return JsonObject()
        .text("id", message.id)
        .number("n", message.number)
        .text("from", message.from_courier ? "courier" : "staff")
        .json("staff", ref_json(message.staff, "name", message.staff_name))
        .text("text", message.text)
        .text("text_state", name_of(message.text_state))
        .json("order", ref_json(message.order, "number", message.order_number))
        .time("at_ms", message.at)
        .time("received_ms", message.received)
        .time("reached_ms", message.reached)
        .time("read_ms", message.read)
        .done();
}

std::string json_of(const store::ChatSummary& summary) {
    const auto courier =
        JsonObject().text("id", summary.courier).text("name", summary.name).text("code", summary.code).done();
    return JsonObject()
        .json("courier", courier)
        .number("unread", summary.unread)
        .json("last", json_of(summary.last))
        .done();
}

using Place = std::pair<core::TimeUs, std::int64_t>;

bool read_number(const std::string& text, std::int64_t& number) {
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end;
}

core::Result<std::optional<Place>> place_of(const PageAsked& page) {
    if (page.cursor.empty()) return std::optional<Place>{};
    std::int64_t at = 0, number = 0;
    if (!read_number(page.cursor[0], at) || !read_number(page.cursor[1], number))
        return core::invalid("the cursor is not one of ours");
    return std::optional(Place{core::time_us(at), number});
}

http::Response explain(const core::Error& error) {
    if (error.message != chat::no_order) return refuse(error);
    return refuse(Refused::invalid, error.message, {{"order", "unknown", error.message}});
}

std::string next_of(const ChatMessageRow& last) {
    return to_cursor({std::to_string(core::count(last.at)), std::to_string(last.number)});
}

void record(core::Tx& tx, const Call& call, const std::string& courier, const char* action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(tx, {call.actor(), action, audit::Subject{audit::SubjectKind::courier, courier}, std::move(detail)},
                  call.now);
}

// Of the text nothing is told: it is personal, and the audit log cannot be erased.
void record_sent(core::Tx& tx, const Call& call, const chat::Sent& sent) {
    std::vector<audit::Detail> detail{{"message", sent.message.id}};
    if (sent.message.order_number) detail.push_back({"order", *sent.message.order_number});
    record(tx, call, sent.message.courier, "courier.message_sent", std::move(detail));
}

void tell(const FieldSide& side, const std::optional<chat::Told>& told) {
    if (!told) return;
    side.live.chat(told->courier);
    if (told->device) side.views.changed(*told->device);
}

}  // namespace

http::Response ChatRoutes::list(const Call&) {
    const auto chats = side_.db.read([](core::Tx& tx) { return store::chats(tx, most_chats); });
    if (!chats) return refuse(chats.error());
    const auto items = json_list(*chats, [](const store::ChatSummary& summary) { return json_of(summary); });
    return http::json(JsonObject().json("items", items).done());
}

http::Response ChatRoutes::show(const Call& call) {
    const auto page = page_asked(call.request, 2);
    if (!page) return refuse(page.error());
    const auto before = place_of(*page);
    if (!before) return refuse(before.error());
    const auto& id = call.request.param("id");
    struct Found {
        std::vector<ChatMessageRow> messages;
        std::int64_t unread = 0;
    };
    auto found = side_.db.read([&](core::Tx& tx) -> core::Result<Found> {
        if (!store::find_courier(tx, id)) return core::not_found("no such courier");
        return Found{store::chat_messages(tx, id, *before, page->limit + 1), store::unread_chat_messages(tx, id)};
    });
    if (!found) return refuse(found.error());
    auto& messages = found->messages;
    std::optional<std::string> next;
    if (messages.size() > static_cast<std::size_t>(page->limit)) {
        messages.pop_back();
        next = next_of(messages.back());
    }
    const auto items = json_list(messages, [](const ChatMessageRow& message) { return json_of(message); });
    return http::json(JsonObject().json("items", items).text("next", next).number("unread", found->unread).done());
}

http::Response ChatRoutes::send(const Call& call) {
    JsonBody body(call.request);
    chat::Written written{call.who().staff_id, call.request.param("id"), body.text("text", text_rule), {}};
    if (!body.gives_null("order")) written.order = body.maybe_text("order", id_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    std::optional<chat::Told> told;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        told.reset();
        const auto sent = chat::send(tx, written, call.now);
        if (!sent) return sent.error();
        told = sent->told;
        record_sent(tx, call, *sent);
        return http::json(json_of(sent->message), 201);
    };
    auto response = idempotency_.once(call, work, explain);
    tell(side_, told);
    return response;
}

http::Response ChatRoutes::read(const Call& call) {
    JsonBody body(call.request);
    const auto upto = body.text("upto", id_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("id");
    const auto told = side_.db.write([&](core::Tx& tx) {
        auto done = chat::read_by_office(tx, id, upto, call.now);
        if (done && *done) record(tx, call, id, "courier.messages_read", {{"upto", upto}});
        return done;
    });
    if (!told) return refuse(told.error());
    tell(side_, *told);
    return http::no_content();
}

}  // namespace plus7::central::api
