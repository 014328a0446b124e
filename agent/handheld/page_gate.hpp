// Who may use the handheld's page and its API: this machine's browser that was opened with the token of this start.
// Pure; any thread.
#pragma once
#include <cstdint>
#include <string>

#include "shared/http/router.hpp"

namespace plus7::agent::handheld {

class PageGate {
  public:
    PageGate();  // a new token

    const std::string& token() const { return token_; }
    void keep(std::string token) {
        token_ = std::move(token);
    }                                   // that an open page has already; before the first request
    void set_port(std::uint16_t port);  // before the first request: which Host and Origin are ours

    // Refuses other hosts (DNS rebinding), other origins and whoever has not the cookie; but `/?t=TOKEN`, which gives
    // it.
    http::Response pass(const http::Request& request, const http::Next& next) const;

  private:
    bool has_cookie(const http::Request& request) const;

    std::string token_;
    std::vector<std::string> hosts_, origins_;
};

}  // namespace plus7::agent::handheld
