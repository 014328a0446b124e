// The cookie that carries a session's token. With TLS its name has the prefix __Host-: the browser then takes it only
// from this host, secure and for "/". A value.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::central::api {

class SessionCookie {
  public:
    explicit SessionCookie(bool secure) : secure_(secure) {}

    std::string_view name() const { return secure_ ? "__Host-plus7_session" : "plus7_session"; }
    std::optional<std::string_view> token_of(const http::Request& request) const;
    void give(http::Response& response, const std::string& token) const;
    void take_away(http::Response& response) const;

  private:
    bool secure_;
};

}  // namespace plus7::central::api
