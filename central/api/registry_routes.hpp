// Partners' registries for the office (openapi/registries.yaml): list, card, lines, and the import of files. Any
// worker.
#pragma once
#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/import_runs.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class RegistryRoutes {
  public:
    static constexpr std::size_t file_limit =
        app::registries::most_bytes + 1;  // told apart from what is just too large

    RegistryRoutes(const FieldSide& side, runtime::Workers& workers, const Idempotency& idempotency)
        : side_(side), idempotency_(idempotency), runs_(side.db, side.clock, side.views, workers) {}

    http::Response list(const Call& call);
    http::Response import(const Call& call);
    http::Response preview(const Call& call);
    http::Response sample(const Call& call);
    http::Response show(const Call& call);
    http::Response lines(const Call& call);
    http::Response rejected(const Call& call);
    http::Response rejected_file(const Call& call);

  private:
    FieldSide side_;
    const Idempotency& idempotency_;
    ImportRuns runs_;
};

}  // namespace plus7::central::api
