#include "shared/http/conditional.hpp"

#include <doctest/doctest.h>

#include "shared/http/compress.hpp"
#include "shared/http/file_response.hpp"
#include "shared/http/problem.hpp"
#include "shared/http/range.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>

using namespace plus7;
using namespace plus7::http;

namespace {

Request asking(std::initializer_list<std::pair<const char*, const char*>> headers, Method method = Method::get) {
    Headers all;
    for (const auto& [name, value] : headers) all.add(name, value);
    return make_request(method, "/x", all).value();
}

std::string drain(Response& response) {
    std::string whole;
    for (auto piece = response.stream->pull().value(); !piece.empty(); piece = response.stream->pull().value())
        whole += piece;
    return whole;
}

}  // namespace

TEST_CASE("equal bytes have equal tags, other bytes others") {
    CHECK(etag_of("a") == etag_of("a"));
    CHECK(etag_of("a") != etag_of("b"));
    CHECK(etag_of("").size() == 24);
    CHECK(etag_of_version(42) == "\"v42\"");
}

TEST_CASE("what the client has already is not sent again") {
    for (const char* list : {"\"t\"", "\"a\", \"t\"", "W/\"t\"", "*", "\"t-gz\""}) {
        CAPTURE(list);
        auto response = json("{}").with("ETag", "\"t\"");
        apply_not_modified(asking({{"If-None-Match", list}}), response);
        CHECK(response.status == 304);
        CHECK(response.body.empty());
        CHECK(response.headers.has("ETag"));
    }
    auto other = json("{}").with("ETag", "\"t\"");
    apply_not_modified(asking({{"If-None-Match", "\"u\", t"}}), other);
    CHECK(other.status == 200);
    auto change = json("{}").with("ETag", "\"t\"");
    apply_not_modified(asking({{"If-None-Match", "\"t\""}}, Method::post), change);
    CHECK(change.status == 200);
}

TEST_CASE("a change needs the tag of the state that was read") {
    CHECK_FALSE(check_if_match(asking({{"If-Match", "\"v1\""}}), "\"v1\""));
    CHECK_FALSE(check_if_match(asking({{"If-Match", "\"v1-gz\""}}), "\"v1\""));
    CHECK_FALSE(check_if_match(asking({{"If-Match", "*"}}), "\"v1\""));
    CHECK(check_if_match(asking({{"If-Match", "\"v0\""}}), "\"v1\"")->status == 412);
    CHECK(check_if_match(asking({}), "\"v1\"")->status == 428);
    CHECK_FALSE(check_if_match(asking({}), "\"v1\"", false));
}

TEST_CASE("one range of bytes is cut out, several or broken ones are ignored") {
    struct Case {
        const char* range;
        int status;
        const char* body;
    };
    for (const auto& [range, status, body] :
         std::initializer_list<Case>{{"bytes=0-0", 206, "0"},
                                     {"bytes=2-4", 206, "234"},
                                     {"bytes=7-", 206, "789"},
                                     {"bytes=-3", 206, "789"},
                                     {"bytes=-99", 206, "0123456789"},
                                     {"bytes=8-99", 206, "89"},
                                     {"bytes=0-1,3-4", 200, "0123456789"},
                                     {"bytes=4-2", 200, "0123456789"},
                                     {"bytes=a-b", 200, "0123456789"},
                                     {"bytes=5", 200, "0123456789"},
                                     {"bytes=-", 200, "0123456789"},
                                     {"bytes=99999999999999999999-", 200, "0123456789"},
                                     {"items=1-2", 200, "0123456789"}}) {
        CAPTURE(range);
        auto response = plain("0123456789");
        apply_range(asking({{"Range", range}}), response);
        CHECK(response.status == status);
        CHECK(response.body == body);
    }
    auto part = plain("0123456789");
    apply_range(asking({{"Range", "bytes=2-4"}}), part);
    CHECK(part.headers.get("Content-Range") == "bytes 2-4/10");
}

TEST_CASE("a range outside of the resource is 416") {
    for (const char* range : {"bytes=10-", "bytes=10-20", "bytes=-0"}) {
        CAPTURE(range);
        auto response = plain("0123456789");
        apply_range(asking({{"Range", range}}), response);
        CHECK(response.status == 416);
        CHECK(response.headers.get("Content-Range") == "bytes */10");
    }
}

TEST_CASE("If-Range with another state gets the whole") {
    auto same = plain("0123456789").with("ETag", "\"t\"");
    apply_range(asking({{"Range", "bytes=1-1"}, {"If-Range", "\"t\""}}), same);
    CHECK(same.status == 206);
    for (const char* other : {"\"u\"", "W/\"t\"", "Sun, 22 Nov 2026 08:00:00 GMT"}) {
        CAPTURE(other);
        auto response = plain("0123456789").with("ETag", "\"t\"");
        apply_range(asking({{"Range", "bytes=1-1"}, {"If-Range", other}}), response);
        CHECK(response.status == 200);
    }
}

TEST_CASE("a file is sent in pieces, whole or in part, and known by its tag") {
    const test::TempDir dir;
    std::string content(300'000, 'x');
    content[200'000] = 'y';
    std::ofstream(dir.file("photo.jpg"), std::ios::binary) << content;
    auto whole = file_response(asking({}), dir.file("photo.jpg"), "image/jpeg").value();
    CHECK(whole.stream->length == content.size());
    CHECK(drain(whole) == content);
    auto part = file_response(asking({{"Range", "bytes=199999-200001"}}), dir.file("photo.jpg"), "image/jpeg").value();
    CHECK(part.status == 206);
    CHECK(drain(part) == "xyx");
    const std::string etag(whole.headers.get("ETag").value());
    CHECK(
        file_response(asking({{"If-None-Match", etag.c_str()}}), dir.file("photo.jpg"), "image/jpeg").value().status ==
        304);
    CHECK(file_response(asking({{"Range", "bytes=300000-"}}), dir.file("photo.jpg"), "image/jpeg").value().status ==
          416);
    CHECK(file_response(asking({}), dir.file("nothing"), "x/y").error().kind == core::ErrorKind::not_found);
    CHECK(file_response(asking({}), dir.path(), "x/y").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("JSON over the limit is packed for who asks for it, with its own tag") {
    const std::string text(5000, 'a');
    const auto packed_for = [&](const char* accept) {
        auto response = json(text).with("ETag", "\"t\"");
        gzip_response(asking({{"Accept-Encoding", accept}}), response);
        return response;
    };
    for (const char* accept : {"gzip", "br, GZIP;q=0.5", "*", "gzip;q=0.001"}) {
        CAPTURE(accept);
        const auto response = packed_for(accept);
        CHECK(response.headers.get("Content-Encoding") == "gzip");
        CHECK(response.headers.get("ETag") == "\"t-gz\"");
        CHECK(response.headers.get("Vary") == "Accept-Encoding");
        CHECK(gunzip(response.body, 10'000).value() == text);
    }
    for (const char* accept : {"identity", "br", "gzip;q=0", "gzip; q=0.000"}) {
        CAPTURE(accept);
        const auto response = packed_for(accept);
        CHECK(response.body == text);
        CHECK(response.headers.get("Vary") == "Accept-Encoding");
    }
    auto small = json("{}");
    gzip_response(asking({{"Accept-Encoding", "gzip"}}), small);
    CHECK(small.body == "{}");
    auto picture = bytes(text, "image/png");
    gzip_response(asking({{"Accept-Encoding", "gzip"}}), picture);
    CHECK(picture.body == text);
}

TEST_CASE("unpacking is bounded and refuses what is cut or is no gzip") {
    const auto bomb = gzip(std::string(1 << 20, '\0'));
    CHECK(gunzip(bomb, 1000).error().kind == core::ErrorKind::limit);
    CHECK(gunzip(bomb.substr(0, bomb.size() / 2), 2 << 20).error().kind == core::ErrorKind::invalid);
    CHECK(gunzip("no gzip at all", 1000).error().kind == core::ErrorKind::invalid);
    CHECK(gunzip("", 1000).error().kind == core::ErrorKind::invalid);
}

TEST_CASE("each kind of error has its status, and only internal ones hide their text") {
    auto request = asking({});
    request.id = "abc";
    const auto refused = problem(core::invalid("the \"weight\" must be above 0"), request);
    CHECK(refused.status == 422);
    CHECK(refused.headers.get("Content-Type") == "application/problem+json");
    CHECK(
        refused.body ==
        R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"the \"weight\" must be above 0","kind":"invalid","request_id":"abc"})");
    CHECK(problem(core::not_found("x"), request).status == 404);
    CHECK(problem(core::conflict("x"), request).status == 409);
    CHECK(problem(core::denied("x"), request).status == 403);
    CHECK(problem(core::expired("x"), request).status == 410);
    CHECK(problem(core::limit("x"), request).headers.get("Retry-After") == "1");
    CHECK(problem(core::unavailable("x"), request).headers.get("Retry-After") == "5");
    const auto own = problem(core::internal("table gone"), request);
    CHECK(own.status == 500);
    CHECK(own.body.find("table gone") == std::string::npos);
    CHECK(own.note == "table gone");
    CHECK(problem(400, "bad \xff byte").body.find("bad") != std::string::npos);
}
