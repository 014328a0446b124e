// The handheld's page as its browser meets it: a real agent on loopback, and the gate in front of it.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "agent/handheld/page_gate.hpp"
#include "shared/http/client.hpp"
#include "shared/wire/map_pack.hpp"
#include "tests/agent/handheld/enrolled_agent.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::handheld::PageGate;
using http::Method;
using nlohmann::json;

namespace {

// A browser that was opened with the address for the kiosk.
struct Kiosk {
    explicit Kiosk(EnrolledAgent& agent) {
        const auto shown = agent.run({"page"});
        REQUIRE_MESSAGE(shown.code == 0, shown.output);
        address = shown.output.substr(0, shown.output.find('\n'));
        origin = address.substr(0, address.find("/?"));
        const auto opened = send(Method::get, address.substr(origin.size()));
        REQUIRE(opened.status == 303);
        const auto given = std::string(opened.headers.get_or("Set-Cookie", ""));
        CHECK(given.find("HttpOnly") != std::string::npos);
        CHECK(given.find("SameSite=Strict") != std::string::npos);
        cookie = given.substr(0, given.find(';'));
    }
    http::Reply send(Method method, const std::string& path, const std::string& body = {}) {
        http::Call call;
        call.method = method;
        call.url = origin + path;
        call.body = body;
        if (!cookie.empty()) call.headers.set("Cookie", cookie);
        if (method == Method::post) call.headers.set("Origin", sent_origin.empty() ? origin : sent_origin);
        return client.call(call).value();
    }
    json state() {
        const auto reply = send(Method::get, "/api/state");
        REQUIRE(reply.status == 200);
        return json::parse(reply.body);
    }

    http::Client client = http::Client::make().value();
    std::string address, origin, cookie, sent_origin;
};

http::Request request(const std::string& host, const std::string& path = "/api/state") {
    http::Request made;
    made.method = Method::get;
    made.path = path;
    made.headers.set("Host", host);
    return made;
}

}  // namespace

TEST_CASE("the page's address is for the agent's user alone, and its token lives as long as the boot") {
    EnrolledAgent agent;
    agent.start();
    for (const auto* name : {"page.url", "page.token"})
        CHECK((std::filesystem::status(agent.data() / name).permissions() & std::filesystem::perms::mask) ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    const auto token = [&] {
        const auto shown = agent.run({"page"}).output;
        CHECK(shown.starts_with("http://127.0.0.1:"));
        return shown.substr(shown.find("t="));
    };
    const auto first = token();
    agent.kill();
    agent.start();
    CHECK(token() == first);
    agent.kill();
    std::ofstream(agent.data() / "page.token") << "another-boot stale";
    std::filesystem::permissions(agent.data() / "page.token",
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    agent.start();
    CHECK(token() != first);
}

TEST_CASE("without the cookie, from another page or under another name nobody gets in") {
    EnrolledAgent agent;
    agent.start();
    Kiosk kiosk(agent);
    CHECK(kiosk.state().at("mode") == "look");
    kiosk.sent_origin = "http://evil.example";
    CHECK(kiosk.send(Method::post, "/api/mode", R"({"mode":"take"})").status == 403);
    kiosk.sent_origin.clear();
    CHECK(kiosk.send(Method::post, "/api/mode", R"({"mode":"take"})").status == 200);
    const auto cookie = std::exchange(kiosk.cookie, "plus7_page=guess");
    CHECK(kiosk.send(Method::get, "/api/state").status == 403);
    CHECK(kiosk.send(Method::get, "/?t=guess").status == 403);
    kiosk.cookie = cookie;
    CHECK(kiosk.state().at("mode") == "take");
}

TEST_CASE("a name that points to this machine is not ours (DNS rebinding)") {
    PageGate gate;
    gate.set_port(8080);
    const http::Next next = [] { return http::plain("in"); };
    auto asked = request("127.0.0.1:8080");
    asked.headers.set("Cookie", "plus7_page=" + gate.token());
    CHECK(gate.pass(asked, next).status == 200);
    auto renamed = request("evil.example:8080");
    renamed.headers.set("Cookie", "plus7_page=" + gate.token());
    CHECK(gate.pass(renamed, next).status == 403);
    auto socket = request("localhost:8080", "/api/events");
    socket.headers.set("Cookie", "plus7_page=" + gate.token());
    CHECK(gate.pass(socket, next).status == 403);  // a websocket says from which page it comes
    auto camera = request("localhost:8080", "/api/camera");
    camera.headers.set("Cookie", "plus7_page=" + gate.token());
    CHECK(gate.pass(camera, next).status == 403);
    for (auto* asked_for : {&socket, &camera}) {
        asked_for->headers.set("Origin", "http://localhost:8080");
        CHECK(gate.pass(*asked_for, next).status == 200);
    }
}

TEST_CASE("the state tells device, list and scans; a scan of a stranger and a misread one are told apart") {
    EnrolledAgent agent;
    agent.bind_courier("C-017");
    agent.start();
    Kiosk kiosk(agent);
    CHECK(kiosk.state().at("scan").is_null());
    CHECK(kiosk.state().at("status").at("courier") == "C-017");
    REQUIRE(kiosk.send(Method::post, "/api/shift/start").status == 201);
    const auto before = kiosk.state().at("n").get<int>();
    CHECK(json::parse(kiosk.send(Method::post, "/api/scan", R"({"code":"4600000000015"})").body).at("outcome") ==
          "unexpected");
    const auto bad = json::parse(kiosk.send(Method::post, "/api/scan", R"({"code":"4600000000016"})").body);
    CHECK(bad.at("outcome") == "bad");
    CHECK(bad.at("why").get<std::string>().find("check digit") != std::string::npos);
    const auto state = kiosk.state();
    CHECK(state.at("scan").at("n") == 2);
    CHECK(state.at("n").get<int>() > before);
    CHECK(state.at("status").at("shift").at("courier") == "C-017");
    CHECK(state.at("work").at("reasons").size() == 8);
    CHECK(kiosk.send(Method::post, "/api/parcels/take", R"({"parcels":["A-1-1"]})").status == 404);
    CHECK(kiosk.send(Method::post, "/api/parcels/take", "[").status == 422);
}

TEST_CASE("a message is saved without any central and stands in the state; what is none is refused") {
    EnrolledAgent agent;
    agent.bind_courier("C-017");
    agent.start();
    Kiosk kiosk(agent);
    const auto say = [&](const std::string& body) { return kiosk.send(Method::post, "/api/chat", body).status; };
    CHECK(say(R"({"text":"да"})") == 409);  // no shift
    REQUIRE(kiosk.send(Method::post, "/api/shift/start").status == 201);
    CHECK(say(R"({"text":"Мост перекрыт"})") == 201);
    CHECK(say(R"({"text":"\u0443 \ud83d\ude9a","order":"0102030405060708090a0b0c0d0e0f10"})") == 201);
    for (const auto* body :
         {"", "[", "{}", R"({"text":7})", R"({"text":" "})", R"({"text":"a\u0000"})", R"({"text":"да","order":7})"})
        CHECK_MESSAGE(say(body) == 422, body);
    CHECK(say(R"({"text":"да","order":"A-10001"})") == 404);
    const auto chat = kiosk.state().at("chat");
    CHECK(chat.at("unread") == 0);
    REQUIRE(chat.at("messages").size() == 2);
    CHECK(chat.at("messages")[0].at("text") == "Мост перекрыт");
    CHECK(chat.at("messages")[0].at("state") == "waiting");
    CHECK(chat.at("messages")[1].at("order") == "0102030405060708090a0b0c0d0e0f10");
    CHECK(kiosk.send(Method::post, "/api/chat/read").status == 204);
    CHECK(json::parse(kiosk.send(Method::get, "/api/access").body).at("looks").empty());
}

TEST_CASE("a photo is kept under its hash; what is no picture, or too large, is refused") {
    EnrolledAgent agent;
    agent.start();
    Kiosk kiosk(agent);
    const auto kept = kiosk.send(Method::post, "/api/blobs", "\xFF\xD8\xFF\xE0 a photo");
    CHECK(kept.status == 201);
    CHECK(json::parse(kept.body).at("sha256").get<std::string>().size() == 64);
    CHECK(kiosk.send(Method::post, "/api/blobs", "GIF89a").status == 422);
    CHECK(kiosk.send(Method::post, "/api/blobs", "").status == 422);
    CHECK(kiosk.send(Method::post, "/api/blobs", "\xFF\xD8\xFF" + std::string(9 << 20, 'x')).status == 413);
}

TEST_CASE("without a fix and without streets the map is told so; a pack of streets is served as it came") {
    EnrolledAgent agent;
    agent.start();
    Kiosk kiosk(agent);
    CHECK(json::parse(kiosk.send(Method::get, "/api/position").body).at("place").is_null());
    CHECK(kiosk.send(Method::get, "/api/map").body == "null");
    CHECK(kiosk.send(Method::get, "/tiles/14/9903/5116.mvt").status == 204);
    wire::PackHead head;
    head.area = {3'750'000, 5'575'000, 3'770'000, 5'585'000};
    head.min_zoom = head.max_zoom = 14;
    head.attribution = "© OpenStreetMap";
    head.tiles = {{14, 9903, 5116, 4, 0}};
    std::ofstream(agent.data() / "map.pack", std::ios::binary) << wire::pack_head(head) << "tile";
    const auto facts = json::parse(kiosk.send(Method::get, "/api/map").body);
    CHECK(facts == json{{"min_zoom", 14}, {"max_zoom", 14}, {"attribution", "© OpenStreetMap"}});
    for (const auto* odd : {"/tiles/14/9903/5117.mvt", "/tiles/x/1/1.mvt", "/tiles/99999999999/1/1.mvt"})
        CHECK(kiosk.send(Method::get, odd).status == 204);
    kiosk.cookie.clear();
    CHECK(kiosk.send(Method::get, "/tiles/14/9903/5116.mvt").status == 403);
}
