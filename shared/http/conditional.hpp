// ETags (RFC 9110 §8.8, §13): not sending what the client has, not overwriting what it has not seen. Pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

// A strong ETag with its quotes: of the bytes (128 bits of SHA-256), or of a version number.
std::string etag_of(std::string_view bytes);
std::string etag_of_version(std::int64_t version);  // "v42"

// True when the If-None-Match / If-Match list holds "*" or this tag. The suffix that gzip adds inside a tag ("…-gz")
// and a leading W/ (in a list) do not matter: both stand for the same state of the resource.
bool lists_etag(std::string_view list, std::string_view etag);

// A 200 to GET or HEAD whose ETag the client already has becomes 304 without a body.
void apply_not_modified(const Request& request, Response& response);

// Before a change: nothing when If-Match names the current state (of a thing that exists), otherwise the refusal: 412,
// or 428 when `required` and the header is absent.
std::optional<Response> check_if_match(const Request& request, std::string_view current_etag, bool required = true);

}  // namespace plus7::http
