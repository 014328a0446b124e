// Handing parcels out to a courier: what is planned for him at this depot, and what he is given by scans. A plan is no
// custody: what is planned for somebody else is handed out when a person says so. Synchronous, inside the caller's
// transaction.
#pragma once
#include <string>
#include <vector>

#include "central/app/depot/scan.hpp"
#include "central/store/courier_store.hpp"

namespace plus7::central::app::depot {

struct HandOutBoard {
    store::CourierRow courier;
    std::vector<store::FloorParcel> waiting;   // planned for him, here
    std::vector<store::FloorParcel> not_here;  // planned for him, not arrived
    std::vector<store::FloorParcel> carried;   // with him now
};
core::Result<HandOutBoard> handout_board(core::Tx& tx, const Floor& floor, const std::string& courier);

// not_found: no such courier.
core::Result<Scanned> hand_out(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code);

// Whether the last handover of the parcel, which is this one, was told by handhelds only: then the depot's scan is its
// witness. `by_office`: by the depot already.
struct Told {
    bool is_last = false, by_office = false;
};
Told told_of(const model::Custody& custody, const model::Holder& from, const model::Holder& to);

}  // namespace plus7::central::app::depot
