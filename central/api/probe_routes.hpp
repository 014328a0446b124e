// What operators' tools ask: alive, ready, figures (openapi/system.yaml). Any worker.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "central/api/route_table.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class ProbeRoutes {
  public:
    // Names of the parts, besides the database, which are not usable now ("broker"). Any worker.
    using NotReady = std::function<std::vector<std::string>()>;

    ProbeRoutes(sql::Database& db, const runtime::Metrics& metrics, NotReady not_ready);
    http::Response alive(const Call& call);
    http::Response ready(const Call& call);
    http::Response figures(const Call& call);

  private:
    sql::Database& db_;
    const runtime::Metrics& metrics_;
    NotReady not_ready_;
};

}  // namespace plus7::central::api
