// Bearer tokens (sessions, API, enrolment, webhooks): shown once as text, stored only as a hash. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::crypto {

enum class TokenBits { b128 = 128, b256 = 256 };

struct Token {
    std::string text;  // base64url, 22 or 43 characters: for its owner only, never logged
    core::Hash hash;   // what is stored and looked up
};

Token random_token(TokenBits bits = TokenBits::b256);

// SHA-256 of the text as presented, prefix and all; enough because tokens are random (passwords: see password.hpp).
core::Hash token_hash(std::string_view text);

// Time does not depend on the content (it does on the length).
bool equal_constant_time(core::ByteView a, core::ByteView b);

}  // namespace plus7::crypto
