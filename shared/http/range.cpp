#include "shared/http/range.hpp"

#include <algorithm>
#include <charconv>

#include "shared/http/problem.hpp"

namespace plus7::http {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

core::Result<std::optional<ByteRange>> wanted_range(const Request& request, std::uint64_t size, std::string_view etag) {
    using Wanted = std::optional<ByteRange>;
    const auto header = request.header("Range");
    const auto condition = request.header("If-Range");
    if (!header || request.method != Method::get || !header->starts_with("bytes=")) return Wanted{};
    if (condition && (etag.empty() || trimmed(*condition) != etag)) return Wanted{};  // a date is never believed
    const auto text = trimmed(header->substr(6));
    const auto dash = text.find('-');
    if (text.find(',') != text.npos || dash == text.npos) return Wanted{};
    const auto first = number(text.substr(0, dash));
    const auto last = number(text.substr(dash + 1));
    const auto outside = core::invalid("the range lies outside of the resource");
    if (dash == 0) {  // the last n bytes
        if (!last) return Wanted{};
        if (*last == 0 || size == 0) return outside;
        return Wanted{ByteRange{size - std::min(*last, size), size - 1}};
    }
    if (!first || (!last && dash + 1 < text.size()) || (last && *last < *first)) return Wanted{};
    if (*first >= size) return outside;
    return Wanted{ByteRange{*first, std::min(last.value_or(size - 1), size - 1)}};
}

void mark_partial(Response& response, const ByteRange& range, std::uint64_t size) {
    response.status = 206;
    response.headers.set("Content-Range", "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) +
                                              "/" + std::to_string(size));
}

Response not_satisfiable(const Request& request, std::uint64_t size) {
    return problem(416, "the range lies outside of the resource", request.id)
        .with("Content-Range", "bytes */" + std::to_string(size));
}

void apply_range(const Request& request, Response& response) {
    if (response.status != 200 || response.stream || !request.is_read()) return;
    response.headers.set("Accept-Ranges", "bytes");
    const auto size = response.body.size();
    const auto range = wanted_range(request, size, response.headers.get_or("ETag", ""));
    if (!range) {
        response = not_satisfiable(request, size);
    } else if (*range) {
        mark_partial(response, **range, size);
        response.body = response.body.substr((*range)->first, (*range)->size());
    }
}

}  // namespace plus7::http
