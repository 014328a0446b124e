#include "agent/handheld/page_gate.hpp"

#include "shared/core/random.hpp"
#include "shared/http/cookies.hpp"
#include "shared/http/problem.hpp"
#include "shared/http/security_headers.hpp"

namespace plus7::agent::handheld {
namespace {

constexpr const char* cookie_name = "plus7_page";

// In the time of its length, whatever differs.
bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned>(a[i] ^ b[i]);
    return differs == 0;
}

http::Response open_page(const std::string& token) {
    http::Cookie cookie;
    cookie.name = cookie_name;
    cookie.value = token;
    cookie.secure = false;  // plain HTTP on loopback
    http::Response response;
    response.status = 303;
    response.headers.set("Location", "/");
    response.headers.set("Set-Cookie", http::to_set_cookie(cookie));
    return response;
}

bool is_change(const http::Request& request) {
    return request.method != http::Method::get && request.method != http::Method::head;
}

}  // namespace

PageGate::PageGate() : token_(core::to_base64url(core::random_bytes(24))) {}

void PageGate::set_port(std::uint16_t port) {
    for (const char* name : {"127.0.0.1", "localhost"}) {
        hosts_.push_back(std::string(name) + ":" + std::to_string(port));
        origins_.push_back("http://" + hosts_.back());
    }
}

bool PageGate::has_cookie(const http::Request& request) const {
    for (const auto& [name, value] : http::parse_cookies(request.headers.get_or("Cookie", "")))
        if (name == cookie_name && same_secret(value, token_)) return true;
    return false;
}

http::Response PageGate::pass(const http::Request& request, const http::Next& next) const {
    if (!http::has_known_host(request, hosts_)) return http::problem(core::denied("another host"), request);
    const bool is_socket = request.path == "/api/events" || request.path == "/api/camera";
    if (!http::comes_from_own_page(request, origins_, is_change(request) || is_socket))
        return http::problem(core::denied("another page"), request);
    if (request.path == "/" && same_secret(request.query_value("t").value_or(""), token_)) return open_page(token_);
    if (!has_cookie(request))
        return http::problem(core::denied("open the page by the address that `plus7-agent page` prints"), request);
    return next();
}

}  // namespace plus7::agent::handheld
