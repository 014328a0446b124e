// Argon2id (RFC 9106), one lane: passwords of staff as PHC strings, and the raw form for the handheld's code verifier.
// Slow on purpose: call on a worker, never on the loop thread. Throws std::bad_alloc when the memory cannot be had.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::crypto {

struct Argon2Cost {
    std::uint32_t memory_kib = 19 * 1024;  // OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane
    std::uint32_t passes = 2;
    bool operator==(const Argon2Cost&) const = default;
};

// Bounds for costs that come from outside: 8 KiB – 1 GiB, 1 – 100 passes.
core::Status check(const Argon2Cost& cost);

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" with a random salt; invalid for a cost out of bounds.
core::Result<std::string> hash_password(std::string_view password, const Argon2Cost& cost = {});

// False for a wrong password and for a stored text that is no PHC string of Argon2.
bool verify_password(std::string_view password, const std::string& stored);

// True when `stored` was made with another cost or is unreadable: hash again at the next successful sign-in.
bool needs_rehash(const std::string& stored, const Argon2Cost& cost = {});

constexpr std::size_t argon2_salt_size = 16;

// The bare function: salt of 16 bytes, 16–128 bytes of result; invalid otherwise.
core::Result<core::Bytes> argon2id(core::ByteView password, core::ByteView salt, const Argon2Cost& cost,
                                   std::size_t size = 32);

}  // namespace plus7::crypto
