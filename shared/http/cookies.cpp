#include "shared/http/cookies.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/http/headers.hpp"

namespace plus7::http {

std::string to_set_cookie(const Cookie& cookie) {
    const auto bad_in_name = [](char c) {
        return c <= 0x20 || c >= 0x7f || std::string_view("()<>@,;:\\\"/[]?={}").find(c) != std::string_view::npos;
    };
    const auto bad_in_value = [](char c) {
        return c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\';
    };
    if (cookie.name.empty() || std::any_of(cookie.name.begin(), cookie.name.end(), bad_in_name) ||
        std::any_of(cookie.value.begin(), cookie.value.end(), bad_in_value)) {
        throw std::invalid_argument("a cookie cannot hold this name or value");
    }
    if (!cookie.secure && (cookie.name.starts_with("__Host-") || cookie.name.starts_with("__Secure-"))) {
        throw std::invalid_argument("cookie " + cookie.name + " must be secure");
    }
    std::string text = cookie.name + "=" + cookie.value + "; Path=/";
    if (cookie.max_age) text += "; Max-Age=" + std::to_string(cookie.max_age->count());
    if (cookie.secure) text += "; Secure";
    if (cookie.http_only) text += "; HttpOnly";
    text += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
    return text;
}

std::string to_clear_cookie(std::string_view name, bool secure) {
    return to_set_cookie(
        {.name = std::string(name), .value = "", .max_age = std::chrono::seconds{0}, .secure = secure});
}

std::vector<std::pair<std::string_view, std::string_view>> parse_cookies(std::string_view header) {
    std::vector<std::pair<std::string_view, std::string_view>> cookies;
    for (const auto item : list_items(header, ';')) {
        const auto equals = item.find('=');
        if (equals == item.npos) continue;
        auto value = trimmed(item.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        cookies.emplace_back(trimmed(item.substr(0, equals)), value);
    }
    return cookies;
}

}  // namespace plus7::http
