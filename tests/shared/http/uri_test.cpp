#include "shared/http/uri.hpp"

#include <doctest/doctest.h>

#include "shared/core/random.hpp"

using namespace plus7;
using namespace plus7::http;

TEST_CASE("a target is split into decoded segments and query fields in order") {
    const auto target = parse_target("/api/a%20b//%D0%AF?x=1&x=2+3&empty&=v&q=%26%3D").value();
    CHECK(target.path == "/api/a%20b//%D0%AF");
    CHECK(target.segments == std::vector<std::string>{"api", "a b", "", "Я"});
    CHECK(target.query == Query{{"x", "1"}, {"x", "2 3"}, {"empty", ""}, {"", "v"}, {"q", "&="}});
    CHECK(parse_target("/").value().segments.empty());
    CHECK(parse_target("/a/").value().segments == std::vector<std::string>{"a", ""});
}

TEST_CASE("targets that could mean two things are refused") {
    for (const char* bad :
         {"", "a", "*", "http://host/a", "/..", "/a/../b", "/a/%2e%2e/b", "/a/.%2E", "/%2e", "/a%", "/a%2", "/a%zz",
          "/a%00b", "/%ff", "/%c0%af", "/%ed%a0%80", "/a?b=%", "/a?b=%00", "/a?b=%ff"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_target(bad));
    }
    std::string many = "/?";
    for (int i = 0; i < 101; ++i) many += "a&";
    CHECK_FALSE(parse_target(many));
}

TEST_CASE("three dots are a name like any other") { CHECK(parse_target("/.../..a").ok()); }

TEST_CASE("encoding and decoding are each other's inverse, and random bytes never crash the decoder") {
    CHECK(percent_encode("a b/Я~") == "a%20b%2F%D0%AF~");
    CHECK(to_query_text({{"a b", "1&2"}, {"c", ""}}) == "a%20b=1%262&c=");
    for (int round = 0; round < 2000; ++round) {
        const auto bytes = core::random_bytes(core::random_below(24));
        std::string text(core::text_of(bytes));
        const auto decoded = percent_decode(percent_encode(text));
        if (is_utf8(text) && text.find('\0') == text.npos) {
            CHECK(decoded == text);
        } else {
            CHECK_FALSE(decoded);
        }
        (void)parse_target("/" + text);
        (void)parse_url("http://" + text);
    }
}

TEST_CASE("a URL gives scheme, host, port and target") {
    const auto url = parse_url("HTTPS://Example.org:8443/a?b=c#d").value();
    CHECK(url.scheme == "https");
    CHECK(url.host == "example.org");
    CHECK(url.port == 8443);
    CHECK(url.target == "/a?b=c");
    CHECK(url.origin() == "https://example.org:8443");
    CHECK(parse_url("http://h").value().origin() == "http://h");
    CHECK(parse_url("http://h?x").value().target == "/?x");
    const auto six = parse_url("http://[::1]:80/").value();
    CHECK(six.host == "::1");
    CHECK(six.host_header() == "[::1]");
}

TEST_CASE("URLs that are none are refused") {
    for (const char* bad : {"", "example.org", "ftp://h/", "http://", "http:///a", "http://h:/", "http://h:0/",
                            "http://h:65536/", "http://h:1x/", "http://u@h/", "http://u:p@h/", "http://[::1/",
                            "http://[::1]x/", "http://h/a b", "http://h/\r\nX: y", "http://h\r\n/"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_url(bad));
    }
}
