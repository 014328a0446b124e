// What a handler answers: status, headers and a body that is there, or a stream that is pulled piece by piece. A plain
// value.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/headers.hpp"

namespace plus7::http {

// A body that is made while it is sent (exports, files). `pull` runs on a worker, never twice at a time; each call
// gives the next piece (best 16–256 KiB), an empty one ends the body. An error or exception cuts the connection: the
// client sees that the body is not whole. It is destroyed on any thread.
struct Stream {
    std::function<core::Result<std::string>()> pull;
    std::optional<std::uint64_t> length{};  // bytes in all: sent as Content-Length; nothing: chunked
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::optional<Stream> stream;  // wins over `body`
    std::string note;              // for the log only: what the client is not told

    Response& with(std::string_view name, std::string_view value);  // sets a header
};

Response json(std::string text, int status = 200);   // text is JSON already
Response html(std::string text, int status = 200);   // UTF-8
Response plain(std::string text, int status = 200);  // UTF-8
Response bytes(std::string data, std::string_view content_type);
Response no_content();  // 204
Response redirect(std::string_view location, int status = 303);
Response streamed(Stream stream, std::string_view content_type);
// Makes the browser save the answer under this name (RFC 6266, any Unicode).
void set_download_name(Response& response, std::string_view file_name);

std::string_view reason_of(int status);  // "Not Found"; "Status" for an unknown number

}  // namespace plus7::http
