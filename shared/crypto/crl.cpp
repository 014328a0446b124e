#include "shared/crypto/crl.hpp"

#include <openssl/pem.h>

#include "shared/crypto/x509_parts.hpp"

namespace plus7::crypto {
namespace {

constexpr std::size_t list_limit = 64 * 1024 * 1024;

core::Status add_entry(X509_CRL* crl, const Revoked& entry) {
    auto serial = serial_from_hex(entry.serial);
    if (!serial) return serial.error().context("revoked " + entry.serial);
    RevokedPtr revoked(X509_REVOKED_new());
    require(revoked && X509_REVOKED_set_serialNumber(revoked.get(), serial->get()) == 1 &&
                X509_REVOKED_set_revocationDate(revoked.get(), asn1_time(entry.revoked_at).get()) == 1 &&
                X509_CRL_add0_revoked(crl, revoked.get()) == 1,
            "entry of a revocation list");
    revoked.release();
    return {};
}

void add_extensions(X509_CRL* crl, X509* issuer, std::uint64_t number) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl, 0);
    const ExtensionPtr by(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
    const IntegerPtr count(ASN1_INTEGER_new());
    require(by && X509_CRL_add_ext(crl, by.get(), -1) == 1 && count &&
                ASN1_INTEGER_set_uint64(count.get(), number) == 1 &&
                X509_CRL_add1_ext_i2d(crl, NID_crl_number, count.get(), 0, X509V3_ADD_DEFAULT) == 1,
            "extensions of a revocation list");
}

core::Result<Crl> read(X509_CRL* from) {
    Crl out;
    const IntegerPtr number(static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(from, NID_crl_number, nullptr, nullptr)));
    if (!number || ASN1_INTEGER_get_uint64(&out.number, number.get()) != 1) {
        return openssl_error(core::ErrorKind::invalid, "the revocation list has no readable number");
    }
    const auto this_update = from_asn1_time(X509_CRL_get0_lastUpdate(from));
    const auto next_update = from_asn1_time(X509_CRL_get0_nextUpdate(from));
    if (!this_update) return this_update.error();
    if (!next_update) return next_update.error();
    out.this_update = *this_update;
    out.next_update = *next_update;

    const auto* entries = X509_CRL_get_REVOKED(from);
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
        const auto* entry = sk_X509_REVOKED_value(entries, i);
        const auto at = from_asn1_time(X509_REVOKED_get0_revocationDate(entry));
        if (!at) return at.error();
        out.revoked.push_back({serial_hex(X509_REVOKED_get0_serialNumber(entry)), *at});
    }
    return out;
}

}  // namespace

core::Result<std::string> issue_crl(const Authority& authority, const std::vector<Revoked>& revoked,
                                    std::uint64_t number, core::TimeUs now) {
    auto issuer = certificate_from_pem(authority.certificate().pem);
    if (!issuer) return issuer.error().context("authority");
    const CrlPtr crl(X509_CRL_new());
    require(crl && X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1 &&
                X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer->get())) == 1 &&
                X509_CRL_set1_lastUpdate(crl.get(), asn1_time(now - std::chrono::days{1}).get()) == 1 &&
                X509_CRL_set1_nextUpdate(crl.get(), asn1_time(now + std::chrono::days{3652}).get()) == 1,
            "making a revocation list");
    for (const auto& entry : revoked) {
        if (auto added = add_entry(crl.get(), entry); !added) return added.error();
    }
    add_extensions(crl.get(), issuer->get(), number);
    require(X509_CRL_sort(crl.get()) == 1 && X509_CRL_sign(crl.get(), handle_of(authority.key()), EVP_sha256()) > 0,
            "signing a revocation list");
    const BioPtr writer(BIO_new(BIO_s_mem()));
    require(writer && PEM_write_bio_X509_CRL(writer.get(), crl.get()) == 1, "writing a revocation list");
    return std::string(core::text_of(content_of(writer.get())));
}

core::Result<Crl> verify_crl(std::string_view crl_pem, std::string_view authority_pem) {
    auto authority = certificate_from_pem(authority_pem);
    if (!authority) return authority.error().context("authority");
    auto reader = reader_of(crl_pem, list_limit);
    if (!reader) return reader.error().context("revocation list");
    const CrlPtr crl(PEM_read_bio_X509_CRL(reader->get(), nullptr, refuse_passphrase, nullptr));
    if (!crl) return openssl_error(core::ErrorKind::invalid, "not a readable PEM revocation list");
    EVP_PKEY* key = X509_get0_pubkey(authority->get());
    if (key == nullptr) return openssl_error(core::ErrorKind::invalid, "unreadable key of the authority");
    const bool same_name = X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_subject_name(authority->get())) == 0;
    if (!same_name || X509_CRL_verify(crl.get(), key) != 1) {
        return openssl_error(core::ErrorKind::denied, "the revocation list is not from this authority");
    }
    return read(crl.get());
}

}  // namespace plus7::crypto
