// The route table against the contract, openapi.yaml: paths, methods, and which of them need a session and a token.
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/central/api/api_house.hpp"

using namespace plus7;
using namespace plus7::test;
using central::api::Access;

namespace {

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream in(std::string(PLUS7_SOURCE_DIR) + "/central/api/" + file);
    REQUIRE_MESSAGE(in.good(), file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

struct Operation {
    bool open = false;  // `security: []`
    bool csrf = false;
    std::string scope;  // of the tokens that may come in; empty: none
};

// "    security: [{ session: [] }, { token: ['orders:read'] }]" → "orders:read".
std::string scope_of(const std::string& security) {
    const auto from = security.find("{ token: [");
    if (from == std::string::npos) return "";
    auto scope = security.substr(from + 10, security.find(']', from) - from - 10);
    std::erase(scope, '\'');
    return scope;
}

// The operations of one entry of a resource's file: "    post:" and what stands below it.
std::map<std::string, Operation> operations_of(const std::string& file, const std::string& entry) {
    std::map<std::string, Operation> operations;
    bool inside = false;
    Operation* current = nullptr;
    for (const auto& line : lines_of(file)) {
        if (!line.empty() && line[0] != ' ' && line[0] != '#') inside = line == entry + ":";
        if (!inside) continue;
        for (const std::string method : {"get", "post", "put", "patch", "delete"}) {
            if (line != "  " + method + ":") continue;
            auto name = method;
            for (auto& c : name) c = static_cast<char>(std::toupper(c));
            current = &operations[name];
        }
        if (current && line == "    security: []") current->open = true;
        if (current && line.starts_with("    security: [{ session: [], csrf: [] }")) current->csrf = true;
        if (current && line.starts_with("    security:")) current->scope = scope_of(line);
    }
    return operations;
}

// "GET /api/v1/me" → what the contract says of it.
std::map<std::string, Operation> contract() {
    std::map<std::string, Operation> all;
    bool in_paths = false;
    for (const auto& line : lines_of("openapi.yaml")) {
        if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
        const auto reference = line.find("$ref: '");
        if (!in_paths || reference == std::string::npos) continue;
        const auto path = line.substr(2, line.find(": ") - 2);
        const auto hash = line.find("#/", reference);
        const auto file = line.substr(reference + 7, hash - reference - 7);
        const auto entry = line.substr(hash + 2, line.find('\'', hash) - hash - 2);
        for (const auto& [method, operation] : operations_of(file, entry)) all[method + " " + path] = operation;
    }
    return all;
}

std::map<std::string, Access> built() {
    const ApiHouse house;
    std::map<std::string, Access> all;
    for (const auto& route : house.api->table())
        all[std::string(http::name_of(route.method)) + " " + route.pattern] = route.access;
    return all;
}

}  // namespace

TEST_CASE("the contract is read") {
    const auto all = contract();
    CHECK(all.size() > 40);
    CHECK(all.contains("DELETE /api/v1/me/sessions/{id}"));
    CHECK(all.at("POST /api/v1/session").open);
    CHECK(all.at("PATCH /api/v1/me").csrf);
    CHECK(all.at("POST /api/v1/orders").scope == "orders:write");
}

TEST_CASE("every operation of the contract is built") {
    const auto routes = built();
    for (const auto& [name, operation] : contract()) CHECK_MESSAGE(routes.contains(name), name);
}

TEST_CASE("every route of the table stands in the contract, with the same claim to a session and a token") {
    const auto all = contract();
    for (const auto& [name, access] : built()) {
        CAPTURE(name);
        REQUIRE(all.contains(name));
        const auto& operation = all.at(name);
        using Kind = Access::Kind;
        const bool open = access.kind == Kind::anyone || access.kind == Kind::agent || access.kind == Kind::local;
        CHECK(operation.open == open);
        const bool is_change = !name.starts_with("GET ");
        CHECK(operation.csrf == (is_change && !open && access.kind != Kind::code));
        CHECK(operation.scope == (access.scope ? std::string(name_of(*access.scope)) : ""));
    }
}
