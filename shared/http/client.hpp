// Synchronous HTTP and HTTPS client for worker threads and command-line tools: keeps connections open between calls,
// follows no redirects. Any thread; owned by whoever talks to that service. Own code over OpenSSL and Beast's parser
// rather than libcurl: curl's library tree would add several megabytes to the agent, and its pinning knows keys, not a
// CA within the chain.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/http/headers.hpp"
#include "shared/http/request.hpp"

namespace plus7::http {

// Whose certificates are believed; any one of these is enough. The host name (or address) must match in every case, and
// validity, signatures and TLS ≥ 1.2 are always checked.
struct Trust {
    bool system_roots = true;
    std::string ca_pem{};                   // one or more certificates
    std::optional<core::Hash> pinned_ca{};  // SHA-256 of the DER of a CA that the server sends within its chain
};

struct ClientSettings {
    std::chrono::milliseconds connect_timeout{
        10'000};  // TCP and TLS; a name server that is silent may add its own seconds
    std::chrono::milliseconds total_timeout{30'000};  // of a whole call
    std::size_t max_body = 8 << 20;                   // of an answer, bytes
    std::size_t max_idle = 8;                         // kept connections per origin; 0: none
    std::chrono::milliseconds idle_for{45'000};
    Trust trust;
    bool plain_anywhere = false;  // http:// only to loopback unless set
    // Asked for every numeric address before connecting (against requests to private networks); empty: all allowed.
    std::function<bool(std::string_view address)> allow_address;
    std::string user_agent = "plus7/" PLUS7_VERSION;
};

struct Call {
    Method method = Method::get;
    std::string url{};
    Headers headers{};  // Host, Content-Length and Connection are the client's own
    std::string body{};
    std::optional<std::chrono::milliseconds> total_timeout{};  // instead of the settings'
};

struct Reply {
    int status = 0;
    Headers headers;
    std::string body;
};

class Client {
  public:
    // invalid: ca_pem holds no certificate.
    static core::Result<Client> make(ClientSettings settings = {});
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    // Any status is a Reply. invalid: the URL; denied: the certificate, the address or plain HTTP is not allowed;
    // limit: the answer is too large; unavailable: no connection, timeout, or the line broke (whether the server acted
    // is then unknown; only GET, HEAD, PUT and DELETE are tried a second time, and only when a kept connection broke
    // before any answer).
    core::Result<Reply> call(const Call& call);

  private:
    struct State;
    explicit Client(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace plus7::http
