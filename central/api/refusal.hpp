// Refusals as api/openapi/common.yaml has them (Problem): the only place where an ErrorKind becomes a status of the
// API. Pure functions.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/http/response.hpp"

namespace plus7::central::api {

enum class Refused {
    invalid,          // 400
    unauthenticated,  // 401: sign in (again)
    denied,           // 403
    not_found,        // 404
    conflict,         // 409
    expired,          // 410
    stale,            // 412: If-Match names an older version
    unconditional,    // 428: If-Match or Idempotency-Key is missing
    limit,            // 429
    internal,         // 500
    unavailable,      // 503
    full,             // 507: the disk
};

// What is wrong with one member of the request; `code` is one of FieldProblem's.
struct FieldFault {
    std::string field, code, detail;
};

http::Response refuse(Refused kind, std::string_view detail, const std::vector<FieldFault>& fields = {});
// Words of the machine (internal, unavailable, full) go to the response's note for the log, not to the client.
http::Response refuse(const core::Error& error);
http::Response refuse_too_many(std::chrono::seconds wait);

}  // namespace plus7::central::api
