// Cookies (RFC 6265): what a browser sent, and Set-Cookie with safe defaults. Pure functions.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plus7::http {

enum class SameSite { strict, lax };

struct Cookie {
    std::string name;
    std::string value;
    std::optional<std::chrono::seconds> max_age{};  // nothing: until the browser is closed
    SameSite same_site = SameSite::strict;
    bool secure = true;
    bool http_only = true;
};

// The value of a Set-Cookie header, always with Path=/ and never with Domain. Throws std::invalid_argument for a name
// or value that a cookie cannot hold, and for a "__Host-" or "__Secure-" name without `secure`: bugs of the caller.
std::string to_set_cookie(const Cookie& cookie);
// Makes the browser forget the cookie of that name.
std::string to_clear_cookie(std::string_view name, bool secure = true);

// "a=1; b=2" of a Cookie header; pieces without "=" are left out, quotes around a value are taken off.
std::vector<std::pair<std::string_view, std::string_view>> parse_cookies(std::string_view header);

}  // namespace plus7::http
