#include "agent/handheld/chat_routes.hpp"

#include <nlohmann/json.hpp>

#include "agent/app/money.hpp"
#include "agent/handheld/work_json.hpp"
#include "shared/core/uuid.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using http::Method;
using http::Request;
using http::Response;
using json = nlohmann::ordered_json;

constexpr std::size_t body_limit = 64 * 1024;  // 2000 characters, escaped

std::string_view name_of(app::MessageState state) {
    switch (state) {
        case app::MessageState::waiting:
            return "waiting";
        case app::MessageState::sent:
            return "sent";
        case app::MessageState::read:
            return "read";
        case app::MessageState::received:
            break;
    }
    return "received";
}

json message_json(const app::Message& message) {
    return {{"id", core::to_uuid_text(message.id)},
            {"own", message.is_own},
            {"name", message.name},
            {"text", message.text},
            {"at_ms", core::count(message.at)},
            {"order", message.order ? json(message.order->hex()) : json(nullptr)},
            {"state", name_of(message.state)},
            {"new", message.is_new}};
}

struct Asked {
    std::string text;
    std::optional<model::OrderId> order;
};

core::Result<Asked> read_request(std::string_view body) {
    try {
        const auto object = json::parse(body);
        Asked asked{object.at("text").get<std::string>(), {}};
        const auto order = object.value("order", json());
        if (order.is_null()) return asked;
        const auto bytes = core::from_hex(order.get<std::string>());
        asked.order = bytes ? model::OrderId::from(*bytes) : std::nullopt;
        if (!asked.order) return core::not_found(app::Money::no_order);
        return asked;
    } catch (const json::exception&) {
        return core::invalid(R"(the body must be {"text": "…"}, and "order" when it is about one)");
    }
}

Response send(app::Chat& chat, const Request& request) {
    const auto asked = read_request(request.body);
    if (!asked) return http::problem(asked.error(), request);
    const auto sent = chat.send(asked->text, asked->order);
    if (!sent) return http::problem(sent.error(), request);
    return http::json(saved_json({*sent}), 201);
}

Response read(app::Chat& chat, const Request& request) {
    const auto done = chat.read();
    if (!done) return http::problem(done.error(), request);
    return http::no_content();
}

}  // namespace

std::string chat_json(const std::vector<app::Message>& messages) {
    json object{{"unread", 0}, {"messages", json::array()}};
    int unread = 0;
    for (const auto& message : messages) {
        unread += message.is_new ? 1 : 0;
        object["messages"].push_back(message_json(message));
    }
    object["unread"] = unread;
    return object.dump();
}

std::vector<http::Route> chat_routes(const Desk& desk) {
    auto& chat = desk.chat;
    return {
        {Method::get, "/chat", [&chat](const Request&) { return http::json(chat_json(chat.messages())); }},
        {Method::post, "/chat", [&chat](const Request& request) { return send(chat, request); }, body_limit},
        {Method::post, "/chat/read", [&chat](const Request& request) { return read(chat, request); }, body_limit},
    };
}

}  // namespace plus7::agent::handheld
