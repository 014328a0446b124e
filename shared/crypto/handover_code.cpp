#include "shared/crypto/handover_code.hpp"

#include <algorithm>
#include <array>

#include "shared/crypto/sha256.hpp"

namespace plus7::crypto {
namespace {

constexpr std::uint32_t codes = 1'000'000;
constexpr Argon2Cost most{64 * 1024, 10};  // a row of the view must not stop the handheld

core::Hash mac(const OrderSecret& secret, const std::string& message) {
    return hmac_sha256(secret.bytes(), core::view_of(message));
}

}  // namespace

std::string handover_code(const OrderSecret& secret, std::string_view order_number, std::uint64_t counter) {
    const auto hash = mac(secret, "handover|" + std::string(order_number) + "|" + std::to_string(counter));
    const std::size_t at = hash.value.back() & 0x0F;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | hash.value[at + i];
    auto digits = std::to_string((number & 0x7FFFFFFF) % codes);
    digits.insert(0, 6 - digits.size(), '0');
    return digits;
}

CodeVerifier make_verifier(std::string_view code, const CodeSalt& salt) {
    CodeVerifier verifier;
    verifier.salt = salt;
    verifier.hash = *core::Hash::from(argon2id(core::view_of(code), salt.bytes(), verifier.cost).value());
    return verifier;
}

bool verifies(const CodeVerifier& verifier, std::string_view code) {
    if (verifier.cost.memory_kib > most.memory_kib || verifier.cost.passes > most.passes) return false;
    const auto hash = argon2id(core::view_of(code), verifier.salt.bytes(), verifier.cost);
    return hash && core::equal(*hash, verifier.hash.bytes());
}

CommitKey commit_key(const OrderSecret& secret, std::string_view order_number) {
    const auto hash = mac(secret, "commit|" + std::string(order_number));
    CommitKey key;
    std::copy_n(hash.value.begin(), key.value.size(), key.value.begin());
    return key;
}

core::Hash commit_code(const CommitKey& key, const core::EventId& event, std::string_view code) {
    auto message = core::copy_of(core::view_of("p7-code"));
    message.insert(message.end(), event.value.begin(), event.value.end());
    message.insert(message.end(), code.begin(), code.end());
    return hmac_sha256(key.bytes(), message);
}

}  // namespace plus7::crypto
