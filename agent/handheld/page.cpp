#include "agent/handheld/page.hpp"

#include <algorithm>

#include "agent/app/shift.hpp"
#include "agent/handheld/access_routes.hpp"
#include "agent/handheld/answers.hpp"
#include "agent/handheld/chat_routes.hpp"
#include "agent/handheld/floor_json.hpp"
#include "agent/handheld/floor_routes.hpp"
#include "agent/handheld/page_files.hpp"
#include "agent/handheld/page_json.hpp"
#include "agent/handheld/transfer_routes.hpp"
#include "agent/handheld/work_json.hpp"
#include "agent/handheld/work_routes.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t small_body = 1024;
constexpr std::size_t code_body = 16 * 1024;
constexpr std::size_t most_listeners = 8;

}  // namespace

std::string Page::state_json() {
    StateParts parts;
    {
        const std::lock_guard guard(lock_);
        parts.n = n_;
    }
    parts.now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    parts.status = to_json(desk_.status());
    parts.work = work_json(desk_.parcels.work(), desk_.codes, desk_.parcels.self(), desk_.shift.open().has_value());
    parts.chat = chat_json(desk_.chat.messages());
    parts.floor = floor_json(desk_.floor, desk_.parcels.work().sites());
    parts.scan = scan_json(scans_.last());
    parts.mode = scans_.mode();
    if (const auto* heard = desk_.transfers.heard()) parts.colleague = heard->code;
    return handheld::state_json(parts);
}

void Page::changed() {
    std::vector<http::WebSocket> told;
    std::uint64_t n = 0;
    {
        const std::lock_guard guard(lock_);
        n = ++n_;
        std::erase_if(listeners_, [](const http::WebSocket& socket) { return !socket.is_open(); });
        told = listeners_;
    }
    for (const auto& socket : told) socket.send_text("{\"changed\":" + std::to_string(n) + "}");
}

http::Handler Page::changing(http::Handler handler) {
    return [this, handler = std::move(handler)](const Request& request) {
        auto response = handler(request);
        if (response.status < 300) changed();
        return response;
    };
}

Response Page::scan(const Request& request) {
    const auto code = read_scan_request(request.body);
    if (!code) return http::problem(code.error(), request);
    return http::json(scan_json(scans_.scan(*code)), 201);
}

Response Page::set_mode(const Request& request) {
    const auto mode = read_mode(request.body);
    if (!mode) return http::problem(mode.error(), request);
    scans_.set_mode(*mode);
    return http::json(request.body);
}

http::UpgradeDecision Page::listen(const Request&) {
    http::WebSocketHandlers handlers;
    handlers.on_open = [this](const http::WebSocket& socket) {
        const std::lock_guard guard(lock_);
        if (listeners_.size() < most_listeners)
            listeners_.push_back(socket);
        else
            socket.close(http::close_code::try_again_later, "too many pages");
    };
    handlers.on_close = [this](const http::WebSocket& socket, std::uint16_t) {
        const std::lock_guard guard(lock_);
        std::erase(listeners_, socket);
    };
    return handlers;
}

std::vector<http::Route> Page::api_routes() {
    std::vector<http::Route> routes{
        {Method::get, "/state", [this](const Request&) { return http::json(state_json()); }},
        {Method::get, "/position", [this](const Request&) { return http::json(position_json(desk_.stamps.where())); }},
        {Method::post, "/scan", [this](const Request& request) { return scan(request); }, code_body},
        {Method::post, "/mode", [this](const Request& request) { return set_mode(request); }, small_body},
    };
    for (auto& route : shift_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : work_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : transfer_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : access_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : chat_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : floor_routes(desk_)) routes.push_back(std::move(route));
    for (auto& route : routes) {
        route.pattern = "/api" + route.pattern;
        if (route.method == Method::post && route.pattern != "/api/blobs") route.handler = changing(route.handler);
    }
    http::Route events;
    events.pattern = "/api/events";
    events.upgrade = [this](const Request& request) { return listen(request); };
    routes.push_back(std::move(events));
    routes.push_back(camera_.route());
    return routes;
}

http::Router Page::router() {
    auto routes = page_files();
    for (auto& route : streets_.routes()) routes.push_back(std::move(route));
    for (auto& route : api_routes()) routes.push_back(std::move(route));
    auto router = http::Router::build(std::move(routes)).value();
    router.around([this](const Request& request, const http::Route*, const http::Next& next) {
        return gate_.pass(request, next);
    });
    return router;
}

}  // namespace plus7::agent::handheld
