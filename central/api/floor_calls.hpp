// How every request of a depot's floor is answered: on an open floor, in one transaction, changes once per
// Idempotency-Key; and what these requests have in common. Any worker.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "central/api/field_side.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/json_body.hpp"
#include "central/api/route_table.hpp"
#include "central/app/audit/audit.hpp"
#include "central/app/depot/scan.hpp"

namespace plus7::central::api {

class FloorCalls {
  public:
    using Show = std::function<core::Result<http::Response>(core::Tx&, const app::depot::Floor&)>;
    using Scan = std::function<core::Result<app::depot::Scanned>(core::Tx&, const app::depot::Floor&)>;
    using Figures = std::function<std::string(core::Tx&, const app::depot::Floor&)>;

    FloorCalls(const FieldSide& side, const Idempotency& idempotency) : side_(side), idempotency_(idempotency) {}

    http::Response show(const Call& call, const Show& show) const;
    http::Response change(const Call& call, const Show& change) const;
    // What changed there is told to the handhelds of the floor after the commit.
    http::Response change_floor(const Call& call, const Show& change) const;
    // Handhelds whose view it changed are told after the commit.
    http::Response scan(const Call& call, const Scan& scan, const Figures& figures) const;

  private:
    void tell(app::dispatch::Devices devices) const;

    FieldSide side_;
    const Idempotency& idempotency_;
};

// Rules of members that many requests have.
extern const TextRule floor_id_rule, floor_note_rule;

// What a scanner gave: `code`, `parcel`, `confirmed`.
app::depot::Code read_code(JsonBody& body);
std::optional<std::string> text_or_none(JsonBody& body, std::string_view member, const TextRule& rule);
// A deed at the depot of the request.
void record_at_depot(core::Tx& tx, const Call& call, std::string action, std::vector<app::audit::Detail> detail);
http::Response pdf_response(std::string bytes, const std::string& name);

}  // namespace plus7::central::api
