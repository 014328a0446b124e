// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869). The functions: any thread; one Sha256: one
// thread.
#pragma once
#include <memory>

#include "shared/core/bytes.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

core::Hash sha256(core::ByteView bytes);
core::Hash hmac_sha256(core::ByteView key, core::ByteView message);

// `size` bytes for the use named by `info`; size 1–8160, else std::invalid_argument.
SecretBytes hkdf_sha256(core::ByteView key, core::ByteView salt, core::ByteView info, std::size_t size);

// SHA-256 of what comes in pieces: files, blobs, concatenations.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    Sha256& update(core::ByteView bytes);
    core::Hash finish();  // the object then stands at the start of a new message

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::crypto
