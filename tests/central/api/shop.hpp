// A shop's system: requests with an API token, as any HTTP client sends them: no cookie, no Origin.
#pragma once
#include "central/app/accounts/api_tokens.hpp"
#include "tests/central/api/api_house.hpp"

namespace plus7::test {

class Shop {
  public:
    Shop(ApiHouse& house, std::string text) : house_(house), token(std::move(text)) {}

    http::Response send(http::Method method, const std::string& target, const std::string& body = {},
                        const std::vector<std::pair<std::string, std::string>>& headers = {}) const {
        http::Headers all;
        if (!token.empty()) all.set("Authorization", "Bearer " + token);
        if (!body.empty()) all.set("Content-Type", "application/json");
        for (const auto& [name, value] : headers) all.set(name, value);
        auto request = http::make_request(method, target, all, body).value();
        request.peer.address = "198.51.100.20";
        request.id = "r-2";
        return house_.handle(std::move(request));
    }
    http::Response get(const std::string& target) const { return send(http::Method::get, target); }
    http::Response post(const std::string& target, const std::string& body = {}) const {
        static int calls = 0;
        return send(http::Method::post, target, body, {{"Idempotency-Key", "s" + std::to_string(++calls)}});
    }

  private:
    ApiHouse& house_;

  public:
    std::string token;
};

// An office with an admin, who makes tokens.
struct TokenHouse : ApiHouse {
    Browser admin{*this, person("anna", accounts::Roles{accounts::Role::admin})};
    int calls = 0;

    http::Response make(const std::string& body) {
        return admin.send(http::Method::post, "/api/v1/tokens", body,
                          {{"Idempotency-Key", "t" + std::to_string(++calls)}});
    }
    Shop shop(const std::string& sender, const std::string& scopes) {
        const auto made = make(R"({"name": "Касса", "sender": ")" + sender + R"(", "scopes": [)" + scopes + "]}");
        REQUIRE(made.status == 201);
        return {*this, member(made, "secret")};
    }
};

inline const std::string every_scope = R"("orders:read", "orders:write", "orders:track", "webhooks")";

inline std::string order_body(const std::string& ref, const std::string& name = "Ольга") {
    return R"({"outer_ref": )" + (ref.empty() ? "null" : "\"" + ref + "\"") + R"(, "recipient": {"name": ")" + name +
           R"("}, "address": {"text": "ул. Садовая, 14"}, "parcels": [{"code": "460"}]})";
}

}  // namespace plus7::test
