#include "central/store/custody_store.hpp"

#include <map>
#include <stdexcept>

#include "central/store/custody_codec.hpp"
#include "central/store/in_list.hpp"
#include "central/store/site_store.hpp"
#include "central/store/trip_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

constexpr const char* select_custody =
    "SELECT parcel_id, order_id, version, events, holder_kind, holder_id, status, state, changed_us FROM custody ";

std::optional<model::HolderId> id_of(const model::Holder& holder) {
    if (holder.id.is_zero()) return std::nullopt;
    return holder.id;
}

model::Holder holder_of(const sql::Row& row, const std::string& kind, const std::string& id) {
    return {model::holder_kind_from(row.get<std::string>(kind)),
            row.get<std::optional<model::HolderId>>(id).value_or(model::HolderId{})};
}

std::optional<model::Holder> maybe_holder(const sql::Row& row, const std::string& kind, const std::string& id) {
    if (row.is_null(kind)) return std::nullopt;
    return holder_of(row, kind, id);
}

model::ParcelStatus status_of(const sql::Row& row) {
    const auto status = model::parcel_status_from(row.get<std::string>("status"));
    if (!status) throw std::logic_error("custody.status has a word that is no status");
    return *status;
}

CustodyRow custody_of(const sql::Row& row) {
    CustodyRow custody;
    custody.parcel = row.get<std::string>("parcel_id");
    custody.order = row.get<std::string>("order_id");
    custody.events = row.get<std::uint64_t>("events");
    custody.custody.version = row.get<std::uint64_t>("version");
    custody.custody.holder = holder_of(row, "holder_kind", "holder_id");
    custody.status = status_of(row);
    custody.changed = row.get<core::TimeUs>("changed_us");
    read_custody_state(row.get<core::Bytes>("state"), custody);
    return custody;
}

ParcelEventRow event_of(const sql::Row& row) {
    ParcelEventRow event;
    event.parcel = row.get<std::string>("parcel_id");
    event.number = row.get<std::uint64_t>("number");
    event.order = row.get<std::string>("order_id");
    event.event = row.get<core::EventId>("event_id");
    event.type = row.get<std::string>("type");
    event.by_kind = row.get<std::string>("by_kind");
    event.by_id = row.get<Text>("by_id");
    event.device = row.get<Text>("device_id");
    event.at = row.get<core::TimeUs>("at_us");
    event.trust = row.get<std::string>("trust");
    event.received = row.get<core::TimeUs>("received_us");
    event.where = place_of(row);
    event.from = maybe_holder(row, "from_kind", "from_id");
    event.to = maybe_holder(row, "to_kind", "to_id");
    event.reason = row.get<Text>("reason");
    event.proofs = row.get<std::string>("proofs");
    event.effect = row.get<std::string>("effect");
    event.doubt = row.get<std::string>("doubt");
    event.undone = row.get<bool>("undone");
    event.status = row.get<std::string>("status");
    return event;
}

Text kind_of(const std::optional<model::Holder>& holder) {
    if (!holder) return std::nullopt;
    return std::string(model::name_of(holder->kind));
}
std::optional<model::HolderId> id_of(const std::optional<model::Holder>& holder) {
    return holder ? id_of(*holder) : std::nullopt;
}

}  // namespace

std::optional<CustodyRow> find_custody(sql::Tx& tx, const std::string& parcel) {
    const auto row = tx.one(std::string(select_custody) + "WHERE parcel_id = $1", parcel);
    if (!row) return std::nullopt;
    return custody_of(*row);
}

std::optional<CustodyRow> lock_custody(sql::Tx& tx, const std::string& parcel) {
    const auto row = tx.one(std::string(select_custody) + "WHERE parcel_id = $1 {for_update}", parcel);
    if (!row) return std::nullopt;
    return custody_of(*row);
}

void put_custody(sql::Tx& tx, const CustodyRow& c) {
    tx.exec(
        "INSERT INTO custody (parcel_id, order_id, version, events, holder_kind, holder_id, status, state, changed_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (parcel_id) DO UPDATE SET version = excluded.version, "
        "events = excluded.events, holder_kind = excluded.holder_kind, holder_id = excluded.holder_id, status = "
        "excluded.status, state = excluded.state, changed_us = excluded.changed_us",
        c.parcel, c.order, c.custody.version, c.events, model::name_of(c.custody.holder.kind), id_of(c.custody.holder),
        model::name_of(c.status), custody_state(c), c.changed);
}

std::vector<CustodyRow> custody_of_order(sql::Tx& tx, const std::string& order) {
    return custody_of_orders(tx, {order})[order];
}

std::map<std::string, std::vector<CustodyRow>> custody_of_orders(sql::Tx& tx, const std::vector<std::string>& orders) {
    std::map<std::string, std::vector<CustodyRow>> all;
    each_of_ids(tx, std::string(select_custody) + "WHERE order_id IN {ids} ORDER BY parcel_id", {}, orders,
                [&](const sql::Row& row) { all[row.get<std::string>("order_id")].push_back(custody_of(row)); });
    return all;
}

std::vector<model::ParcelStatus> statuses_of_order(sql::Tx& tx, const std::string& order) {
    std::vector<model::ParcelStatus> all;
    for (const auto& row : tx.query("SELECT status FROM custody WHERE order_id = $1", order))
        all.push_back(status_of(row));
    return all;
}

std::vector<std::string> orders_held_by(sql::Tx& tx, const model::Holder& holder) {
    std::vector<std::string> orders;
    for (const auto& row : tx.query("SELECT DISTINCT order_id FROM custody WHERE holder_kind = $1 AND holder_id = $2 "
                                    "ORDER BY order_id",
                                    model::name_of(holder.kind), holder.id))
        orders.push_back(row.get<std::string>(0));
    return orders;
}

std::optional<model::ParcelStatus> lock_order_state(sql::Tx& tx, const std::string& order) {
    const auto row = tx.one("SELECT status FROM order_state WHERE order_id = $1 {for_update}", order);
    if (!row) return std::nullopt;
    return status_of(*row);
}

// Without line haul, which hinders no plan, and without carriers, who are no couriers.
std::vector<CarriedRow> carried_parcels(sql::Tx& tx) {
    std::vector<CarriedRow> all;
    std::map<std::string, bool> couriers;
    for (const auto& row : tx.query("SELECT order_id, holder_id, COUNT(*) FROM custody WHERE holder_kind = 'courier' "
                                    "AND status <> 'in_transit' GROUP BY order_id, holder_id ORDER BY order_id, "
                                    "holder_id")) {
        CarriedRow carried{row.get<std::string>(0), core::to_uuid_text(row.get<model::HolderId>(1)),
                           row.get<std::int64_t>(2)};
        const auto [known, is_new] = couriers.try_emplace(carried.courier, true);
        if (is_new) known->second = !carrier_of_trip(tx, carried.courier);
        if (known->second) all.push_back(std::move(carried));
    }
    return all;
}

void put_order_state(sql::Tx& tx, const std::string& order, model::ParcelStatus status, core::TimeUs changed) {
    tx.exec(
        "INSERT INTO order_state (order_id, status, changed_us) VALUES ($1, $2, $3) ON CONFLICT (order_id) DO UPDATE "
        "SET status = excluded.status, changed_us = excluded.changed_us",
        order, model::name_of(status), changed);
}

std::vector<std::string> parcels_with_halves(sql::Tx& tx, core::TimeUs after, core::TimeUs until) {
    std::vector<std::string> parcels;
    for (const auto& row : tx.query("SELECT DISTINCT e.parcel_id FROM parcel_event e JOIN custody c ON c.parcel_id = "
                                    "e.parcel_id WHERE e.effect = 'half' AND e.undone = 0 AND e.received_us > $1 AND "
                                    "e.received_us <= $2 AND c.holder_kind NOT IN ('customer', 'seller', 'lost') "
                                    "ORDER BY e.parcel_id",
                                    after, until))
        parcels.push_back(row.get<std::string>(0));
    return parcels;
}

std::optional<core::TimeUs> received_of(sql::Tx& tx, const std::string& parcel, const core::EventId& event) {
    const auto row =
        tx.one("SELECT MIN(received_us) FROM parcel_event WHERE parcel_id = $1 AND event_id = $2", parcel, event);
    return row->get<std::optional<core::TimeUs>>(0);
}

void insert_parcel_event(sql::Tx& tx, const ParcelEventRow& e) {
    tx.exec(
        "INSERT INTO parcel_event (parcel_id, number, order_id, event_id, type, by_kind, by_id, device_id, at_us, "
        "trust, received_us, lat_e7, lon_e7, from_kind, from_id, to_kind, to_id, reason, proofs, effect, doubt, "
        "undone, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
        "$19, $20, $21, $22, $23)",
        e.parcel, e.number, e.order, e.event, e.type, e.by_kind, e.by_id, e.device, e.at, e.trust, e.received,
        lat_e7(e.where), lon_e7(e.where), kind_of(e.from), id_of(e.from), kind_of(e.to), id_of(e.to), e.reason,
        e.proofs, e.effect, e.doubt, e.undone, e.status);
}

void mark_undone(sql::Tx& tx, const std::string& parcel, const core::EventId& event) {
    tx.exec("UPDATE parcel_event SET undone = 1 WHERE parcel_id = $1 AND event_id = $2", parcel, event);
}

std::vector<ParcelEventRow> story_of(sql::Tx& tx, const std::string& order) {
    std::vector<ParcelEventRow> story;
    for (const auto& row :
         tx.query("SELECT parcel_id, number, order_id, event_id, type, by_kind, by_id, device_id, at_us, "
                  "trust, received_us, lat_e7, lon_e7, from_kind, from_id, to_kind, to_id, reason, proofs, "
                  "effect, doubt, undone, status FROM parcel_event WHERE order_id = $1 "
                  "ORDER BY received_us, parcel_id, number",
                  order))
        story.push_back(event_of(row));
    return story;
}

}  // namespace plus7::central::store
