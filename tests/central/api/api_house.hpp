// Central's API over a real database in a file, without a network: requests go to Router::handle. A Browser keeps its
// cookie and CSRF token as a real one does.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "central/api/api.hpp"
#include "central/api/field_routes.hpp"
#include "central/app/accounts/sessions.hpp"
#include "central/broker/authority_folder.hpp"
#include "shared/crypto/aead.hpp"
#include "shared/http/router.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

namespace accounts = central::app::accounts;

class SetClock final : public core::Clock {
  public:
    core::TimeUs now() override {
        const std::lock_guard guard(lock_);
        return at;
    }
    std::chrono::milliseconds mono() override {
        return std::chrono::floor<std::chrono::milliseconds>(now().time_since_epoch());
    }
    // While other threads read it.
    void advance(std::chrono::microseconds by) {
        const std::lock_guard guard(lock_);
        at += by;
    }
    core::TimeUs at = *core::from_iso8601("2026-11-22T12:00:00Z");

  private:
    std::mutex lock_;
};

// Notes who was kicked.
struct NotedKicks final : central::app::devices::DeviceGate {
    void kick(const core::DeviceId& device) override { devices.push_back(device); }
    std::vector<core::DeviceId> devices;
};

struct ApiHouse {
    static constexpr const char* origin = "https://plus7.example";
    static constexpr const char* password = "correct horse 7";

    explicit ApiHouse(central::api::ApiSettings settings = {.public_url = origin});

    http::Response handle(http::Request request) const { return router->handle(std::move(request)); }
    // An account of these roles that is through its second factor, if they demand one; and a session of it.
    struct Person {
        std::string id, token, csrf;
        core::Bytes totp;
    };
    Person person(const std::string& login, accounts::Roles roles);
    std::string setup_token();
    std::string code(const core::Bytes& secret) const;
    std::int64_t count(std::string_view sql) { return number(*db, sql); }
    // Everything in the database that must not change by a refused request, as one text.
    std::string state();

    Sqlite engine;
    std::unique_ptr<sql::Database> db;
    SetClock clock;
    runtime::Metrics metrics;
    central::app::tracking::LiveHub live;
    accounts::PasswordHasher hasher{{8, 1}};
    crypto::SecretKey key = crypto::SecretKey::random();
    std::vector<std::string> not_ready;
    std::unique_ptr<central::broker::AuthorityFolder> authority;
    NotedKicks gate;
    central::app::devices::DeviceChanges views;
    central::app::devices::DeviceChanges changes;
    central::api::MapSide map;        // functions that tests may set before make_api()
    central::api::SystemSide system;  // as well
    central::api::WebhookSide webhooks;
    runtime::Loop loop;
    std::unique_ptr<central::api::Api> api;
    std::optional<http::Router> router;
    runtime::Workers workers;  // ends first: its jobs use the Api

    void make_api(central::api::ApiSettings settings = {.public_url = origin});
};

class Browser {
  public:
    explicit Browser(ApiHouse& house) : house_(house) {}
    Browser(ApiHouse& house, const ApiHouse::Person& person) : house_(house), cookie(person.token), csrf(person.csrf) {}

    // With the cookie, our own Origin and, for changes, the token; `headers` are set over them, empty ones left out.
    http::Response send(http::Method method, const std::string& target, const std::string& body = {},
                        const std::vector<std::pair<std::string, std::string>>& headers = {});
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, const std::string& body = {}) {
        return send(http::Method::post, target, body);
    }
    // Reads the token of GET /api/v1/me.
    void learn_csrf();

  private:
    ApiHouse& house_;

  public:
    std::string cookie, csrf;
    std::string address = "192.0.2.10";
    std::string cookie_name = "__Host-plus7_session";
};

// A member of a JSON answer as text ("a.b.0"), empty when it is not there.
std::string member(const http::Response& response, const std::string& path);
// The value that a Set-Cookie of the answer gives, if any.
std::optional<std::string> given_cookie(const http::Response& response);

}  // namespace plus7::test
