// The strict reader of request bodies.
#include "central/api/json_body.hpp"

#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using central::api::JsonBody;

namespace {

http::Request with_body(std::string body, std::string_view type = "application/json") {
    http::Headers headers;
    if (!type.empty()) headers.set("Content-Type", type);
    return http::make_request(http::Method::post, "/x", headers, std::move(body)).value();
}

}  // namespace

TEST_CASE("bodies that are refused as a whole") {
    struct Row {
        std::string body, type, has;
    };
    const Row rows[]{
        {"", "application/json", "one JSON object"},
        {"[]", "application/json", "one JSON object"},
        {"null", "application/json", "one JSON object"},
        {"{", "application/json", "one JSON object"},
        {R"({"a":"x"} {})", "application/json", "one JSON object"},
        {R"({"a":"x","a":"y"})", "application/json", "each member once"},
        {R"({"a":{"b":1,"b":2}})", "application/json", "each member once"},
        {"{\"a\":\"\xFF\"}", "application/json", "UTF-8"},
        {R"({"a":"\ud800"})", "application/json", "one JSON object"},
        {R"({"a":NaN})", "application/json", "one JSON object"},
        {R"({"a":)" + std::string(9, '[') + std::string(9, ']') + "}", "application/json", "deeply"},
        {std::string(100'000, '['), "application/json", "deeply"},
        {R"({"a":"x"})", "text/plain", "Content-Type"},
        {R"({"a":"x"})", "", "Content-Type"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.body.substr(0, 60));
        JsonBody body(with_body(row.body, row.type));
        body.maybe_text("a");
        const auto refused = body.refusal();
        REQUIRE(refused.has_value());
        CHECK(refused->status == 400);
        CHECK_MESSAGE(member(*refused, "detail").find(row.has) != std::string::npos, refused->body);
    }
}

TEST_CASE("brackets and quotes within strings are text, not nesting") {
    JsonBody body(with_body(R"({"a":"\"[[[[[[[[[[[[{{{{{{\\"})", "Application/JSON; charset=utf-8"));
    CHECK(body.text("a") == "\"[[[[[[[[[[[[{{{{{{\\");
    CHECK_FALSE(body.refusal().has_value());
}

TEST_CASE("all faults are told at once, each with its member and a code") {
    JsonBody body(with_body(R"({"short":"","long":"ффффф","number":"1","far":7,"huge":18446744073709551615,"half":1.5,
        "flag":0,"list":["a",2],"many":["a","b","c"],"nul":"a\u0000b","secret_extra":"do not repeat me"})"));
    body.text("missing");
    body.text("short");
    body.text("long", {1, 4, nullptr});
    body.maybe_number("number", 0, 9);
    body.maybe_number("far", 0, 6);
    body.maybe_number("huge", 0, INT64_MAX);
    body.maybe_number("half", 0, 9);
    body.maybe_flag("flag");
    body.maybe_texts("list", 5);
    body.maybe_texts("many", 2);
    body.text("nul");
    const auto refused = body.refusal();
    REQUIRE(refused.has_value());
    for (const auto* part : {R"("field":"missing","code":"required")", R"("field":"short","code":"too_short")",
                             R"("field":"long","code":"too_long")", R"("field":"number","code":"malformed")",
                             R"("field":"far","code":"out_of_range")", R"("field":"huge","code":"out_of_range")",
                             R"("field":"half","code":"malformed")", R"("field":"flag","code":"malformed")",
                             R"("field":"list[1]","code":"malformed")", R"("field":"many","code":"too_long")",
                             R"("field":"nul","code":"malformed")", R"("field":"secret_extra","code":"unknown")"})
        CHECK_MESSAGE(refused->body.find(part) != std::string::npos, part);
    CHECK(refused->body.find("do not repeat me") == std::string::npos);
}

TEST_CASE("members are optional, null only where it is asked for") {
    JsonBody body(with_body(R"({"phone":null,"name":null,"n":7,"f":true})"));
    CHECK(body.gives_null("phone"));
    CHECK_FALSE(body.maybe_text("phone").has_value());
    CHECK_FALSE(body.maybe_text("other").has_value());
    CHECK(body.number("n", 0, 9) == 7);
    CHECK(body.maybe_flag("f") == true);
    body.maybe_text("name");
    const auto refused = body.refusal();
    REQUIRE(refused.has_value());
    CHECK(member(*refused, "fields.0.field") == "name");
    CHECK(member(*refused, "fields.1.field").empty());
}

TEST_CASE("an empty body counts as an empty object only where it may") {
    JsonBody body(with_body("", ""), true);
    CHECK_FALSE(body.refusal().has_value());
}
