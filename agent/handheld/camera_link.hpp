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

// As CameraScanner's, which the composition root connects.
struct Camera {
    std::function<core::Status(std::string_view frame, std::function<void(bool read)> done)> look;
    std::function<void()> let_go;  // no page has it any more
};

class CameraLink {
  public:
    explicit CameraLink(Camera camera) : camera_(std::move(camera)) {}
    http::Route route();

  private:
    http::WebSocketHandlers listen();
    void look(const http::WebSocket& socket, std::string_view frame, bool is_text);

    Camera camera_;
    std::optional<http::WebSocket> open_;
};

}  // namespace plus7::agent::handheld
