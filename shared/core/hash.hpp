// Checksums that are no secrets. SHA-256 and everything cryptographic is in shared/crypto.
#pragma once
#include <cstdint>

#include "shared/core/bytes.hpp"

namespace plus7::core {

// CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, initial and final value all ones.
std::uint32_t crc32c(ByteView bytes);

}  // namespace plus7::core
