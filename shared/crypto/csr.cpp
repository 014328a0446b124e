#include "shared/crypto/csr.hpp"

#include <openssl/pem.h>

#include "shared/crypto/sha256.hpp"
#include "shared/crypto/x509_parts.hpp"

namespace plus7::crypto {
namespace {

core::Result<ReqPtr> read_request(std::string_view pem) {
    auto reader = reader_of(pem);
    if (!reader) return reader.error().context("certificate request");
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (PEM_read_bio(reader->get(), &name, &header, &data, &size) != 1) {
        return openssl_error(core::ErrorKind::invalid, "not a PEM certificate request");
    }
    const std::string kind(name);
    const auto* at = data;
    ReqPtr request(kind == PEM_STRING_X509_REQ ? d2i_X509_REQ(nullptr, &at, size) : nullptr);
    const bool whole = at == data + size;
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    if (!request) return openssl_error(core::ErrorKind::invalid, "not a readable certificate request");
    if (!whole) return core::invalid("bytes after the end of the certificate request");
    return request;
}

}  // namespace

core::Result<std::string> make_csr(const TlsKey& key, std::string_view common_name) {
    auto name = name_with(common_name);
    if (!name) return name.error();
    const ReqPtr request(X509_REQ_new());
    require(request && X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1 &&
                X509_REQ_set_subject_name(request.get(), name->get()) == 1 &&
                X509_REQ_set_pubkey(request.get(), handle_of(key)) == 1 &&
                X509_REQ_sign(request.get(), handle_of(key), EVP_sha256()) > 0,
            "making a certificate request");
    const BioPtr writer(BIO_new(BIO_s_mem()));
    require(writer && PEM_write_bio_X509_REQ(writer.get(), request.get()) == 1, "writing a certificate request");
    return std::string(core::text_of(content_of(writer.get())));
}

core::Result<Csr> verify_csr(std::string_view pem) {
    auto request = read_request(pem);
    if (!request) return request.error();
    EVP_PKEY* key = X509_REQ_get0_pubkey(request->get());
    if (key == nullptr) return openssl_error(core::ErrorKind::invalid, "unreadable key in the certificate request");
    // Before the signature is looked at: a huge RSA key would cost seconds.
    if (!is_p256(key)) return core::invalid("the certificate request's key is not a P-256 key");
    if (X509_REQ_verify(request->get(), key) != 1) {
        return openssl_error(core::ErrorKind::denied, "the certificate request's signature is wrong");
    }
    auto name = common_name(X509_REQ_get_subject_name(request->get()));
    if (!name) return name.error().context("certificate request");
    Csr csr{*name, public_key_der(key), {}, {}};
    csr.public_key_hash = sha256(csr.public_key);
    const BioPtr der(BIO_new(BIO_s_mem()));
    require(der && i2d_X509_REQ_bio(der.get(), request->get()) == 1, "writing a certificate request");
    csr.fingerprint = sha256(content_of(der.get()));
    return csr;
}

}  // namespace plus7::crypto
