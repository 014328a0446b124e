// Versions of rows as ETag, and If-Match on edits. Pure functions.
#pragma once
#include <optional>
#include <string>

#include "central/api/refusal.hpp"
#include "shared/http/request.hpp"

namespace plus7::central::api {

inline std::string etag_of(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

// Before the work: 428 when If-Match is missing.
inline std::optional<http::Response> require_if_match(const http::Request& request) {
    if (request.header("If-Match")) return std::nullopt;
    return refuse(Refused::unconditional, "If-Match is missing: send the ETag you read last");
}

// Within the transaction that holds the row: 412 when somebody else was faster.
inline std::optional<http::Response> check_if_match(const http::Request& request, std::int64_t version) {
    if (request.header("If-Match").value_or("") == etag_of(version)) return std::nullopt;
    return refuse(Refused::stale, "it was changed meanwhile: read it again");
}

}  // namespace plus7::central::api
