// One connection that speaks websocket. Private to shared/http; owned by ServerCore's set of connections; loop thread
// only.
#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "shared/http/server_core.hpp"

namespace plus7::http {

// Answers 101 and hands the socket over; `handlers` say what happens to it.
void start_websocket(const std::shared_ptr<ServerCore>& core, Socket socket,
                     boost::beast::http::request<boost::beast::http::string_body> request, WebSocketHandlers handlers);

}  // namespace plus7::http
