#include "shared/crypto/token.hpp"

#include <sodium.h>

#include "shared/core/random.hpp"
#include "shared/crypto/init.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::crypto {

Token random_token(TokenBits bits) {
    Token token;
    token.text = core::to_base64url(core::random_bytes(static_cast<std::size_t>(bits) / 8));
    token.hash = token_hash(token.text);
    return token;
}

core::Hash token_hash(std::string_view text) { return sha256(core::view_of(text)); }

bool equal_constant_time(core::ByteView a, core::ByteView b) {
    init();
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace plus7::crypto
