// Base 32 of RFC 4648 §6, the form authenticator apps take secrets in. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::crypto {

std::string to_base32(core::ByteView bytes);  // upper case, no padding

// Either case, full padding or none; nothing for anything else, stray bits too.
std::optional<core::Bytes> from_base32(std::string_view text);

}  // namespace plus7::crypto
