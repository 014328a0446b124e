#include "shared/wire/track_frame.hpp"

#include "shared/core/hash.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t checksum_bytes = 4;
constexpr std::size_t max_bytes = 32 * 1024;  // far above what 600 fixes of pure noise need

}  // namespace

void append_checksum(core::Bytes& bytes) {
    const std::uint32_t value = core::crc32c(bytes);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

core::Result<core::ByteView> without_checksum(core::ByteView bytes) {
    if (bytes.size() <= checksum_bytes || bytes.size() > max_bytes) return core::invalid("impossible size");
    const core::ByteView content = bytes.first(bytes.size() - checksum_bytes);
    std::uint32_t stated = 0;
    for (const std::uint8_t byte : bytes.last(checksum_bytes)) stated = stated << 8 | byte;
    if (core::crc32c(content) != stated) return core::invalid("wrong checksum");
    return content;
}

}  // namespace plus7::wire
