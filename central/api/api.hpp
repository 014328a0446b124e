// Central's HTTP side: owns the resources, the gate in front of them and the console's pages. Made by the composition
// root before the server, and outlives it.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "central/api/me_routes.hpp"
#include "central/api/probe_routes.hpp"
#include "central/api/route_table.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "shared/core/time.hpp"
#include "shared/http/router.hpp"
#include "shared/runtime/metrics.hpp"

namespace plus7::central::api {

struct FieldDeps;  // field_routes.hpp

// What lives outside, and longer.
struct ApiDeps {
    sql::Database& db;
    core::Clock& clock;
    runtime::Metrics& metrics;
    app::tracking::LiveHub& live;
    const app::accounts::PasswordHasher& hasher;
    const crypto::SecretKey& server_key;  // seals second-factor secrets and kept answers; lies outside of the database
    ProbeRoutes::NotReady not_ready = {};
    const FieldDeps* field = nullptr;  // read by make(); nothing: an Api of accounts alone
};

struct ApiSettings {
    std::string public_url;  // "https://plus7.example"; https makes the cookie Secure and adds HSTS
    ServerFacts facts = {};
    std::filesystem::path web_root = {};            // the built console; empty: no pages
    std::vector<std::string> metrics_readers = {};  // addresses and networks, besides loopback
};

class Api {
  public:
    // invalid: public_url or metrics_readers; others: the console's files cannot be read.
    static core::Result<std::unique_ptr<Api>> make(const ApiDeps& deps, ApiSettings settings);
    ~Api();

    http::Router router() const;           // refers to this Api
    const http::Headers& headers() const;  // for ServerSettings: on answers of the server itself too
    const std::vector<ApiRoute>& table() const;

  private:
    struct Parts;
    explicit Api(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace plus7::central::api
