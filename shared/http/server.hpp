// HTTP/1.1 server of plain TCP (nginx ends TLS in front of it) and unix sockets, one per process, owned by the
// composition root. Reads, writes and counts on the loop thread; handlers run on workers. Made, used and destroyed on
// the loop thread or while the loop does not run; stop() from any thread. Stop the workers before it is destroyed.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "shared/core/result.hpp"
#include "shared/http/router.hpp"
#include "shared/http/trusted_proxies.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::http {

struct ServerSettings {
    std::size_t header_bytes = 16 * 1024;  // request line and headers; more: 431
    std::chrono::milliseconds header_timeout{
        10'000};  // from a request's first byte (a connection's start) to its last header
    std::chrono::milliseconds idle_timeout{60'000};  // between requests of a connection
    std::chrono::milliseconds body_timeout{30'000};  // for a body, and again for each answer, plus its size at 4 KiB/s
    std::size_t max_connections = 2000;              // websockets included; more are refused with 503
    TrustedProxies trusted;
    Headers headers;  // added to every answer that does not set them itself, refusals of the server included
    WebSocketLimits websocket;
};

struct ServerStats {
    std::uint64_t open = 0;        // connections, websockets included
    std::uint64_t websockets = 0;  // open ones
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;  // over max_connections
    std::uint64_t requests = 0;
};

struct ServerCore;

class Server {
  public:
    // For the access log and metrics: every answered request, on the loop thread. What a handler threw is logged by the
    // server itself, with the request's id.
    using OnAnswer = std::function<void(const Request&, const Response&, std::chrono::microseconds took)>;

    Server(runtime::Loop& loop, runtime::Workers& workers, Router router, ServerSettings settings = {},
           OnAnswer on_answer = {});
    ~Server();  // cuts what is open
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // A numeric address ("127.0.0.1", "0.0.0.0", "::"); port 0: the kernel chooses. Returns the real port.
    // invalid: no address; conflict: the port is taken; denied: not permitted; unavailable: other.
    core::Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);
    // Replaces a dead socket file; conflict: another process serves it. The file is removed at the end.
    core::Status listen_unix(const std::filesystem::path& path, unsigned mode = 0600);

    // Stops accepting, closes idle connections and websockets (1001), lets running requests finish; what is left after
    // `grace` is cut. Then calls `done` once, on the loop thread.
    void stop(std::chrono::milliseconds grace, std::function<void()> done);

    ServerStats stats() const;  // any thread

  private:
    std::shared_ptr<ServerCore> core_;
};

}  // namespace plus7::http
