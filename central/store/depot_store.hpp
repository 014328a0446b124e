// Rows of the depot floor beside custody: unexpected codes, evening counts, printed acts (0009_depot.sql). SQL only;
// the rules are in app/depot. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct ExtraRow {
    std::string id;  // UUID text
    std::string site;
    std::optional<std::string> registry;
    std::string code;
    std::optional<std::string> parcel;
    std::optional<core::EventId> event;  // that took it in
    std::optional<std::string> note;     // what is wrong with it
    std::string staff;
    core::TimeUs scanned{};
};
void insert_extra(sql::Tx& tx, const ExtraRow& extra);
// Those that were not taken back. `registry` none: of intake without a registry.
std::optional<ExtraRow> find_extra(sql::Tx& tx, const std::string& id);
std::optional<ExtraRow> find_extra_code(sql::Tx& tx, const std::string& site,
                                        const std::optional<std::string>& registry, const std::string& code);
std::vector<ExtraRow> extras_of(sql::Tx& tx, const std::string& registry);  // as they were scanned
void note_extra(sql::Tx& tx, const std::string& id, const std::optional<std::string>& note);
void take_back_extra(sql::Tx& tx, const std::string& id);
void take_back_extra_of(sql::Tx& tx, const core::EventId& event);
// The extra that was this parcel's code is taken in by the event.
void bind_extra(sql::Tx& tx, const std::string& site, const std::string& parcel, const core::EventId& event);

struct CountRow {
    std::string id;  // UUID text
    std::string site, courier;
    core::TimeUs opened{};
    std::string opened_by;
    std::optional<core::TimeUs> closed;
    std::optional<std::string> closed_by;
    std::int64_t expected = 0, counted = 0;
    std::optional<std::string> reason;
};
struct CountLine {
    std::string parcel;
    std::optional<core::EventId> event;  // the scan that counted it
    bool missing = false;
};
std::optional<CountRow> find_open_count(sql::Tx& tx, const std::string& site, const std::string& courier);
std::optional<CountRow> lock_open_count(sql::Tx& tx, const std::string& site, const std::string& courier);
std::optional<CountRow> last_closed_count(sql::Tx& tx, const std::string& site, const std::string& courier);
std::optional<CountRow> find_count(sql::Tx& tx, const std::string& id);
// Newest first; before: the closing time and id of the last one of the page before.
std::vector<CountRow> closed_counts(sql::Tx& tx, const std::string& site,
                                    const std::optional<std::pair<core::TimeUs, std::string>>& before, int limit);
void insert_count(sql::Tx& tx, const CountRow& count);
void close_count(sql::Tx& tx, const CountRow& count);
std::vector<CountLine> count_lines(sql::Tx& tx, const std::string& count);
void put_count_line(sql::Tx& tx, const std::string& count, const CountLine& line);
// The count in which a scan stands.
std::optional<CountRow> count_with(sql::Tx& tx, const core::EventId& event);
void uncount(sql::Tx& tx, const core::EventId& event);

void insert_act(sql::Tx& tx, const std::string& id, const std::string& registry, core::TimeUs closed,
                const std::string& staff, core::ByteView pdf);
std::optional<core::Bytes> newest_act(sql::Tx& tx, const std::string& registry);

}  // namespace plus7::central::store
