// Every down message: `[1, type, device, server_gen, body bstr, sig]`, signed by central, so that a broken-in broker
// can neither make devices prune nor show them tasks. Any thread.
#pragma once
#include <optional>
#include <string_view>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::wire {

enum class DownType : std::uint8_t { welcome = 1, ack = 2, view = 3 };  // the numbers are on the wire

core::Bytes seal_down(DownType type, const core::DeviceId& device, const core::ServerGen& server_gen,
                      core::ByteView body, const crypto::SigningKey& key);

// A message as read, nothing of it believed yet.
struct DownMessage {
    DownType type;
    core::DeviceId device;
    core::ServerGen server_gen;
    core::Bytes body;
    core::Signature sig;
    core::Hash digest;  // SHA-256 of the first five items as they stood
};

core::Result<DownMessage> decode_down(core::ByteView message);

// What the device goes by.
struct DownExpectation {
    core::DeviceId device;
    std::optional<core::ServerGen> server_gen;  // nothing before the first welcome
    core::Nonce nonce;                          // of the hello of this connection
    core::PublicKey key;                        // central's; for a welcome that of the certificate it carries, if good
};

enum class DownFault { other_device, bad_signature, other_server_gen, other_nonce, unreadable };
std::string_view name_of(DownFault fault);

// Nothing when the message may be acted on; otherwise it is ignored and counted under the fault. A welcome may bring
// another server_gen, but must echo the nonce (and be readable for that); the others must come from the known one.
std::optional<DownFault> check_down(const DownMessage& message, const DownExpectation& expected);

}  // namespace plus7::wire
