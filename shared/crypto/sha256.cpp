#include "shared/crypto/sha256.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <sodium.h>

#include <stdexcept>

#include "shared/crypto/init.hpp"
#include "shared/crypto/openssl_ptr.hpp"

namespace plus7::crypto {
namespace {

// OpenSSL 3 looks an algorithm up by name on each implicit use, which costs more than hashing a short record.
const EVP_MD* sha256_algorithm() {
    static const MdPtr algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    require(algorithm != nullptr, "SHA-256 is not available");
    return algorithm.get();
}

// Both libraries want a pointer even to no bytes; to OpenSSL's parameters null means "not given".
const std::uint8_t* data_of(core::ByteView bytes) {
    static constexpr std::uint8_t nothing = 0;
    return bytes.empty() ? &nothing : bytes.data();
}

OSSL_PARAM octets(const char* name, core::ByteView bytes) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(data_of(bytes)), bytes.size());
}

}  // namespace

struct Sha256::State {
    MdCtxPtr context{EVP_MD_CTX_new()};
    void start() {
        require(context && EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) == 1, "SHA-256 start");
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->start(); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::update(core::ByteView bytes) {
    require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1, "SHA-256 update");
    return *this;
}

core::Hash Sha256::finish() {
    core::Hash hash;
    require(EVP_DigestFinal_ex(state_->context.get(), hash.value.data(), nullptr) == 1, "SHA-256 finish");
    state_->start();
    return hash;
}

core::Hash sha256(core::ByteView bytes) {
    core::Hash hash;
    const int done = EVP_Digest(bytes.data(), bytes.size(), hash.value.data(), nullptr, sha256_algorithm(), nullptr);
    require(done == 1, "SHA-256");
    return hash;
}

core::Hash hmac_sha256(core::ByteView key, core::ByteView message) {
    init();
    core::Hash mac;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, data_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, message.data(), message.size());
    crypto_auth_hmacsha256_final(&state, mac.value.data());
    sodium_memzero(&state, sizeof state);
    return mac;
}

SecretBytes hkdf_sha256(core::ByteView key, core::ByteView salt, core::ByteView info, std::size_t size) {
    if (size == 0 || size > 255 * core::Hash::size) throw std::invalid_argument("HKDF-SHA-256 gives 1–8160 bytes");
    static const KdfPtr algorithm(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    require(algorithm != nullptr, "HKDF is not available");
    const KdfCtxPtr context(EVP_KDF_CTX_new(algorithm.get()));
    require(context != nullptr, "HKDF");

    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                               octets(OSSL_KDF_PARAM_KEY, key), octets(OSSL_KDF_PARAM_SALT, salt),
                               octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    SecretBytes out(size);
    require(EVP_KDF_derive(context.get(), out.writable().data(), size, parameters) == 1, "HKDF");
    return out;
}

}  // namespace plus7::crypto
