// The depot's floor for the office (openapi/depot.yaml): intake against a registry, hand-out to a courier, evening
// return. One request a scan; its answer carries what the screen shows. Any worker.
#pragma once
#include <functional>

#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"
#include "central/app/depot/scan.hpp"

namespace plus7::central::api {

class DepotRoutes {
  public:
    DepotRoutes(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response registries(const Call& call);
    http::Response registry(const Call& call);
    http::Response close_registry(const Call& call);
    http::Response reopen_registry(const Call& call);
    http::Response act(const Call& call);
    http::Response intake_scan(const Call& call);
    http::Response intake_damage(const Call& call);

    http::Response couriers(const Call& call);
    http::Response handout(const Call& call);
    http::Response handout_scan(const Call& call);
    http::Response handout_list(const Call& call);

    http::Response returns(const Call& call);
    http::Response return_scan(const Call& call);
    http::Response close_return(const Call& call);
    http::Response counts(const Call& call);
    http::Response count(const Call& call);

    http::Response undo(const Call& call);

  private:
    using Show = std::function<core::Result<http::Response>(core::Tx&, const app::depot::Floor&)>;
    using Scan = std::function<core::Result<app::depot::Scanned>(core::Tx&, const app::depot::Floor&)>;
    using Figures = std::function<std::string(core::Tx&, const app::depot::Floor&)>;

    http::Response show(const Call& call, const Show& show) const;
    http::Response change(const Call& call, const Show& change) const;
    // Handhelds whose view it changed are told after the commit.
    http::Response scan(const Call& call, const Scan& scan, const Figures& figures) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

}  // namespace plus7::central::api
