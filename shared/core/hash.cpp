#include "shared/core/hash.hpp"

#include <boost/crc.hpp>

namespace plus7::core {

std::uint32_t crc32c(ByteView bytes) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

}  // namespace plus7::core
