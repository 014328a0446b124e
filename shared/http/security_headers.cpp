#include "shared/http/security_headers.hpp"

#include <algorithm>

namespace plus7::http {
namespace {

std::string sources(std::string_view directive, std::string_view first, const std::vector<std::string>& more) {
    std::string text = std::string(directive) + " " + std::string(first);
    for (const auto& source : more) text += " " + source;
    return text + "; ";
}

bool lists(const std::vector<std::string>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& known) { return same_name(known, name); });
}

}  // namespace

std::string csp_text(const Csp& csp) {
    std::string text = "default-src 'none'; ";
    text += sources("script-src", "'self'", csp.script_src);
    text += "style-src 'self'; ";
    text += sources("img-src", "'self' data: blob:", csp.img_src);
    text += sources("connect-src", "'self'", csp.connect_src);
    text +=
        "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors";
    if (csp.frame_ancestors.empty()) text += " 'none'";
    for (const auto& ancestor : csp.frame_ancestors) text += " " + ancestor;
    return text;
}

Headers security_headers(std::string_view public_url, const Csp& csp) {
    Headers headers;
    headers.set("Content-Security-Policy", csp_text(csp));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()");
    if (public_url.starts_with("https://"))
        headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    return headers;
}

bool comes_from_own_page(const Request& request, const std::vector<std::string>& origins, bool origin_required) {
    const auto site = request.header("Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none") return false;
    const auto all = request.headers.all("Origin");
    if (all.empty()) return !origin_required;
    return all.size() == 1 && lists(origins, all.front());
}

bool has_known_host(const Request& request, const std::vector<std::string>& hosts) {
    const auto host = request.header("Host");
    return host && lists(hosts, *host);
}

}  // namespace plus7::http
