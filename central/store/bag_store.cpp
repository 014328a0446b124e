#include "central/store/bag_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

constexpr const char* is_content = "(x.out_us IS NULL OR x.out_why IN ('handed', 'arrived'))";

const std::string select_bag =
    std::string(
        "SELECT b.bag_id, b.number, b.site_id, b.goal_kind, b.goal_id, b.state, b.seal, b.created_us, (SELECT "
        "COUNT(*) FROM bag_parcel x WHERE x.bag_id = b.bag_id AND ") +
    is_content + ") AS parcels FROM bag b ";

BagRow bag_of(const sql::Row& row) {
    BagRow bag;
    bag.id = row.get<std::string>("bag_id");
    bag.number = row.get<std::string>("number");
    bag.site = row.get<Text>("site_id");
    bag.goal = {row.get<std::string>("goal_kind"), row.get<std::string>("goal_id")};
    bag.state = row.get<std::string>("state");
    bag.seal = row.get<Text>("seal");
    bag.created = row.get<core::TimeUs>("created_us");
    bag.parcels = row.get<std::int64_t>("parcels");
    return bag;
}

std::optional<BagRow> maybe_bag(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return bag_of(*row);
}

}  // namespace

std::int64_t take_haul_number(sql::Tx& tx, const std::string& kind) {
    return tx.one("UPDATE haul_number SET last = last + 1 WHERE kind = $1 RETURNING last", kind)->get<std::int64_t>(0);
}

void insert_bag(sql::Tx& tx, const BagRow& b) {
    tx.exec(
        "INSERT INTO bag (bag_id, number, site_id, goal_kind, goal_id, state, seal, created_us) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8)",
        b.id, b.number, b.site, b.goal.first, b.goal.second, b.state, b.seal, b.created);
}

void update_bag(sql::Tx& tx, const BagRow& b) {
    tx.exec("UPDATE bag SET site_id = $2, state = $3, seal = $4 WHERE bag_id = $1", b.id, b.site, b.state, b.seal);
}

std::optional<BagRow> find_bag(sql::Tx& tx, const std::string& id) {
    return maybe_bag(tx.one(select_bag + "WHERE b.bag_id = $1", id));
}

std::optional<BagRow> lock_bag(sql::Tx& tx, const std::string& id) {
    tx.one("SELECT bag_id FROM bag WHERE bag_id = $1 {for_update}", id);
    return find_bag(tx, id);
}

std::optional<BagRow> find_bag_by_number(sql::Tx& tx, const std::string& number) {
    return maybe_bag(tx.one(select_bag + "WHERE b.number = $1", number));
}

std::vector<BagRow> bags_at(sql::Tx& tx, const std::string& site) {
    std::vector<BagRow> all;
    for (const auto& row : tx.query(select_bag + "WHERE b.site_id = $1 AND b.state <> 'done' ORDER BY b.created_us "
                                                 "DESC, b.bag_id DESC",
                                    site))
        all.push_back(bag_of(row));
    return all;
}

void put_in_bag(sql::Tx& tx, const Packing& p) {
    tx.exec("INSERT INTO bag_parcel (bag_id, parcel_id, put_us, put_by) VALUES ($1, $2, $3, $4)", p.bag, p.parcel,
            p.put, p.put_by);
}

bool take_out_of_bag(sql::Tx& tx, const Packing& p) {
    return tx.exec(
               "UPDATE bag_parcel SET out_us = $2, out_by = $3, out_why = $4 WHERE parcel_id = $1 AND out_us IS NULL",
               p.parcel, p.out, p.out_by, p.out_why) != 0;
}

std::optional<std::string> bag_of_parcel(sql::Tx& tx, const std::string& parcel) {
    const auto row = tx.one("SELECT bag_id FROM bag_parcel WHERE parcel_id = $1 AND out_us IS NULL", parcel);
    if (!row) return std::nullopt;
    return row->get<std::string>(0);
}

std::vector<std::string> bag_contents(sql::Tx& tx, const std::string& bag) {
    std::vector<std::string> parcels;
    for (const auto& row : tx.query(std::string("SELECT x.parcel_id FROM bag_parcel x WHERE x.bag_id = $1 AND ") +
                                        is_content + " ORDER BY x.parcel_id",
                                    bag))
        parcels.push_back(row.get<std::string>(0));
    return parcels;
}

std::vector<std::string> still_in_bag(sql::Tx& tx, const std::string& bag) {
    std::vector<std::string> parcels;
    for (const auto& row :
         tx.query("SELECT parcel_id FROM bag_parcel WHERE bag_id = $1 AND out_us IS NULL ORDER BY parcel_id", bag))
        parcels.push_back(row.get<std::string>(0));
    return parcels;
}

void put_back_in_bag(sql::Tx& tx, const std::string& bag, const std::string& parcel) {
    tx.exec(
        "UPDATE bag_parcel SET out_us = NULL, out_by = NULL, out_why = NULL WHERE bag_id = $1 AND parcel_id = $2 AND "
        "out_why IN ('handed', 'arrived')",
        bag, parcel);
}

void put_back_in_bag(sql::Tx& tx, const std::string& bag, core::TimeUs left) {
    tx.exec(
        "UPDATE bag_parcel SET out_us = NULL, out_by = NULL, out_why = NULL WHERE bag_id = $1 AND out_us = $2 AND "
        "out_why IN ('handed', 'arrived')",
        bag, left);
}

std::vector<Packing> packings_of(sql::Tx& tx, const std::string& bag) {
    std::vector<Packing> all;
    for (const auto& row : tx.query("SELECT parcel_id, put_us, put_by, out_us, out_by, out_why FROM bag_parcel WHERE "
                                    "bag_id = $1 ORDER BY put_us, parcel_id",
                                    bag))
        all.push_back({bag, row.get<std::string>("parcel_id"), row.get<core::TimeUs>("put_us"),
                       row.get<std::string>("put_by"), row.get<std::optional<core::TimeUs>>("out_us"),
                       row.get<Text>("out_by"), row.get<Text>("out_why")});
    return all;
}

std::int64_t add_bag_event(sql::Tx& tx, const BagEvent& e) {
    const auto last = tx.one("SELECT COALESCE(MAX(number), 0) FROM bag_event WHERE bag_id = $1", e.bag);
    const auto number = last->get<std::int64_t>(0) + 1;
    tx.exec("INSERT INTO bag_event (bag_id, number, what, at_us, staff_id, note) VALUES ($1, $2, $3, $4, $5, $6)",
            e.bag, number, e.what, e.at, e.staff, e.note);
    return number;
}

std::vector<BagEvent> bag_events(sql::Tx& tx, const std::string& bag) {
    std::vector<BagEvent> all;
    for (const auto& row :
         tx.query("SELECT what, at_us, staff_id, note FROM bag_event WHERE bag_id = $1 ORDER BY number", bag))
        all.push_back({bag, row.get<std::string>("what"), row.get<core::TimeUs>("at_us"),
                       row.get<std::string>("staff_id"), row.get<Text>("note")});
    return all;
}

std::map<std::string, core::EventId> moves_of_bag(sql::Tx& tx, const BagEvent& scan) {
    std::map<std::string, core::EventId> moves;
    for (const auto& row : tx.query("SELECT parcel_id, event_id FROM parcel_event WHERE parcel_id IN (SELECT parcel_id "
                                    "FROM bag_parcel WHERE bag_id = $1) AND type = 'parcel.handover' AND by_kind = "
                                    "'staff' AND by_id = $2 AND received_us = $3 AND undone = 0 ORDER BY parcel_id, "
                                    "number",
                                    scan.bag, scan.staff, scan.at))
        moves[row.get<std::string>("parcel_id")] = row.get<core::EventId>("event_id");
    return moves;
}

}  // namespace plus7::central::store
