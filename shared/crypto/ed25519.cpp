#include "shared/crypto/ed25519.hpp"

#include <sodium.h>

#include "shared/crypto/init.hpp"

namespace plus7::crypto {

SigningKey::SigningKey(core::ByteView seed) : secret_(crypto_sign_SECRETKEYBYTES) {
    crypto_sign_seed_keypair(public_key_.value.data(), secret_.writable().data(), seed.data());
}

SigningKey SigningKey::generate() { return SigningKey(SecretBytes::random(seed_size).bytes()); }

core::Result<SigningKey> SigningKey::from_seed(core::ByteView seed) {
    if (seed.size() != seed_size) {
        return core::invalid("an Ed25519 seed has 32 bytes, this one has " + std::to_string(seed.size()));
    }
    return SigningKey(seed);
}

core::Signature SigningKey::sign(core::ByteView message) const {
    core::Signature signature;
    crypto_sign_detached(signature.value.data(), nullptr, message.data(), message.size(), secret_.bytes().data());
    return signature;
}

SecretBytes SigningKey::seed() const { return SecretBytes::copy_of(secret_.bytes().first(seed_size)); }

bool verify(const core::PublicKey& key, core::ByteView message, const core::Signature& signature) {
    init();
    return crypto_sign_verify_detached(signature.value.data(), message.data(), message.size(), key.value.data()) == 0;
}

}  // namespace plus7::crypto
