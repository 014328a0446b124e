#include "central/store/depot_store.hpp"

namespace plus7::central::store {
namespace {

using Text = std::optional<std::string>;

const std::string select_extra =
    "SELECT extra_id, site_id, registry_id, code, parcel_id, event_id, note, staff_id, scanned_us FROM depot_extra "
    "WHERE undone = 0 AND ";
const std::string select_count =
    "SELECT count_id, site_id, courier_id, opened_us, opened_by, closed_us, closed_by, expected, counted, reason FROM "
    "return_count ";

ExtraRow extra_of(const sql::Row& row) {
    ExtraRow extra;
    extra.id = row.get<std::string>("extra_id");
    extra.site = row.get<std::string>("site_id");
    extra.registry = row.get<Text>("registry_id");
    extra.code = row.get<std::string>("code");
    extra.parcel = row.get<Text>("parcel_id");
    extra.event = row.get<std::optional<core::EventId>>("event_id");
    extra.note = row.get<Text>("note");
    extra.staff = row.get<std::string>("staff_id");
    extra.scanned = row.get<core::TimeUs>("scanned_us");
    return extra;
}

CountRow count_of(const sql::Row& row) {
    CountRow count;
    count.id = row.get<std::string>("count_id");
    count.site = row.get<std::string>("site_id");
    count.courier = row.get<std::string>("courier_id");
    count.opened = row.get<core::TimeUs>("opened_us");
    count.opened_by = row.get<std::string>("opened_by");
    count.closed = row.get<std::optional<core::TimeUs>>("closed_us");
    count.closed_by = row.get<Text>("closed_by");
    count.expected = row.get<std::int64_t>("expected");
    count.counted = row.get<std::int64_t>("counted");
    count.reason = row.get<Text>("reason");
    return count;
}

template <typename Value>
std::optional<Value> maybe(const std::optional<sql::Row>& row, Value (*read)(const sql::Row&)) {
    if (!row) return std::nullopt;
    return read(*row);
}

}  // namespace

void insert_extra(sql::Tx& tx, const ExtraRow& x) {
    tx.exec(
        "INSERT INTO depot_extra (extra_id, site_id, registry_id, code, parcel_id, event_id, note, staff_id, "
        "scanned_us, undone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
        x.id, x.site, x.registry, x.code, x.parcel, x.event, x.note, x.staff, x.scanned);
}

std::optional<ExtraRow> find_extra(sql::Tx& tx, const std::string& id) {
    return maybe(tx.one(select_extra + "extra_id = $1", id), extra_of);
}

std::optional<ExtraRow> find_extra_code(sql::Tx& tx, const std::string& site, const Text& registry,
                                        const std::string& code) {
    const auto rows =
        registry ? tx.query(select_extra + "registry_id = $1 AND code = $2 LIMIT 1", *registry, code)
                 : tx.query(select_extra + "site_id = $1 AND registry_id IS NULL AND code = $2 LIMIT 1", site, code);
    if (rows.empty()) return std::nullopt;
    return extra_of(rows[0]);
}

std::vector<ExtraRow> extras_of(sql::Tx& tx, const std::string& registry) {
    std::vector<ExtraRow> all;
    for (const auto& row : tx.query(select_extra + "registry_id = $1 ORDER BY scanned_us, extra_id", registry))
        all.push_back(extra_of(row));
    return all;
}

void note_extra(sql::Tx& tx, const std::string& id, const Text& note) {
    tx.exec("UPDATE depot_extra SET note = $2 WHERE extra_id = $1", id, note);
}

void take_back_extra(sql::Tx& tx, const std::string& id) {
    tx.exec("UPDATE depot_extra SET undone = 1 WHERE extra_id = $1", id);
}

void take_back_extra_of(sql::Tx& tx, const core::EventId& event) {
    tx.exec("UPDATE depot_extra SET undone = 1 WHERE event_id = $1", event);
}

void bind_extra(sql::Tx& tx, const std::string& site, const std::string& parcel, const core::EventId& event) {
    tx.exec(
        "UPDATE depot_extra SET event_id = $3 WHERE site_id = $1 AND parcel_id = $2 AND event_id IS NULL AND "
        "undone = 0",
        site, parcel, event);
}

std::optional<CountRow> find_open_count(sql::Tx& tx, const std::string& site, const std::string& courier) {
    return maybe(tx.one(select_count + "WHERE site_id = $1 AND courier_id = $2 AND closed_us IS NULL", site, courier),
                 count_of);
}

std::optional<CountRow> lock_open_count(sql::Tx& tx, const std::string& site, const std::string& courier) {
    return maybe(tx.one(select_count + "WHERE site_id = $1 AND courier_id = $2 AND closed_us IS NULL {for_update}",
                        site, courier),
                 count_of);
}

std::optional<CountRow> last_closed_count(sql::Tx& tx, const std::string& site, const std::string& courier) {
    return maybe(tx.one(select_count + "WHERE site_id = $1 AND courier_id = $2 AND closed_us IS NOT NULL ORDER BY "
                                       "closed_us DESC LIMIT 1",
                        site, courier),
                 count_of);
}

std::optional<CountRow> find_count(sql::Tx& tx, const std::string& id) {
    return maybe(tx.one(select_count + "WHERE count_id = $1", id), count_of);
}

std::vector<CountRow> closed_counts(sql::Tx& tx, const std::string& site,
                                    const std::optional<std::pair<core::TimeUs, std::string>>& before, int limit) {
    std::vector<CountRow> all;
    const std::string order = "ORDER BY closed_us DESC, count_id DESC LIMIT ";
    const auto rows =
        before
            ? tx.query(select_count + "WHERE site_id = $1 AND (closed_us < $2 OR (closed_us = $2 AND count_id < $3)) " +
                           order + "$4",
                       site, before->first, before->second, limit)
            : tx.query(select_count + "WHERE site_id = $1 AND closed_us IS NOT NULL " + order + "$2", site, limit);
    for (const auto& row : rows) all.push_back(count_of(row));
    return all;
}

void insert_count(sql::Tx& tx, const CountRow& c) {
    tx.exec(
        "INSERT INTO return_count (count_id, site_id, courier_id, opened_us, opened_by, expected, counted) VALUES ($1, "
        "$2, $3, $4, $5, 0, 0)",
        c.id, c.site, c.courier, c.opened, c.opened_by);
}

void close_count(sql::Tx& tx, const CountRow& c) {
    tx.exec(
        "UPDATE return_count SET closed_us = $2, closed_by = $3, expected = $4, counted = $5, reason = $6 WHERE "
        "count_id = $1",
        c.id, c.closed, c.closed_by, c.expected, c.counted, c.reason);
}

std::vector<CountLine> count_lines(sql::Tx& tx, const std::string& count) {
    std::vector<CountLine> lines;
    for (const auto& row :
         tx.query("SELECT parcel_id, event_id, missing FROM return_line WHERE count_id = $1 ORDER BY parcel_id", count))
        lines.push_back({row.get<std::string>("parcel_id"), row.get<std::optional<core::EventId>>("event_id"),
                         row.get<bool>("missing")});
    return lines;
}

void put_count_line(sql::Tx& tx, const std::string& count, const CountLine& line) {
    tx.exec(
        "INSERT INTO return_line (count_id, parcel_id, event_id, missing) VALUES ($1, $2, $3, $4) ON CONFLICT "
        "(count_id, parcel_id) DO UPDATE SET event_id = excluded.event_id, missing = excluded.missing",
        count, line.parcel, line.event, line.missing);
}

std::optional<CountRow> count_with(sql::Tx& tx, const core::EventId& event) {
    return maybe(
        tx.one(select_count + "WHERE count_id = (SELECT count_id FROM return_line WHERE event_id = $1)", event),
        count_of);
}

void uncount(sql::Tx& tx, const core::EventId& event) {
    tx.exec("UPDATE return_line SET event_id = NULL WHERE event_id = $1", event);
}

void insert_act(sql::Tx& tx, const std::string& id, const std::string& registry, core::TimeUs closed,
                const std::string& staff, core::ByteView pdf) {
    tx.exec("INSERT INTO depot_act (act_id, registry_id, closed_us, closed_by, pdf) VALUES ($1, $2, $3, $4, $5)", id,
            registry, closed, staff, pdf);
}

std::optional<core::Bytes> newest_act(sql::Tx& tx, const std::string& registry) {
    const auto rows = tx.query(
        "SELECT pdf FROM depot_act WHERE registry_id = $1 ORDER BY closed_us DESC, act_id DESC LIMIT 1", registry);
    if (rows.empty()) return std::nullopt;
    return rows[0].get<core::Bytes>("pdf");
}

}  // namespace plus7::central::store
