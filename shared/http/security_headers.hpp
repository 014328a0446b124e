// The headers that protect a browser, and the check of where a request comes from. Pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/http/headers.hpp"
#include "shared/http/request.hpp"

namespace plus7::http {

struct Csp {
    std::vector<std::string> frame_ancestors{};  // empty: 'none'; the Mini App's path needs https://web.telegram.org
    std::vector<std::string> script_src{};       // besides 'self'
    std::vector<std::string> connect_src{};      // besides 'self': wss://host for old Safari
    std::vector<std::string> img_src{};          // besides 'self' data: blob:
};
// The policy that the console's prototype ran under without violations; 'none' for all that is not named.
std::string csp_text(const Csp& csp = {});

// CSP, nosniff, Referrer-Policy, COOP, CORP, Permissions-Policy; with an https public URL also HSTS of one year. To be
// given to every answer that does not set its own (ServerSettings::headers).
Headers security_headers(std::string_view public_url, const Csp& csp = {});

// Whether a browser's request comes from one of our own pages: Origin (if sent) is in `origins` ("https://host:port"),
// and Sec-Fetch-Site (if sent) is same-origin or none. `origin_required`: for websockets and for changes by cookie,
// where a request without Origin is refused too.
bool comes_from_own_page(const Request& request, const std::vector<std::string>& origins, bool origin_required);
// Whether Host is one of these ("localhost:8080"): against DNS rebinding of a localhost API.
bool has_known_host(const Request& request, const std::vector<std::string>& hosts);

}  // namespace plus7::http
