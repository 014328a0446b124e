#include "central/api/session_cookie.hpp"

#include <chrono>

#include "shared/http/cookies.hpp"

namespace plus7::central::api {

std::optional<std::string_view> SessionCookie::token_of(const http::Request& request) const {
    return request.cookie(name());
}

void SessionCookie::give(http::Response& response, const std::string& token) const {
    http::Cookie cookie;
    cookie.name = name();
    cookie.value = token;
    cookie.max_age = std::chrono::hours{24 * 7};  // as long as a session can live at most
    cookie.secure = secure_;
    response.headers.add("Set-Cookie", http::to_set_cookie(cookie));
}

void SessionCookie::take_away(http::Response& response) const {
    response.headers.add("Set-Cookie", http::to_clear_cookie(name(), secure_));
}

}  // namespace plus7::central::api
