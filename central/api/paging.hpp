// Paging by cursor and other query values of lists. Pure functions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/http/request.hpp"

namespace plus7::central::api {

struct PageAsked {
    int limit = 50;                   // 1–200
    std::vector<std::string> cursor;  // empty: the first page
};
// invalid: a limit out of range, or a cursor that does not have `parts` parts.
core::Result<PageAsked> page_asked(const http::Request& request, std::size_t parts);

// Opaque to clients: base64url of the parts, which hold no U+001F.
std::string to_cursor(const std::vector<std::string>& parts);

// ?name=<integer>; invalid: not a number, or out of range.
core::Result<std::optional<std::int64_t>> number_asked(const http::Request& request, std::string_view name,
                                                       std::int64_t min, std::int64_t max);
core::Result<std::optional<core::TimeUs>> time_asked(const http::Request& request, std::string_view name);
// ?name=text; invalid: more than `max` characters.
core::Result<std::string> text_asked(const http::Request& request, std::string_view name, std::size_t max);

}  // namespace plus7::central::api
