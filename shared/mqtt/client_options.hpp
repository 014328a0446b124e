// How PahoClient connects. Defaults are those of sync-protocol.md, "Client rules". Value types.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "shared/mqtt/client.hpp"
#include "shared/mqtt/connector.hpp"
#include "shared/runtime/secret.hpp"

namespace plus7::mqtt {

// PEM files; read again for every attempt, so a renewed certificate needs no restart. The broker's certificate must
// chain to `ca_file` and name `host`.
struct TlsFiles {
    std::string ca_file;
    std::string cert_file;  // with its key: the client's own certificate; both may be empty
    std::string key_file;
};

struct ClientOptions {
    std::string host;  // name or address; TLS checks the certificate against exactly this
    std::uint16_t port = 1883;
    std::string client_id;
    std::optional<TlsFiles> tls;
    std::string user;
    runtime::Secret password;

    // Asked before every attempt, on the loop thread: the Will of the session to come, if any.
    std::function<std::optional<Publication>()> will;

    std::chrono::seconds keep_alive{30};
    std::uint16_t receive_maximum = 16;  // QoS 1 messages the broker may send without our PUBACK
    std::uint16_t max_inflight = 8;      // messages we send without a PUBACK; ≥ 1
    std::uint32_t max_packet = 128 * 1024;
    // Accepted by publish() and not finished: beyond these publish() refuses with `limit`.
    std::size_t max_pending = 256;
    std::size_t max_pending_bytes = 4 * 1024 * 1024;
    // Received and not yet delivered on the loop: beyond these messages are dropped and counted.
    std::size_t max_waiting = 4096;
    std::size_t max_waiting_bytes = 16 * 1024 * 1024;

    ConnectorTimings timings;
};

}  // namespace plus7::mqtt
