// Certificate signing requests (PKCS#10) with P-256 keys. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/tls_key.hpp"

namespace plus7::crypto {

// A request whose own signature has been checked: who sent it holds the private key.
struct Csr {
    std::string common_name;
    core::Bytes public_key;      // SubjectPublicKeyInfo, DER
    core::Hash public_key_hash;  // SHA-256 of public_key
    core::Hash fingerprint;      // SHA-256 of the request in DER form
};

// PEM text; invalid unless the common name has 1–64 printable characters.
core::Result<std::string> make_csr(const TlsKey& key, std::string_view common_name);

// invalid: not a PEM request, more than the request in it, another kind of key. denied: the signature is wrong.
core::Result<Csr> verify_csr(std::string_view pem);

}  // namespace plus7::crypto
