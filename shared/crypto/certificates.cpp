#include "shared/crypto/certificates.hpp"

#include "shared/crypto/sha256.hpp"
#include "shared/crypto/x509_parts.hpp"

namespace plus7::crypto {
namespace {

constexpr std::string_view record_key_prefix = "urn:plus7:record-key:";

std::optional<core::PublicKey> raw_ed25519(const EVP_PKEY* key) {
    core::PublicKey out;
    std::size_t size = out.value.size();
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519) return std::nullopt;
    require(EVP_PKEY_get_raw_public_key(key, out.value.data(), &size) == 1, "reading an Ed25519 key");
    return out;
}

core::Status read_key(X509* from, Certificate& out) {
    const EVP_PKEY* key = X509_get0_pubkey(from);
    if (key == nullptr) return openssl_error(core::ErrorKind::invalid, "unreadable key in the certificate");
    out.public_key = public_key_der(key);
    out.public_key_hash = sha256(out.public_key);
    out.signing_key = raw_ed25519(key);
    if (out.signing_key) out.key_algorithm = KeyAlgorithm::ed25519;
    if (is_p256(key)) out.key_algorithm = KeyAlgorithm::p256;
    return {};
}

core::Status read_validity(X509* from, Certificate& out) {
    const auto not_before = from_asn1_time(X509_get0_notBefore(from));
    const auto not_after = from_asn1_time(X509_get0_notAfter(from));
    if (!not_before) return not_before.error();
    if (!not_after) return not_after.error();
    out.not_before = *not_before;
    out.not_after = *not_after;
    return {};
}

core::Status read_names(X509* from, Certificate& out) {
    auto name = common_name(X509_get_subject_name(from));
    if (!name) return name.error();
    auto names = alternative_names(from);
    if (!names) return names.error();
    for (const auto& uri : names->uris) {
        if (!uri.starts_with(record_key_prefix)) continue;
        const auto bytes = core::from_hex(std::string_view(uri).substr(record_key_prefix.size()));
        const auto key = bytes ? core::PublicKey::from(*bytes) : std::nullopt;
        if (!key || out.record_key) return core::invalid("the record key in the certificate is not one Ed25519 key");
        out.record_key = key;
    }
    out.common_name = std::move(*name);
    out.dns_names = std::move(names->dns);
    out.addresses = std::move(names->addresses);
    return {};
}

core::Result<Certificate> inspect(X509* from) {
    Certificate out;
    out.pem = pem_of(from);
    out.fingerprint = sha256(der_of(from));
    out.serial = serial_hex(X509_get0_serialNumber(from));
    out.is_authority = X509_check_ca(from) == 1;
    for (const auto& read : {read_validity, read_names, read_key}) {
        if (auto done = read(from, out); !done) return done.error();
    }
    ERR_clear_error();
    return out;
}

int openssl_purpose(Purpose purpose) {
    switch (purpose) {
        case Purpose::server:
            return X509_PURPOSE_SSL_SERVER;
        case Purpose::client:
            return X509_PURPOSE_SSL_CLIENT;
        case Purpose::signing:
            return X509_PURPOSE_ANY;
    }
    return X509_PURPOSE_ANY;
}

core::Error refused(int reason) {
    ERR_clear_error();
    std::string message = "certificate refused: ";
    message += X509_verify_cert_error_string(reason);
    return reason == X509_V_ERR_CERT_HAS_EXPIRED ? core::expired(std::move(message)) : core::denied(std::move(message));
}

core::Status check_chain(X509* certificate, X509* authority, Purpose purpose, core::TimeUs at) {
    const StorePtr store(X509_STORE_new());
    const StoreCtxPtr context(X509_STORE_CTX_new());
    require(store && context && X509_STORE_add_cert(store.get(), authority) == 1 &&
                X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr) == 1,
            "checking a certificate");
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch());
    X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(seconds.count()));
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_auth_level(rules, 2);  // at least 112 bits of security
    require(X509_VERIFY_PARAM_set_purpose(rules, openssl_purpose(purpose)) == 1, "purpose of a certificate");
    if (X509_verify_cert(context.get()) == 1) return {};
    return refused(X509_STORE_CTX_get_error(context.get()));
}

core::Status check_role(X509* certificate, const Certificate& facts, Purpose purpose) {
    if (facts.is_authority) return core::denied("certificate refused: it belongs to an authority");
    const bool signing = facts.signing_key && facts.common_name == signing_common_name &&
                         has_extended_use(certificate, document_signing);
    if (purpose == Purpose::signing && !signing) return core::denied("certificate refused: not central's signing key");
    return {};
}

}  // namespace

core::Result<Certificate> inspect(std::string_view pem) {
    auto certificate = certificate_from_pem(pem);
    if (!certificate) return certificate.error();
    return inspect(certificate->get());
}

core::Result<core::Bytes> der_from_pem(std::string_view pem) {
    auto certificate = certificate_from_pem(pem);
    if (!certificate) return certificate.error();
    return der_of(certificate->get());
}

core::Result<std::string> pem_from_der(core::ByteView der) {
    ERR_clear_error();
    const auto* at = der.data();
    const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate) return openssl_error(core::ErrorKind::invalid, "not a readable DER certificate");
    if (at != der.data() + der.size()) return core::invalid("bytes after the end of the certificate");
    return pem_of(certificate.get());
}

core::Result<Certificate> verify_chain(std::string_view certificate_pem, std::string_view authority_pem,
                                       Purpose purpose, core::TimeUs at) {
    auto certificate = certificate_from_pem(certificate_pem);
    if (!certificate) return certificate.error();
    auto authority = certificate_from_pem(authority_pem);
    if (!authority) return authority.error().context("authority");
    auto facts = inspect(certificate->get());
    if (!facts) return facts.error();
    if (auto chain = check_chain(certificate->get(), authority->get(), purpose, at); !chain) return chain.error();
    if (auto role = check_role(certificate->get(), *facts, purpose); !role) return role.error();
    return facts;
}

}  // namespace plus7::crypto
