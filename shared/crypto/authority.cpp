#include "shared/crypto/authority.hpp"

#include "shared/crypto/csr.hpp"
#include "shared/crypto/x509_parts.hpp"

namespace plus7::crypto {
namespace {

constexpr auto authority_life = std::chrono::days{20 * 365 + 5};
constexpr auto device_life = std::chrono::days{90};
constexpr auto clock_slack = std::chrono::days{1};

struct Template {
    std::string common_name;
    core::TimeUs not_before;
    core::TimeUs not_after;
    const char* key_usage;
    const char* extended_use;  // null: no such extension
    Names names;
};

constexpr const char* digital_signature = "critical,digitalSignature";

void add(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension of a certificate");
}

// `issuer` null: self-signed.
core::Result<Certificate> build(const Template& from, EVP_PKEY* subject_key, X509* issuer, const TlsKey& issuer_key) {
    auto name = name_with(from.common_name);
    if (!name) return name.error();
    const X509Ptr out(X509_new());
    require(out != nullptr, "making a certificate");
    X509* certificate = out.get();
    X509* by = issuer != nullptr ? issuer : certificate;
    require(X509_set_version(certificate, X509_VERSION_3) == 1 &&
                X509_set_serialNumber(certificate, random_serial().get()) == 1 &&
                X509_set_subject_name(certificate, name->get()) == 1 &&
                X509_set_issuer_name(certificate, X509_get_subject_name(by)) == 1 &&
                X509_set1_notBefore(certificate, asn1_time(from.not_before).get()) == 1 &&
                X509_set1_notAfter(certificate, asn1_time(from.not_after).get()) == 1 &&
                X509_set_pubkey(certificate, subject_key) == 1,
            "making a certificate");
    const bool self_signed = issuer == nullptr;
    add(certificate, by, NID_basic_constraints, self_signed ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
    add(certificate, by, NID_key_usage, from.key_usage);
    if (from.extended_use != nullptr) add(certificate, by, NID_ext_key_usage, from.extended_use);
    add(certificate, by, NID_subject_key_identifier, "hash");
    add(certificate, by, NID_authority_key_identifier, "keyid:always");
    const bool named = !from.names.dns.empty() || !from.names.addresses.empty() || !from.names.uris.empty();
    if (named) {
        if (auto added = add_alternative_names(certificate, from.names); !added) return added.error();
    }
    require(X509_sign(certificate, handle_of(issuer_key), EVP_sha256()) > 0, "signing a certificate");
    return inspect(pem_of(certificate));
}

core::Result<Certificate> issue(const Template& from, core::ByteView public_key, const Authority& authority,
                                core::TimeUs now) {
    if (now >= authority.certificate().not_after) return core::conflict("the certificate authority has expired");
    const auto* at = public_key.data();
    const PkeyPtr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
    require(key != nullptr, "key to certify");
    auto issuer = certificate_from_pem(authority.certificate().pem);
    if (!issuer) return issuer.error().context("authority");
    return build(from, key.get(), issuer->get(), authority.key());
}

// From the days of devices without a clock to the authority's own end.
Template as_long_as(const Certificate& authority, std::string common_name, const char* extended_use) {
    return {std::move(common_name), authority.not_before, authority.not_after, digital_signature, extended_use, {}};
}

}  // namespace

core::Result<Authority> Authority::create(std::string_view common_name, core::TimeUs now) {
    auto key = TlsKey::generate();
    const Template self{std::string(common_name),       core::TimeUs{}, now + authority_life,
                        "critical,keyCertSign,cRLSign", nullptr,        {}};
    auto certificate = build(self, handle_of(key), nullptr, key);
    if (!certificate) return certificate.error().context("authority");
    return Authority(std::move(*certificate), std::move(key));
}

core::Result<Authority> Authority::load(std::string_view certificate_pem, std::string_view key_pem) {
    auto certificate = inspect(certificate_pem);
    if (!certificate) return certificate.error().context("authority");
    auto key = TlsKey::from_pem(key_pem);
    if (!key) return key.error().context("authority");
    if (!certificate->is_authority) return core::invalid("authority: the certificate is not that of an authority");
    if (certificate->public_key != key->public_key()) {
        return core::invalid("authority: the key does not belong to the certificate");
    }
    return Authority(std::move(*certificate), std::move(*key));
}

core::Result<Certificate> Authority::issue_server(std::string_view csr_pem, const ServerNames& names,
                                                  core::TimeUs now) const {
    auto csr = verify_csr(csr_pem);
    if (!csr) return csr.error();
    if (names.dns.empty() && names.addresses.empty()) return core::invalid("a server certificate needs a name");
    // RFC 5280 allows 64 characters in a CN; clients look at the alternative names anyway.
    const auto& first = names.dns.empty() ? names.addresses.front() : names.dns.front();
    auto from = as_long_as(certificate_, first.substr(0, 64), "serverAuth");
    from.names = {names.dns, names.addresses, {}};
    return issue(from, csr->public_key, *this, now);
}

core::Result<Certificate> Authority::issue_device(std::string_view csr_pem, const core::DeviceId& device,
                                                  const core::PublicKey& record_key, core::TimeUs now) const {
    auto csr = verify_csr(csr_pem);
    if (!csr) return csr.error();
    if (csr->common_name != device.text()) return core::denied("the certificate request is for another device");
    const Template from{device.text(),     now - clock_slack, now + device_life,
                        digital_signature, "clientAuth",      {{}, {}, {"urn:plus7:record-key:" + record_key.hex()}}};
    return issue(from, csr->public_key, *this, now);
}

core::Result<Certificate> Authority::issue_service(std::string_view csr_pem, core::TimeUs now) const {
    auto csr = verify_csr(csr_pem);
    if (!csr) return csr.error();
    if (csr->common_name == signing_common_name || core::DeviceId::parse(csr->common_name)) {
        return core::denied("a service must not be named like a device or the signing key");
    }
    return issue(as_long_as(certificate_, csr->common_name, "clientAuth"), csr->public_key, *this, now);
}

core::Result<Certificate> Authority::issue_signing(const core::PublicKey& key, core::TimeUs now) const {
    const PkeyPtr native(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.value.data(), key.value.size()));
    require(native != nullptr, "Ed25519 key");
    return issue(as_long_as(certificate_, std::string(signing_common_name), document_signing),
                 public_key_der(native.get()), *this, now);
}

}  // namespace plus7::crypto
