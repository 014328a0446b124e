// Which down messages are believed: addressed to this device, signed by central's key, whose certificate comes with the
// welcome and hangs under our CA, and of the known life of central's database. Everything else is counted and ignored,
// so that a broken-in broker can neither make a device prune nor show it tasks. Storage thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "shared/core/ids.hpp"
#include "shared/wire/down_envelope.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::agent::sync {

class CentralVoice {
  public:
    CentralVoice(core::DeviceId device, std::string ca_pem) : device_(std::move(device)), ca_pem_(std::move(ca_pem)) {}

    // A new connection: its hello carries `nonce`; no message but its welcome is believed until then.
    void listen(const core::Nonce& nonce);
    // The message if it may be acted on. A welcome sets key and server_gen for what follows.
    std::optional<wire::DownMessage> hear(core::ByteView bytes);

    // True once after a genuine message from another life of central's database: it restarted from a backup, and only a
    // new hello can tell what it has. (Or somebody replays an old message: a hello harms nobody.)
    bool take_other_life() { return std::exchange(other_life_, false); }

    // Ignored messages by reason.
    const std::map<std::string, std::uint64_t, std::less<>>& ignored() const { return ignored_; }

  private:
    std::optional<std::string_view> judge(const wire::DownMessage& message);

    core::DeviceId device_;
    std::string ca_pem_;
    core::Nonce nonce_;
    std::optional<core::PublicKey> key_;
    std::optional<core::ServerGen> server_gen_;
    bool other_life_ = false;
    std::map<std::string, std::uint64_t, std::less<>> ignored_;
};

}  // namespace plus7::agent::sync
