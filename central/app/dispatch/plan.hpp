// The plan, made by hand: which courier is to deliver which order, in which order of his list. The plan is central's,
// the facts are the field's: what a courier did with a parcel counts whatever was planned. Inside the caller's
// transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/custody/office.hpp"
#include "central/store/assignment_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

struct Replanned {
    std::string order;
    std::optional<std::string> before;  // whose it was
};

struct PlanRequest {
    std::vector<std::string> orders;     // in the order they are to have; each once
    std::optional<std::string> courier;  // none: for nobody
    bool from_start = false;             // they become the beginning of his list
};

// Those whose courier changed. not_found: an order or the courier; conflict: an order has come to its end (the message
// begins with its place in the request: "orders[3]"), the courier is blocked. All or none.
core::Result<std::vector<Replanned>> plan(core::Tx& tx, const custody::Acting& who, const PlanRequest& request);

// The order lies, whole, at the pickup point that it goes to: who was to bring it there has done so, and it leaves his
// list. False: there was nothing to end.
bool end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now);

}  // namespace plus7::central::app::dispatch
