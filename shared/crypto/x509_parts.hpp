// Private to this folder's .cpp files: the pieces that certificates, requests and revocation lists are made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/crypto/openssl_ptr.hpp"
#include "shared/crypto/tls_key.hpp"

namespace plus7::crypto {

struct TlsKey::Native {
    PkeyPtr key;
};
// OpenSSL takes keys it only reads as non-const.
inline EVP_PKEY* handle_of(const TlsKey& key) { return key.native().key.get(); }

core::Result<X509Ptr> certificate_from_pem(std::string_view pem);
std::string pem_of(X509* certificate);
core::Bytes der_of(const X509* certificate);

bool is_p256(const EVP_PKEY* key);
core::Bytes public_key_der(const EVP_PKEY* key);

// Seconds; what is below is cut off. Days and seconds, because time_t has 32 bits on armhf and ends in 2038.
TimePtr asn1_time(core::TimeUs at);
core::Result<core::TimeUs> from_asn1_time(const ASN1_TIME* time);

// Lower-case hex of the unsigned number, whole bytes; at most 20 bytes (RFC 5280 §4.1.2.2).
std::string serial_hex(const ASN1_INTEGER* serial);
core::Result<IntegerPtr> serial_from_hex(std::string_view hex);
IntegerPtr random_serial();  // 128 bits, the first byte not zero: always 32 hex digits

// "" without a CN; invalid for several, or one with control characters.
core::Result<std::string> common_name(const X509_NAME* name);
core::Result<NamePtr> name_with(std::string_view common_name);  // invalid unless 1–64 printable bytes

struct Names {
    std::vector<std::string> dns, addresses, uris;
};
// Subject alternative names; other kinds are passed over. invalid for an extension that cannot be read.
core::Result<Names> alternative_names(const X509* certificate);
core::Status add_alternative_names(X509* certificate, const Names& names);

// id-kp-documentSigning, RFC 9336: what central's signing certificate is for, so that TLS refuses it in both roles.
constexpr const char* document_signing = "1.3.6.1.5.5.7.3.36";
bool has_extended_use(X509* certificate, std::string_view oid);

}  // namespace plus7::crypto
