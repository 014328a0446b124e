// Authenticated encryption: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), random 24-byte nonce in front. Any thread.
#pragma once
#include <optional>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

// 32 bytes, wiped when released.
class SecretKey {
  public:
    static constexpr std::size_t size = 32;
    static SecretKey random();
    static std::optional<SecretKey> from(core::ByteView bytes);  // nothing unless 32 bytes

    core::ByteView bytes() const { return bytes_.bytes(); }

  private:
    explicit SecretKey(SecretBytes bytes) : bytes_(std::move(bytes)) {}
    SecretBytes bytes_;
};

// What a sealed text is longer than the plain one: nonce 24, tag 16.
constexpr std::size_t seal_overhead = 40;

// nonce ‖ ciphertext ‖ tag. `associated` is bound, not stored: give the same to open (say, table and row id).
core::Bytes seal(const SecretKey& key, core::ByteView plain, core::ByteView associated);

// denied: another key, other associated data, or changed bytes; one cannot tell which.
core::Result<core::Bytes> open(const SecretKey& key, core::ByteView sealed, core::ByteView associated);

}  // namespace plus7::crypto
