// Lets requests in that carry an API token (Authorization: Bearer): whose it is, how often it comes, whether its scopes
// open the route. No cookie, Origin or CSRF token is asked for: a browser adds none of this header by itself. Any
// worker.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

// The token of the header, if there is one. `Basic` and other schemes are none of ours.
std::optional<std::string_view> bearer_of(const http::Request& request);

class TokenGate {
  public:
    explicit TokenGate(sql::Database& db) : db_(db) {}

    // 401: unknown, revoked or over; 403: not for tokens, or not within its scopes; 429: too often.
    std::variant<http::Response, Call> enter(const Access& access, const http::Request& request, std::string_view token,
                                             core::TimeUs now) const;

  private:
    core::Result<app::accounts::ApiToken> find(const http::Request& request, std::string_view token,
                                               core::TimeUs now) const;
    core::Result<std::optional<std::chrono::seconds>> count(const app::accounts::TryLimit& limit,
                                                            core::TimeUs now) const;
    std::optional<http::Response> check(const Access& access, const Call& call) const;

    sql::Database& db_;
};

}  // namespace plus7::central::api
