#include "agent/handheld/camera_link.hpp"

#include <utility>

namespace plus7::agent::handheld {
namespace {

void answer(const http::WebSocket& socket, bool was_read) {
    socket.send_text(was_read ? R"({"read":true})" : R"({"read":false})");
}

}  // namespace

http::Route CameraLink::route() {
    http::Route route;
    route.pattern = "/api/camera";
    route.upgrade = [this](const http::Request&) { return http::UpgradeDecision(listen()); };
    return route;
}

http::WebSocketHandlers CameraLink::listen() {
    http::WebSocketHandlers handlers;
    handlers.on_open = [this](const http::WebSocket& socket) {
        const auto before = std::exchange(open_, socket);
        if (before) before->close(http::close_code::going_away, "another page has the camera");
    };
    handlers.on_message = [this](const http::WebSocket& socket, std::string_view message, bool is_text) {
        look(socket, message, is_text);
    };
    handlers.on_close = [this](const http::WebSocket& socket, std::uint16_t) {
        if (open_ != socket) return;
        open_.reset();
        camera_.let_go();
    };
    return handlers;
}

void CameraLink::look(const http::WebSocket& socket, std::string_view frame, bool is_text) {
    if (is_text) return socket.close(http::close_code::policy, "pictures only");
    const auto taken = camera_.look(frame, [socket](bool was_read) { answer(socket, was_read); });
    if (taken) return;
    if (taken.error().kind == core::ErrorKind::invalid)
        socket.close(http::close_code::policy, taken.error().message);
    else
        answer(socket, false);  // of this one; the page sends another
}

}  // namespace plus7::agent::handheld
