#include "central/maps/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace plus7::central::maps {

std::string gzip(std::string_view data) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;  // zlib: window bits + 16 asks for a gzip wrapper
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("gzip: zlib cannot start");
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(data.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::runtime_error("gzip: zlib stopped early");
    return packed;
}

}  // namespace plus7::central::maps
