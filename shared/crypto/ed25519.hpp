// Ed25519 signatures (RFC 8032): record keys of devices, central's signing key. What is signed, and its prefix, is
// wire's business. A SigningKey may be used by several threads at once.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

class SigningKey {
  public:
    static constexpr std::size_t seed_size = 32;

    static SigningKey generate();
    static core::Result<SigningKey> from_seed(core::ByteView seed);  // invalid unless 32 bytes

    const core::PublicKey& public_key() const { return public_key_; }
    core::Signature sign(core::ByteView message) const;
    SecretBytes seed() const;  // what a key file holds

  private:
    explicit SigningKey(core::ByteView seed);
    SecretBytes secret_;  // libsodium's form: seed, then public key
    core::PublicKey public_key_;
};

// Strict: refuses small-order keys and non-canonical encodings, as libsodium does.
bool verify(const core::PublicKey& key, core::ByteView message, const core::Signature& signature);

}  // namespace plus7::crypto
