// P-256 private keys for TLS (ECDSA with SHA-256): of a device, a server, a service, the authority. Copies share one
// key; any thread.
#pragma once
#include <memory>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

class TlsKey {
  public:
    static TlsKey generate();
    // PKCS#8 or SEC1 PEM; invalid for another curve, an encrypted key or no key.
    static core::Result<TlsKey> from_pem(std::string_view pem);

    SecretBytes pem() const;                 // PKCS#8 text, for a secret file
    core::Bytes public_key() const;          // SubjectPublicKeyInfo, DER
    core::Bytes sign(core::ByteView) const;  // DER-encoded ECDSA, ≤ 72 bytes

    struct Native;  // defined in x509_parts.hpp
    const Native& native() const { return *native_; }

  private:
    explicit TlsKey(std::shared_ptr<const Native> native) : native_(std::move(native)) {}
    std::shared_ptr<const Native> native_;
};

// `public_key` as TlsKey::public_key, Csr and Certificate give it; false for keys of any other kind.
bool verify_tls_signature(core::ByteView public_key, core::ByteView message, core::ByteView signature);

}  // namespace plus7::crypto
