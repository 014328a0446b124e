// One connection that speaks HTTP/1.1: reads a request, has it answered by a worker, writes the answer, again. Private
// to shared/http; owned by ServerCore's set of connections; loop thread only.
#pragma once
#include <memory>

#include "shared/http/server_core.hpp"

namespace plus7::http {

void start_http_session(const std::shared_ptr<ServerCore>& core, Socket socket, Peer peer);

}  // namespace plus7::http
