#include <doctest/doctest.h>

#include "shared/http/security_headers.hpp"
#include "shared/http/trusted_proxies.hpp"

using namespace plus7;
using namespace plus7::http;

namespace {

Request asking(std::initializer_list<std::pair<const char*, const char*>> headers) {
    Headers all;
    for (const auto& [name, value] : headers) all.add(name, value);
    return make_request(Method::post, "/x", all).value();
}

}  // namespace

TEST_CASE("the policy allows nothing inline and no frames unless asked for") {
    const auto csp = csp_text();
    CHECK(csp.find("default-src 'none'") != csp.npos);
    CHECK(csp.find("script-src 'self';") != csp.npos);
    CHECK(csp.find("unsafe") == csp.npos);
    CHECK(csp.ends_with("frame-ancestors 'none'"));
    const auto mini = csp_text({.frame_ancestors = {"https://web.telegram.org"}});
    CHECK(mini.ends_with("frame-ancestors https://web.telegram.org"));
}

TEST_CASE("HSTS is sent only when the public URL is https") {
    CHECK(security_headers("https://example.org").get("Strict-Transport-Security") ==
          "max-age=31536000; includeSubDomains");
    CHECK_FALSE(security_headers("http://localhost:8080").has("Strict-Transport-Security"));
    for (const char* name : {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
                             "Cross-Origin-Opener-Policy", "Permissions-Policy"}) {
        CHECK(security_headers("http://localhost").has(name));
    }
}

TEST_CASE("requests of foreign pages are told from our own") {
    const std::vector<std::string> own{"https://plus7.example"};
    CHECK(comes_from_own_page(asking({{"Origin", "https://plus7.example"}}), own, true));
    CHECK(comes_from_own_page(asking({{"Origin", "https://plus7.example"}, {"Sec-Fetch-Site", "same-origin"}}), own,
                              true));
    CHECK(comes_from_own_page(asking({}), own, false));
    CHECK_FALSE(comes_from_own_page(asking({}), own, true));
    CHECK_FALSE(comes_from_own_page(asking({{"Origin", "https://evil.example"}}), own, false));
    CHECK_FALSE(comes_from_own_page(asking({{"Origin", "null"}}), own, false));
    CHECK_FALSE(comes_from_own_page(asking({{"Origin", "https://plus7.example.evil.example"}}), own, false));
    CHECK_FALSE(comes_from_own_page(asking({{"Sec-Fetch-Site", "cross-site"}}), own, false));
    CHECK_FALSE(comes_from_own_page(asking({{"Origin", "https://plus7.example"}, {"Origin", "https://evil.example"}}),
                                    own, false));
    CHECK(has_known_host(asking({{"Host", "LOCALHOST:8080"}}), {"localhost:8080"}));
    CHECK_FALSE(has_known_host(asking({{"Host", "evil.example:8080"}}), {"localhost:8080"}));
    CHECK_FALSE(has_known_host(asking({}), {"localhost:8080"}));
}

TEST_CASE("X-Forwarded-For is believed from trusted proxies only, from the right to the left") {
    const auto proxies = TrustedProxies::parse({"127.0.0.1", "10.0.0.0/8", "fd00::/8"}).value();
    CHECK(proxies.trusts("10.255.0.1"));
    CHECK(proxies.trusts("::ffff:10.1.1.1"));
    CHECK(proxies.trusts("fd12::1"));
    CHECK_FALSE(proxies.trusts("11.0.0.1"));
    CHECK_FALSE(proxies.trusts("127.0.0.2"));
    CHECK_FALSE(proxies.trusts("no address"));
    CHECK(proxies.client_of("192.0.2.1", {"198.51.100.7"}) == "192.0.2.1");
    CHECK(proxies.client_of("127.0.0.1", {"198.51.100.7"}) == "198.51.100.7");
    CHECK(proxies.client_of("127.0.0.1", {"203.0.113.9, 198.51.100.7, 10.0.0.2"}) == "198.51.100.7");
    CHECK(proxies.client_of("127.0.0.1", {"203.0.113.9", "198.51.100.7"}) == "198.51.100.7");
    CHECK(proxies.client_of("127.0.0.1", {"198.51.100.7, unknown"}) == "127.0.0.1");
    CHECK(proxies.client_of("127.0.0.1", {}) == "127.0.0.1");
    CHECK_FALSE(TrustedProxies::parse({"10.0.0.0/33"}));
    CHECK_FALSE(TrustedProxies::parse({"10.0.0.0/"}));
    CHECK_FALSE(TrustedProxies::parse({"nginx"}));
    CHECK_FALSE(TrustedProxies().trusts("127.0.0.1"));
}
