#include "shared/http/response_head.hpp"

#include <charconv>

namespace plus7::http {
namespace {

void append(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

bool is_framing(std::string_view name) {
    return same_name(name, "Content-Length") || same_name(name, "Transfer-Encoding") || same_name(name, "Connection");
}

}  // namespace

Framing framing_of(const Response& response, unsigned version) {
    if (response.status == 204 || response.status == 304 || response.status < 200) return Framing::no_body;
    if (!response.stream || response.stream->length) return Framing::length;
    return version == 11 ? Framing::chunked : Framing::until_close;
}

std::string head_text(const Response& response, const HeadContext& context) {
    std::string text;
    text.reserve(1024);
    text.append("HTTP/1.1 ")
        .append(std::to_string(response.status))
        .append(" ")
        .append(reason_of(response.status))
        .append("\r\n");
    for (const auto& [name, value] : response.headers) {
        if (!is_framing(name)) append(text, name, value);
    }
    if (context.defaults) {
        for (const auto& [name, value] : *context.defaults) {
            if (!response.headers.has(name)) append(text, name, value);
        }
    }
    append(text, "Date", context.date);
    append(text, "X-Request-Id", context.request_id);
    switch (framing_of(response, context.version)) {
        case Framing::no_body:
            break;
        case Framing::length:
            append(text, "Content-Length",
                   std::to_string(response.stream ? *response.stream->length : response.body.size()));
            break;
        case Framing::chunked:
            append(text, "Transfer-Encoding", "chunked");
            break;
        case Framing::until_close:
            break;
    }
    if (!context.keep_alive) {
        append(text, "Connection", "close");
    } else if (context.version == 10) {
        append(text, "Connection", "keep-alive");
    }
    return text.append("\r\n");
}

std::string chunk_head(std::size_t size) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, size, 16).ptr;
    return std::string(digits, end).append("\r\n");
}

}  // namespace plus7::http
