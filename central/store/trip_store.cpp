#include "central/store/trip_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

const std::string select_trip =
    "SELECT trip_id, number, from_site, to_site, courier_id, carrier, vehicle, state, created_us, created_by, left_us, "
    "left_by, closed_us, closed_by FROM trip ";

// The line l came to $2 $3 after its own event.
constexpr const char* has_arrived =
    "EXISTS (SELECT 1 FROM parcel_event e JOIN parcel_event b ON b.parcel_id = e.parcel_id AND b.event_id = l.event_id "
    "WHERE e.parcel_id = l.parcel_id AND e.type = 'parcel.handover' AND e.undone = 0 AND e.to_kind = $2 AND e.to_id = "
    "$3 AND e.number > b.number)";

TripRow trip_of(const sql::Row& row) {
    TripRow trip;
    trip.id = row.get<std::string>("trip_id");
    trip.number = row.get<std::string>("number");
    trip.from = row.get<std::string>("from_site");
    trip.to = row.get<std::string>("to_site");
    trip.courier = row.get<Text>("courier_id");
    trip.carrier = row.get<Text>("carrier");
    trip.vehicle = row.get<Text>("vehicle");
    trip.state = row.get<std::string>("state");
    trip.created = row.get<core::TimeUs>("created_us");
    trip.created_by = row.get<std::string>("created_by");
    trip.left = row.get<std::optional<core::TimeUs>>("left_us");
    trip.left_by = row.get<Text>("left_by");
    trip.closed = row.get<std::optional<core::TimeUs>>("closed_us");
    trip.closed_by = row.get<Text>("closed_by");
    return trip;
}

std::optional<TripRow> maybe_trip(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return trip_of(*row);
}

}  // namespace

void insert_trip(sql::Tx& tx, const TripRow& t) {
    tx.exec(
        "INSERT INTO trip (trip_id, number, from_site, to_site, courier_id, carrier, vehicle, state, created_us, "
        "created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        t.id, t.number, t.from, t.to, t.courier, t.carrier, t.vehicle, t.state, t.created, t.created_by);
}

void update_trip(sql::Tx& tx, const TripRow& t) {
    tx.exec("UPDATE trip SET state = $2, left_us = $3, left_by = $4, closed_us = $5, closed_by = $6 WHERE trip_id = $1",
            t.id, t.state, t.left, t.left_by, t.closed, t.closed_by);
}

std::optional<TripRow> find_trip(sql::Tx& tx, const std::string& id) {
    return maybe_trip(tx.one(select_trip + "WHERE trip_id = $1", id));
}

std::optional<TripRow> lock_trip(sql::Tx& tx, const std::string& id) {
    return maybe_trip(tx.one(select_trip + "WHERE trip_id = $1 {for_update}", id));
}

std::vector<TripRow> trips_at(sql::Tx& tx, const std::string& site, int most_closed) {
    std::vector<TripRow> all;
    for (const auto& row : tx.query(select_trip + "WHERE (from_site = $1 OR to_site = $1) AND state <> 'closed' ORDER "
                                                  "BY created_us DESC, trip_id DESC",
                                    site))
        all.push_back(trip_of(row));
    for (const auto& row : tx.query(select_trip + "WHERE (from_site = $1 OR to_site = $1) AND state = 'closed' ORDER "
                                                  "BY closed_us DESC, trip_id DESC LIMIT $2",
                                    site, most_closed))
        all.push_back(trip_of(row));
    return all;
}

void put_on_trip(sql::Tx& tx, const TripParcel& l) {
    tx.exec(
        "INSERT INTO trip_parcel (trip_id, parcel_id, bag_id, event_id, at_us, staff_id, extra) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7) ON CONFLICT (trip_id, parcel_id) DO UPDATE SET bag_id = excluded.bag_id, event_id = "
        "excluded.event_id, at_us = excluded.at_us, staff_id = excluded.staff_id",
        l.trip, l.parcel, l.bag, l.event, l.at, l.staff, l.extra);
}

bool is_on_trip(sql::Tx& tx, const std::string& trip, const std::string& parcel) {
    return tx.one("SELECT 1 AS one FROM trip_parcel WHERE trip_id = $1 AND parcel_id = $2", trip, parcel).has_value();
}

std::vector<TripParcel> trip_parcels(sql::Tx& tx, const std::string& trip) {
    std::vector<TripParcel> all;
    for (const auto& row : tx.query("SELECT parcel_id, bag_id, event_id, at_us, staff_id, extra FROM trip_parcel WHERE "
                                    "trip_id = $1 ORDER BY at_us, parcel_id",
                                    trip))
        all.push_back({trip, row.get<std::string>("parcel_id"), row.get<Text>("bag_id"),
                       row.get<core::EventId>("event_id"), row.get<core::TimeUs>("at_us"),
                       row.get<std::string>("staff_id"), row.get<bool>("extra")});
    return all;
}

std::optional<TripRow> trip_with(sql::Tx& tx, const core::EventId& event) {
    return maybe_trip(
        tx.one(select_trip + "WHERE trip_id = (SELECT trip_id FROM trip_parcel WHERE event_id = $1)", event));
}

void take_off_trip(sql::Tx& tx, const core::EventId& event) {
    tx.exec("DELETE FROM trip_parcel WHERE event_id = $1", event);
}

TripFigures trip_figures(sql::Tx& tx, const std::string& trip, const model::Holder& end) {
    const auto row =
        tx.one(std::string(
                   "SELECT COALESCE(SUM(1 - l.extra), 0) AS loaded, COALESCE(SUM(l.extra), 0) AS extra, COUNT(DISTINCT "
                   "CASE WHEN l.extra = 0 THEN l.bag_id END) AS bags, COALESCE(SUM(CASE WHEN l.extra = 0 AND ") +
                   has_arrived + " THEN 1 ELSE 0 END), 0) AS arrived FROM trip_parcel l WHERE l.trip_id = $1",
               trip, model::name_of(end.kind), end.id);
    return {row->get<std::int64_t>("loaded"), row->get<std::int64_t>("bags"), row->get<std::int64_t>("arrived"),
            row->get<std::int64_t>("extra")};
}

std::vector<std::string> trip_missing(sql::Tx& tx, const std::string& trip, const model::Holder& end) {
    std::vector<std::string> parcels;
    for (const auto& row :
         tx.query(std::string("SELECT l.parcel_id FROM trip_parcel l WHERE l.trip_id = $1 AND l.extra = 0 AND NOT ") +
                      has_arrived + " ORDER BY l.at_us, l.parcel_id",
                  trip, model::name_of(end.kind), end.id))
        parcels.push_back(row.get<std::string>(0));
    return parcels;
}

void keep_trip_act(sql::Tx& tx, const std::string& trip, core::ByteView pdf) {
    tx.exec("UPDATE trip SET act = $2 WHERE trip_id = $1", trip, pdf);
}

std::optional<core::Bytes> trip_act(sql::Tx& tx, const std::string& trip) {
    const auto row = tx.one("SELECT act FROM trip WHERE trip_id = $1", trip);
    if (!row) return std::nullopt;
    return row->get<std::optional<core::Bytes>>(0);
}

Text carrier_of_trip(sql::Tx& tx, const std::string& trip) {
    const auto row = tx.one("SELECT carrier FROM trip WHERE trip_id = $1", trip);
    return row ? row->get<Text>(0) : std::nullopt;
}

}  // namespace plus7::central::store
