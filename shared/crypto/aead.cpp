#include "shared/crypto/aead.hpp"

#include <sodium.h>

#include "shared/core/random.hpp"
#include "shared/crypto/init.hpp"

namespace plus7::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_size + tag_size == seal_overhead);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SecretKey::size);

}  // namespace

SecretKey SecretKey::random() { return SecretKey(SecretBytes::random(size)); }

std::optional<SecretKey> SecretKey::from(core::ByteView bytes) {
    if (bytes.size() != size) return std::nullopt;
    return SecretKey(SecretBytes::copy_of(bytes));
}

core::Bytes seal(const SecretKey& key, core::ByteView plain, core::ByteView associated) {
    init();
    core::Bytes out(seal_overhead + plain.size());
    core::fill_random(std::span(out).first(nonce_size));
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                               associated.data(), associated.size(), nullptr, out.data(),
                                               key.bytes().data());
    return out;
}

core::Result<core::Bytes> open(const SecretKey& key, core::ByteView sealed, core::ByteView associated) {
    init();
    if (sealed.size() < seal_overhead) return core::denied("sealed bytes are too short to be whole");
    core::Bytes plain(sealed.size() - seal_overhead);
    const auto text = sealed.subspan(nonce_size);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, text.data(),
                                                                  text.size(), associated.data(), associated.size(),
                                                                  sealed.data(), key.bytes().data());
    if (opened != 0) return core::denied("sealed bytes do not open: wrong key, wrong place or changed bytes");
    return plain;
}

}  // namespace plus7::crypto
