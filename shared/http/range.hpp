// Parts of a resource (RFC 9110 §14): one range of bytes; several at once are answered with the whole. Pure functions.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;  // inclusive
    std::uint64_t size() const { return last - first + 1; }
    bool operator==(const ByteRange&) const = default;
};

// Nothing: no Range header, one that is to be ignored (other unit, several ranges, broken), or an If-Range that names
// another state. Error `invalid`: it lies wholly outside of `size` (416).
core::Result<std::optional<ByteRange>> wanted_range(const Request& request, std::uint64_t size, std::string_view etag);

// Marks a 200 answer as 206 of that range, or makes the 416.
void mark_partial(Response& response, const ByteRange& range, std::uint64_t size);
Response not_satisfiable(const Request& request, std::uint64_t size);

// A 200 answer to GET whose body is there: sets Accept-Ranges, cuts the body to the wanted range (206), or becomes 416.
// Not for bodies that will be compressed.
void apply_range(const Request& request, Response& response);

}  // namespace plus7::http
