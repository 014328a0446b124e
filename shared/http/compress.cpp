#include "shared/http/compress.hpp"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace plus7::http {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib.h: +16 selects the gzip format

Bytef* input_of(std::string_view bytes) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
}

// Vary lists every request header that an answer depends on: one more, once.
void add_vary(Response& response, std::string_view name) {
    for (const auto item : list_items(response.headers.get_or("Vary", ""))) {
        if (same_name(item, name)) return;
    }
    const auto known = std::string(response.headers.get_or("Vary", ""));
    response.headers.set("Vary", known.empty() ? std::string(name) : known + ", " + std::string(name));
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2 failed");
    }
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = input_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::runtime_error("deflate did not finish");
    return packed;
}

core::Result<std::string> gunzip(std::string_view packed, std::size_t max_bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::runtime_error("inflateInit2 failed");
    const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
    stream.next_in = input_of(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string bytes;
    std::array<char, 16384> piece;
    int outcome = Z_OK;
    while (outcome == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        outcome = inflate(&stream, Z_NO_FLUSH);
        const auto made = piece.size() - stream.avail_out;
        if (bytes.size() + made > max_bytes)
            return core::limit("the gzip data grows beyond " + std::to_string(max_bytes) + " bytes");
        bytes.append(piece.data(), made);
    }
    if (outcome != Z_STREAM_END) return core::invalid("no valid gzip data");
    return bytes;
}

bool accepts_gzip(const Request& request) {
    for (const auto field : request.headers.all("Accept-Encoding")) {
        for (const auto item : list_items(field)) {
            const auto parts = list_items(item, ';');
            if (parts.empty() || (!same_name(parts[0], "gzip") && parts[0] != "*")) continue;
            const bool refused = parts.size() > 1 && (parts[1] == "q=0" || parts[1].starts_with("q=0.0")) &&
                                 parts[1].find_first_of("123456789") == std::string_view::npos;
            return !refused;
        }
    }
    return false;
}

bool is_compressible(std::string_view content_type) {
    content_type = trimmed(content_type.substr(0, content_type.find(';')));
    return content_type.starts_with("text/") || content_type.ends_with("json") || content_type.ends_with("+xml") ||
           content_type.ends_with("/xml") || content_type.ends_with("javascript") || content_type == "application/wasm";
}

void gzip_response(const Request& request, Response& response, std::size_t min_bytes) {
    if (response.stream || response.body.size() < min_bytes || response.status == 206 ||
        response.headers.has("Content-Encoding") || !is_compressible(response.headers.get_or("Content-Type", ""))) {
        return;
    }
    add_vary(response, "Accept-Encoding");
    if (!accepts_gzip(request)) return;
    response.body = gzip(response.body);
    response.headers.set("Content-Encoding", "gzip");
    response.headers.remove("Accept-Ranges");
    const std::string etag(response.headers.get_or("ETag", ""));
    if (etag.size() > 2 && etag.front() == '"') response.headers.set("ETag", etag.substr(0, etag.size() - 1) + "-gz\"");
}

}  // namespace plus7::http
