// Percent-encoding, request targets and absolute URLs (RFC 3986), as strict as a server must be. Pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::http {

using Query = std::vector<std::pair<std::string, std::string>>;  // in order, repeated keys kept

// Nothing for a broken escape, a NUL, or bytes that are no UTF-8.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
std::string percent_encode(std::string_view text);  // all but RFC 3986 "unreserved"
std::string to_query_text(const Query& query);      // "a=1&b=x%20y"
bool is_utf8(std::string_view text);                // without overlong forms and surrogates

struct Target {
    std::string path;                   // as sent, without the query
    std::vector<std::string> segments;  // decoded; "/" has none; "/a/" is {"a", ""}
    Query query;
};
// Origin form only ("/a/b?x=1"). Refused (invalid): no leading slash, "." and ".." segments in any spelling, broken
// escapes, NUL, bytes that are no UTF-8, more than 100 query fields.
core::Result<Target> parse_target(std::string_view target);

struct Url {
    std::string scheme;  // "http" or "https"
    std::string host;    // an IPv6 address without its brackets
    unsigned short port = 0;
    std::string target;               // path and query, at least "/"
    std::string host_header() const;  // with the port unless it is the scheme's own
    std::string origin() const { return scheme + "://" + host_header(); }
};
// http and https, no user names; a fragment is cut off.
core::Result<Url> parse_url(std::string_view text);

}  // namespace plus7::http
