#include "shared/http/headers.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/http/cookies.hpp"
#include "shared/http/request.hpp"

using namespace plus7::http;

TEST_CASE("header names compare without case and keep their order") {
    Headers headers;
    headers.add("X-One", "1");
    headers.add("x-one", "2");
    CHECK(headers.get("X-ONE") == "1");
    CHECK(headers.all("x-One") == std::vector<std::string_view>{"1", "2"});
    headers.set("X-one", "3");
    headers.set_if_missing("X-One", "4");
    CHECK(headers.all("x-one") == std::vector<std::string_view>{"3"});
    CHECK_FALSE(headers.has("X-Two"));
}

TEST_CASE("a header value cannot smuggle in a second header") {
    Headers headers;
    CHECK_THROWS_AS(headers.add("X", "a\r\nSet-Cookie: b"), std::invalid_argument);
    CHECK_THROWS_AS(headers.set("X\r\nY", "a"), std::invalid_argument);
    CHECK_THROWS_AS(headers.set("", "a"), std::invalid_argument);
    CHECK(headers.size() == 0);
}

TEST_CASE("a cookie is written with safe attributes and read back") {
    CHECK(to_set_cookie({.name = "__Host-s", .value = "abc", .max_age = std::chrono::hours{1}}) ==
          "__Host-s=abc; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict");
    CHECK(to_set_cookie({.name = "s", .value = "", .same_site = SameSite::lax, .secure = false, .http_only = false}) ==
          "s=; Path=/; SameSite=Lax");
    CHECK(to_clear_cookie("__Host-s").find("Max-Age=0") != std::string::npos);
    CHECK_THROWS_AS(to_set_cookie({.name = "__Host-s", .value = "x", .secure = false}), std::invalid_argument);
    CHECK_THROWS_AS(to_set_cookie({.name = "s", .value = "a;b"}), std::invalid_argument);
    CHECK_THROWS_AS(to_set_cookie({.name = "s=", .value = "a"}), std::invalid_argument);

    Headers headers;
    headers.add("Cookie", "a=1; b = \"two\";broken; a=3");
    headers.add("Cookie", "c=4=5");
    const auto request = make_request(Method::get, "/", headers).value();
    CHECK(request.cookie("a") == "1");
    CHECK(request.cookie("b") == "two");
    CHECK(request.cookie("c") == "4=5");
    CHECK_FALSE(request.cookie("broken"));
}
