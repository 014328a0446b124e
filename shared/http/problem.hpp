// Refusals in one form: RFC 9457 problem details. Here, and only here, an ErrorKind becomes an HTTP status. Pure
// functions.
#pragma once
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

// invalid 422 (the request was understood and breaks a rule; what cannot be read at all is refused by the server with
// 400), not_found 404, conflict 409, denied 403, expired 410 (401 is for "sign in", which the session's owner answers
// itself), unavailable 503, limit 429, internal 500.
int status_of(core::ErrorKind kind);

// {"type":"about:blank","title":…,"status":…,"detail":…,"kind":…,"request_id":…}; unavailable carries Retry-After: 5,
// limit Retry-After: 1 (change by .with()). The text of an internal error goes to `note`, not to the client.
Response problem(const core::Error& error, const Request& request);
// For what no ErrorKind stands for: 400, 401, 405, 412, 413…
Response problem(int status, std::string_view detail, std::string_view request_id = {}, std::string_view kind = {});

}  // namespace plus7::http
