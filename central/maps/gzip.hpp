// gzip (RFC 1952) for tile data, as MBTiles stores it. Pure functions; use from any thread.
#pragma once
#include <string>
#include <string_view>

namespace plus7::central::maps {

// No time stamp and no file name in the header: the same input gives the same bytes. Throws std::runtime_error when
// zlib fails.
std::string gzip(std::string_view data);

}  // namespace plus7::central::maps
