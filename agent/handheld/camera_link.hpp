// The page's camera on the wire: a websocket that takes a picture (agent/camera/frame), says whether a code was read
// and only then gets the next. One page at a time, the newest; a picture that is none closes it. Loop thread; owned by
// Page.
#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/router.hpp"

namespace plus7::agent::handheld {

// As CameraScanner::look, which the composition root connects.
using LookAt = std::function<core::Status(std::string_view frame, std::function<void(bool read)> done)>;

class CameraLink {
  public:
    explicit CameraLink(LookAt look) : look_(std::move(look)) {}
    http::Route route();

  private:
    http::WebSocketHandlers listen();
    void look(const http::WebSocket& socket, std::string_view frame, bool is_text);

    LookAt look_;
    std::optional<http::WebSocket> open_;
};

}  // namespace plus7::agent::handheld
