// A file of any size as an answer (exports, photos, maps): read piece by piece on workers, with Range and ETag.
#pragma once
#include <filesystem>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

// The path comes from our own tables, never from the request. not_found: no such regular file. The ETag stands for
// inode, size and time of change, so the file must be replaced by rename, not rewritten in place.
core::Result<Response> file_response(const Request& request, const std::filesystem::path& path,
                                     std::string_view content_type);

}  // namespace plus7::http
