// The signed custody file: every fact that the device keeps, byte for byte as it was signed, for whom central's word is
// not enough. JSON lines: a head {format, device, record_key, certificate, authority, made}, then one {epoch, seq,
// acked, record} per fact with `record` = base64url of [body, sig], then an end {facts, sha256, sig}: SHA-256 of all
// lines before it, with their line ends, and the record key's signature over "p7-custody" ‖ that hash. Storage thread.
#pragma once
#include <functional>
#include <string>

#include "agent/store/kept_facts.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::agent::handheld {

struct CustodyHead {
    core::DeviceId device;
    core::PublicKey record_key;
    std::string certificate;  // PEM
    std::string authority;    // PEM of central's CA
    core::TimeMs made{};
};

class CustodyFile {
  public:
    // All references must outlive it; `key` is the record key.
    CustodyFile(const store::KeptFacts& facts, CustodyHead head, const crypto::SigningKey& key);

    // The next lines; empty at the end. Facts that are saved meanwhile may be among them.
    std::string next();

  private:
    std::string head_line();
    std::string end_line();
    std::string counted(std::string lines);

    const store::KeptFacts& facts_;
    CustodyHead head_;
    const crypto::SigningKey& key_;
    crypto::Sha256 hash_;
    store::KeptFacts::Place place_;
    std::uint64_t count_ = 0;
    enum class Step { head, facts, end, done } step_ = Step::head;
};

core::Bytes custody_message(const core::Hash& hash);  // what the end's `sig` signs

}  // namespace plus7::agent::handheld
