// Rows of line haul: trips between depots or to a pickup point, and what is on them (0016_bags.sql). What has arrived
// is read from the parcels' stories. SQL only; the rules are in app/depot. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/floor_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct TripRow {
    std::string id, number;  // UUID text
    std::string from, to;    // sites
    std::optional<std::string> courier, carrier, vehicle;
    std::string state = "loading";  // loading, under_way, closed
    core::TimeUs created{};
    std::string created_by;
    std::optional<core::TimeUs> left{};
    std::optional<std::string> left_by{};
    std::optional<core::TimeUs> closed{};
    std::optional<std::string> closed_by{};
};
void insert_trip(sql::Tx& tx, const TripRow& trip);
void update_trip(sql::Tx& tx, const TripRow& trip);  // state, left and closed
std::optional<TripRow> find_trip(sql::Tx& tx, const std::string& id);
std::optional<TripRow> lock_trip(sql::Tx& tx, const std::string& id);
// From there or to there: those that are not closed, then the last closed ones, newest first.
std::vector<TripRow> trips_at(sql::Tx& tx, const std::string& site, int most_closed);

struct TripParcel {
    std::string trip, parcel;
    std::optional<std::string> bag;
    core::EventId event;
    core::TimeUs at{};
    std::string staff;
    bool extra = false;
};
void put_on_trip(sql::Tx& tx, const TripParcel& line);
bool is_on_trip(sql::Tx& tx, const std::string& trip, const std::string& parcel);
std::vector<TripParcel> trip_parcels(sql::Tx& tx, const std::string& trip);  // as they were loaded
// The trip whose loading a scan was; its line goes with take_off_trip().
std::optional<TripRow> trip_with(sql::Tx& tx, const core::EventId& event);
void take_off_trip(sql::Tx& tx, const core::EventId& event);

struct TripFigures {
    std::int64_t loaded = 0, bags = 0, arrived = 0, extra = 0;
};
// Arrived is what came to the trip's end after it was loaded, by whatever scan, wherever it went since.
TripFigures trip_figures(sql::Tx& tx, const std::string& trip, const model::Holder& end);
std::vector<std::string> trip_missing(sql::Tx& tx, const std::string& trip, const model::Holder& end);

void keep_trip_act(sql::Tx& tx, const std::string& trip, core::ByteView pdf);
std::optional<core::Bytes> trip_act(sql::Tx& tx, const std::string& trip);

// The name of somebody else's driver, by his trip: he is told of as a holder.
std::optional<std::string> carrier_of_trip(sql::Tx& tx, const std::string& trip);

}  // namespace plus7::central::store
