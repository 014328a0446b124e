// Rows of bags: parcels that are scanned as one, what was in them and when (0016_bags.sql). SQL only; the rules are in
// app/depot. In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct BagRow {
    std::string id, number;                    // UUID text; the number is its barcode too
    std::optional<std::string> site;           // the depot where it lies
    std::pair<std::string, std::string> goal;  // kind and id
    std::string state = "open";                // open, closed, done
    std::optional<std::string> seal;
    core::TimeUs created{};
    std::int64_t parcels = 0;  // in it, or that arrived in it; not written here
};
std::int64_t take_haul_number(sql::Tx& tx, const std::string& kind);  // bag, trip

void insert_bag(sql::Tx& tx, const BagRow& bag);
void update_bag(sql::Tx& tx, const BagRow& bag);  // site, state and seal
std::optional<BagRow> find_bag(sql::Tx& tx, const std::string& id);
std::optional<BagRow> lock_bag(sql::Tx& tx, const std::string& id);
std::optional<BagRow> find_bag_by_number(sql::Tx& tx, const std::string& number);
std::vector<BagRow> bags_at(sql::Tx& tx, const std::string& site);  // newest first; those that are done are nowhere

struct Packing {
    std::string bag, parcel;
    core::TimeUs put{};
    std::string put_by;
    std::optional<core::TimeUs> out{};
    std::optional<std::string> out_by{}, out_why{};
};
void put_in_bag(sql::Tx& tx, const Packing& packing);
// False: it is in none.
bool take_out_of_bag(sql::Tx& tx, const Packing& packing);  // parcel, out, out_by, out_why
std::optional<std::string> bag_of_parcel(sql::Tx& tx, const std::string& parcel);
// What is in it, or with what its way ended; by id.
std::vector<std::string> bag_contents(sql::Tx& tx, const std::string& bag);
std::vector<std::string> still_in_bag(sql::Tx& tx, const std::string& bag);  // by id
// This parcel, which left it with the end of its way, is in it again.
void put_back_in_bag(sql::Tx& tx, const std::string& bag, const std::string& parcel);
// What left it with the end of its way at that moment is in it again.
void put_back_in_bag(sql::Tx& tx, const std::string& bag, core::TimeUs left);
std::vector<Packing> packings_of(sql::Tx& tx, const std::string& bag);  // all that ever was in it, as it was put

struct BagEvent {
    std::string bag, what;
    core::TimeUs at{};
    std::string staff;
    std::optional<std::string> note{};
};
std::int64_t add_bag_event(sql::Tx& tx, const BagEvent& event);  // its number in the bag's story, from 1
std::vector<BagEvent> bag_events(sql::Tx& tx, const std::string& bag);
// What changed hands by this scan of the bag and stands, by parcel: the newest of each.
std::map<std::string, core::EventId> moves_of_bag(sql::Tx& tx, const BagEvent& scan);

}  // namespace plus7::central::store
