// Rows of where parcels are and of their stories (0007_custody.sql). SQL only; the rules are in shared/model/custody
// and app/custody. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody.hpp"
#include "shared/model/parcel_status.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct FailedAttempt {
    core::EventId event;
    model::Holder by;     // the courier
    core::EventId after;  // the step that had brought the parcel to him; zeros without one
    bool undone = false;
};

struct DamageNote {
    core::EventId event;
    bool undone = false;
};

struct CustodyRow {
    std::string parcel, order;  // UUID texts
    std::uint64_t events = 0;   // of the story
    model::Custody custody;
    std::vector<FailedAttempt> attempts;
    std::vector<DamageNote> damages;
    std::optional<std::string> planned;  // courier
    bool is_cancelled = false;
    bool goes_back = false;
    model::ParcelStatus status = model::ParcelStatus::accepted;
    core::TimeUs changed{};
};

std::optional<CustodyRow> find_custody(sql::Tx& tx, const std::string& parcel);
// The row is locked until the transaction ends.
std::optional<CustodyRow> lock_custody(sql::Tx& tx, const std::string& parcel);
void put_custody(sql::Tx& tx, const CustodyRow& row);
std::vector<CustodyRow> custody_of_order(sql::Tx& tx, const std::string& order);
std::map<std::string, std::vector<CustodyRow>> custody_of_orders(sql::Tx& tx, const std::vector<std::string>& orders);
std::vector<model::ParcelStatus> statuses_of_order(sql::Tx& tx, const std::string& order);  // one a parcel
// Orders of which the courier, depot or point holds a parcel.
std::vector<std::string> orders_held_by(sql::Tx& tx, const model::Holder& holder);
// The order's status so far, locked until the transaction ends: two parcels of one order change it one after another.
std::optional<model::ParcelStatus> lock_order_state(sql::Tx& tx, const std::string& order);
// Who of the couriers holds parcels of which order.
struct CarriedRow {
    std::string order, courier;  // UUID texts
    std::int64_t parcels = 0;
};
std::vector<CarriedRow> carried_parcels(sql::Tx& tx);
void put_order_state(sql::Tx& tx, const std::string& order, model::ParcelStatus status, core::TimeUs changed);

struct ParcelEventRow {
    std::string parcel;
    std::uint64_t number = 0;
    std::string order;
    core::EventId event;
    std::string type;
    std::string by_kind;  // courier, staff, system
    std::optional<std::string> by_id;
    std::optional<std::string> device;
    core::TimeUs at{};
    std::string trust;
    core::TimeUs received{};
    std::optional<core::LatLon> where;
    std::optional<model::Holder> from, to;
    std::optional<std::string> reason;
    std::string proofs;  // "code,photo"
    std::string effect, doubt;
    bool undone = false;
    std::string status;
};

// Parcels that are on their way, of which a half of a transfer came in (after, until].
std::vector<std::string> parcels_with_halves(sql::Tx& tx, core::TimeUs after, core::TimeUs until);
std::optional<core::TimeUs> received_of(sql::Tx& tx, const std::string& parcel, const core::EventId& event);
void insert_parcel_event(sql::Tx& tx, const ParcelEventRow& row);
void mark_undone(sql::Tx& tx, const std::string& parcel, const core::EventId& event);
std::vector<ParcelEventRow> story_of(sql::Tx& tx, const std::string& order);  // as central took them

}  // namespace plus7::central::store
