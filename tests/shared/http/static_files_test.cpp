#include "shared/http/static_files.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "shared/http/compress.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::http;

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

struct Site {
    test::TempDir dir;
    StaticFiles files = make(dir);

    static StaticFiles make(const test::TempDir& dir) {
        write(dir.path() / "web/index.html", "<p>index");
        write(dir.path() / "web/assets/app-1a2b3c4d.js", "let a = 1");
        write(dir.path() / "web/assets/app-1a2b3c4d.js.gz", gzip("let a = 1"));
        write(dir.path() / "web/icon.svg", "<svg/>");
        write(dir.path() / "secret.txt", "secret");
        return StaticFiles::from_disk(dir.path() / "web").value();
    }
    std::optional<Response> ask(std::string_view target, Headers headers = {}, Method method = Method::get) const {
        auto request = make_request(method, target, std::move(headers));
        if (!request) return std::nullopt;  // the server answers 400
        return files.serve(*request);
    }
    static Headers with(const char* name, const char* value) {
        Headers headers;
        headers.add(name, value);
        return headers;
    }
};

}  // namespace

TEST_CASE("files come with type, tag and how long they may be kept") {
    const Site site;
    const auto index = site.ask("/").value();
    CHECK(index.body == "<p>index");
    CHECK(index.headers.get("Content-Type") == "text/html; charset=utf-8");
    CHECK(index.headers.get("Cache-Control") == "no-cache");
    const auto script = site.ask("/assets/app-1a2b3c4d.js").value();
    CHECK(script.headers.get("Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(script.headers.get("Vary") == "Accept-Encoding");
    CHECK(script.body == "let a = 1");
    const auto etag = std::string(script.headers.get("ETag").value());
    CHECK(site.ask("/assets/app-1a2b3c4d.js", Site::with("If-None-Match", etag.c_str()))->status == 304);
    CHECK(site.ask("/assets/app-1a2b3c4d.js", Site::with("Range", "bytes=0-2"))->body == "let");
    CHECK_FALSE(site.ask("/icon.svg", {}, Method::post));
}

TEST_CASE("who accepts gzip gets the packed twin") {
    const Site site;
    const auto packed = site.ask("/assets/app-1a2b3c4d.js", Site::with("Accept-Encoding", "gzip, br")).value();
    CHECK(packed.headers.get("Content-Encoding") == "gzip");
    CHECK(packed.headers.get("Content-Type") == "text/javascript; charset=utf-8");
    CHECK(gunzip(packed.body, 1000).value() == "let a = 1");
}

TEST_CASE("a file that is embedded only packed is unpacked for who needs it") {
    const auto index = gzip("<p>touch");
    const auto files = StaticFiles::from_embedded({{"index.html.gz", index}}).value();
    CHECK(files.serve(make_request(Method::get, "/").value())->body == "<p>touch");
}

TEST_CASE("no spelling of a path leads outside") {
    const Site site;
    for (const char* target : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
                               "/assets/../../secret.txt", "/assets/..%5c..%5csecret.txt", "/..\\secret.txt",
                               "/%00/secret.txt", "/icon.svg%00.html", "//secret.txt", "/assets%2fapp-1a2b3c4d.js",
                               "/./icon.svg", "/assets//app-1a2b3c4d.js", "/secret.txt", "/web/index.html"}) {
        CAPTURE(target);
        CHECK_FALSE(site.ask(target));
    }
}

TEST_CASE("a page address gets the index only when a browser navigates to it, and never below api or tiles") {
    const Site site;
    const auto navigation = [] { return Site::with("Accept", "text/html,application/xhtml+xml;q=0.9"); };
    CHECK(site.ask("/orders/17", navigation())->body == "<p>index");
    CHECK_FALSE(site.ask("/orders/17", Site::with("Accept", "application/json")));
    CHECK_FALSE(site.ask("/orders/17"));
    CHECK_FALSE(site.ask("/missing.js", navigation()));
    CHECK_FALSE(site.ask("/api/orders", navigation()));
    CHECK_FALSE(site.ask("/tiles/1/2/3", navigation()));
    CHECK_FALSE(site.ask("/api", navigation()));
}

TEST_CASE("a web project may live below its own mount") {
    const auto files = StaticFiles::from_embedded({{"index.html", "track"}, {"a.js", "1"}}, {.mount = "/t/"}).value();
    CHECK(files.serve(make_request(Method::get, "/t/").value())->body == "track");
    CHECK(files.serve(make_request(Method::get, "/t/a.js").value())->body == "1");
    CHECK_FALSE(files.serve(make_request(Method::get, "/a.js").value()));
}

TEST_CASE("a web root without an index, that is missing, or with a link to the outside is refused") {
    const test::TempDir dir;
    CHECK(StaticFiles::from_disk(dir.path() / "none").error().kind == core::ErrorKind::unavailable);
    write(dir.path() / "web/a.js", "1");
    CHECK(StaticFiles::from_disk(dir.path() / "web").error().kind == core::ErrorKind::not_found);
    write(dir.path() / "web/index.html", "x");
    write(dir.path() / "outside.txt", "secret");
    std::filesystem::create_symlink(dir.path() / "outside.txt", dir.path() / "web/link.txt");
    CHECK(StaticFiles::from_disk(dir.path() / "web").error().kind == core::ErrorKind::invalid);
}
