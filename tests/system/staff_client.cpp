#include "tests/system/staff_client.hpp"

#include <stdexcept>

#include "shared/core/random.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/base32.hpp"
#include "shared/crypto/totp.hpp"

namespace plus7::test {
namespace {

void require(const Answer& answer, int status, const std::string& what) {
    if (answer.status != status)
        throw std::runtime_error(what + " was answered " + std::to_string(answer.status) + " " + answer.body.dump());
}

}  // namespace

StaffClient::StaffClient(std::string url, const std::string& setup_token)
    : url_(std::move(url)), client_(std::move(http::Client::make()).value()) {
    const std::string password = "correct horse battery";
    const nlohmann::json admin{
        {"token", setup_token}, {"login", "admin"}, {"name", "Анна Проверкина"}, {"password", password}};
    require(post("/api/v1/setup", admin), 200, "set-up");
    const auto me = get("/api/v1/me");
    require(me, 200, "me");
    csrf_ = me.body.at("csrf").get<std::string>();
    set_up_second_factor(password);
}

// An administrator's role demands it before anything else.
void StaffClient::set_up_second_factor(const std::string& password) {
    const auto offered = post("/api/v1/me/totp", {{"password", password}});
    require(offered, 200, "asking for a second factor");
    const auto secret = crypto::from_base32(offered.body.at("secret").get<std::string>());
    const auto code = crypto::hotp(secret.value(), crypto::totp_step(core::SystemClock{}.now()));
    require(post("/api/v1/me/totp/confirm", {{"code", code}}), 200, "confirming the second factor");
    const auto me = get("/api/v1/me");
    require(me, 200, "me");
    csrf_ = me.body.at("csrf").get<std::string>();
}

http::Reply StaffClient::send(http::Method method, const std::string& path, const std::string& body,
                              const std::string& type) {
    http::Call call;
    call.method = method;
    call.url = url_ + path;
    if (method != http::Method::get) {
        call.body = body;
        call.headers.set("Content-Type", type);
        call.headers.set("Origin", url_);
        call.headers.set("Idempotency-Key", core::to_hex(core::random_bytes(16)));
        if (!csrf_.empty()) call.headers.set("X-Plus7-Csrf", csrf_);
    }
    if (!cookie_.empty()) call.headers.set("Cookie", cookie_);
    auto reply = client_.call(call);
    if (!reply) throw std::runtime_error(path + ": " + reply.error().message);
    if (const auto set = reply->headers.get("Set-Cookie")) cookie_ = std::string(set->substr(0, set->find(';')));
    return std::move(*reply);
}

Answer StaffClient::call(http::Method method, const std::string& path, const std::string& body,
                         const std::string& type) {
    const auto reply = send(method, path, body, type);
    const auto parsed = nlohmann::json::parse(reply.body, nullptr, false);
    return {reply.status, parsed.is_discarded() ? nlohmann::json() : parsed};
}

std::string StaffClient::download(const std::string& path) {
    const auto reply = send(http::Method::get, path, "", "");
    if (reply.status != 200) throw std::runtime_error(path + " was answered " + std::to_string(reply.status));
    return reply.body;
}

CarriedDevice StaffClient::courier_with_device(const std::string& name, const std::string& code) {
    const auto courier = post("/api/v1/couriers", {{"name", name}, {"code", code}});
    require(courier, 201, "creating a courier");
    CarriedDevice carried;
    carried.courier = courier.body.at("id").get<std::string>();
    const auto device = post("/api/v1/devices", {{"name", "handheld " + code}, {"courier", carried.courier}});
    require(device, 201, "creating a device");
    carried.device = device.body.at("device").at("id").get<std::string>();
    carried.link = device.body.at("enrolment").at("url").get<std::string>();
    return carried;
}

nlohmann::json StaffClient::events(const std::string& courier, const std::string& types) {
    const auto now = core::count(core::SystemClock{}.now()) / 1000;
    const auto first = "/api/v1/couriers/" + courier + "/events?limit=200&type=" + types +
                       "&from_ms=" + std::to_string(now - 86'400'000) + "&to_ms=" + std::to_string(now + 86'400'000);
    auto all = nlohmann::json::array();
    std::string cursor;
    do {
        const auto page = get(cursor.empty() ? first : first + "&cursor=" + cursor);
        require(page, 200, "events");
        for (const auto& event : page.body.at("items")) all.push_back(event);
        const auto& next = page.body.at("next");
        cursor = next.is_string() ? next.get<std::string>() : "";
    } while (!cursor.empty());
    return all;
}

}  // namespace plus7::test
