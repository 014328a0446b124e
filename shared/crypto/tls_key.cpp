#include "shared/crypto/tls_key.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>

#include "shared/crypto/x509_parts.hpp"

namespace plus7::crypto {

TlsKey TlsKey::generate() {
    PkeyPtr key(EVP_EC_gen("P-256"));
    require(key != nullptr, "making a P-256 key");
    return TlsKey(std::make_shared<const Native>(Native{std::move(key)}));
}

core::Result<TlsKey> TlsKey::from_pem(std::string_view pem) {
    auto reader = reader_of(pem);
    if (!reader) return reader.error().context("private key");
    PkeyPtr key(PEM_read_bio_PrivateKey(reader->get(), nullptr, refuse_passphrase, nullptr));
    if (!key) return openssl_error(core::ErrorKind::invalid, "not a readable PEM private key");
    if (!is_p256(key.get())) return core::invalid("the private key is not a P-256 key");
    return TlsKey(std::make_shared<const Native>(Native{std::move(key)}));
}

SecretBytes TlsKey::pem() const {
    // A secure-memory BIO wipes what it held.
    const BioPtr writer(BIO_new(BIO_s_secmem()));
    require(writer && PEM_write_bio_PKCS8PrivateKey(writer.get(), handle_of(*this), nullptr, nullptr, 0, nullptr,
                                                    nullptr) == 1,
            "writing a private key");
    char* data = nullptr;
    const auto size = BIO_get_mem_data(writer.get(), &data);
    return SecretBytes::copy_of(core::view_of({data, static_cast<std::size_t>(size)}));
}

core::Bytes TlsKey::public_key() const { return public_key_der(handle_of(*this)); }

core::Bytes TlsKey::sign(core::ByteView message) const {
    const MdCtxPtr context(EVP_MD_CTX_new());
    require(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, handle_of(*this)) == 1,
            "ECDSA start");
    std::size_t size = 0;
    require(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1, "ECDSA size");
    core::Bytes signature(size);
    require(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1, "ECDSA");
    signature.resize(size);
    return signature;
}

bool verify_tls_signature(core::ByteView public_key, core::ByteView message, core::ByteView signature) {
    const auto* at = public_key.data();
    const PkeyPtr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
    bool good = key && at == public_key.data() + public_key.size() && is_p256(key.get());
    if (good) {
        const MdCtxPtr context(EVP_MD_CTX_new());
        require(context != nullptr, "ECDSA");
        good = EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
               EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    }
    ERR_clear_error();
    return good;
}

}  // namespace plus7::crypto
