// gzip of bodies by Accept-Encoding (zlib). Any thread; computing, so on workers.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

std::string gzip(std::string_view bytes, int level = 6);  // level 1 (fast) … 9 (small)
// `invalid` for what is no gzip or is cut; `limit` when it would grow beyond max_bytes.
core::Result<std::string> gunzip(std::string_view packed, std::size_t max_bytes);

bool accepts_gzip(const Request& request);            // with q=0 it does not
bool is_compressible(std::string_view content_type);  // JSON, text, SVG, JavaScript, XML…

// Packs a body that is there, compressible, not encoded yet and at least min_bytes long; sets Vary in any case where
// the answer depends on Accept-Encoding. A strong ETag gets the suffix "-gz" (see conditional.hpp).
void gzip_response(const Request& request, Response& response, std::size_t min_bytes = 1024);

}  // namespace plus7::http
