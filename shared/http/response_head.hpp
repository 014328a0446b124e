// The bytes before a body: status line, headers and how the body's end is known. Private to shared/http; pure.
#pragma once
#include <string>

#include "shared/http/response.hpp"

namespace plus7::http {

enum class Framing { no_body, length, chunked, until_close };

struct HeadContext {
    unsigned version = 11;  // of the request: 10 or 11
    bool keep_alive = true;
    std::string_view date;
    std::string_view request_id;
    const Headers* defaults = nullptr;  // for what the response does not set itself
};

Framing framing_of(const Response& response, unsigned version);
// Content-Length, Transfer-Encoding and Connection are the server's own: those of the response are left out.
std::string head_text(const Response& response, const HeadContext& context);
std::string chunk_head(std::size_t size);  // "1f4\r\n"

}  // namespace plus7::http
