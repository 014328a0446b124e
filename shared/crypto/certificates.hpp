// X.509 certificates: what is in one, and whether our authority stands behind it. Making them: authority.hpp; requests:
// csr.hpp; revocation: crl.hpp; keys: tls_key.hpp. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::crypto {

enum class KeyAlgorithm { p256, ed25519, other };

struct Certificate {
    std::string pem;
    std::string common_name;    // "" when it has none
    std::string serial;         // lower-case hex, whole bytes; 32 digits for ours
    core::TimeUs not_before{};  // whole seconds
    core::TimeUs not_after{};
    core::Hash fingerprint;      // SHA-256 of the DER form
    core::Bytes public_key;      // SubjectPublicKeyInfo, DER
    core::Hash public_key_hash;  // SHA-256 of public_key
    KeyAlgorithm key_algorithm = KeyAlgorithm::other;
    std::optional<core::PublicKey> signing_key;  // the key itself, when it is Ed25519
    std::optional<core::PublicKey> record_key;   // of a device: URI:urn:plus7:record-key:<hex Ed25519>
    std::vector<std::string> dns_names;
    std::vector<std::string> addresses;  // IP addresses as text
    bool is_authority = false;
};

// Reads, trusts nothing: no signature and no time is checked. invalid when it is not one readable certificate.
core::Result<Certificate> inspect(std::string_view pem);

// The same certificate in its other form; der must be one certificate to the last byte.
core::Result<core::Bytes> der_from_pem(std::string_view pem);
core::Result<std::string> pem_from_der(core::ByteView der);

enum class Purpose {
    server,   // TLS server; the host name is checked by who connects
    client,   // TLS client: devices and services
    signing,  // central's Ed25519 key (CN central-sign)
};
constexpr std::string_view signing_common_name = "central-sign";

// That `authority_pem` issued it directly, for this purpose, and it is valid at `at`. Revocation is not looked at
// (crl.hpp). A device without a clock passes 1970-01-01; who renews an expired one a second before its
// not_after.
// invalid: unreadable; expired: past not_after; denied: everything else, with the reason.
core::Result<Certificate> verify_chain(std::string_view certificate_pem, std::string_view authority_pem,
                                       Purpose purpose, core::TimeUs at);

}  // namespace plus7::crypto
