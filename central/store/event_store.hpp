// Events and the ordered log that projections are rebuilt from (0002_sync.sql). SQL only. Within a transaction.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct EventRow {
    EventRow(const core::EventId& event, core::DeviceId whose) : id(event), device(std::move(whose)) {}
    core::EventId id;
    core::DeviceId device;
    core::Epoch epoch{};
    std::uint64_t seq = 0;
    std::string type;
    core::Hash digest;
    core::TimeUs received{};
};

// Those whose id is not there yet go in; how many did. Equal ids among them: the first one goes in.
std::int64_t claim_events(sql::Tx& tx, const std::vector<EventRow>& rows);
std::optional<EventRow> find_event(sql::Tx& tx, const core::EventId& id);

struct Subject {
    std::string kind;  // device, shift, parcel
    std::string id;
    auto operator<=>(const Subject&) const = default;
};

// Takes `count` numbers of the subject under its row's lock; the first of them. Callers lock several subjects in order.
std::uint64_t take_subject_seqs(sql::Tx& tx, const Subject& subject, std::size_t count);

struct LogRow {
    Subject subject;
    std::uint64_t seq = 0;
    core::EventId event;
    std::string origin;  // device, staff, customer, job, provider
    core::TimeUs received{};
    core::ByteView bytes;
};
void append_log(sql::Tx& tx, const std::vector<LogRow>& rows);

// One fact of the log as rebuilding needs it.
struct LoggedFact {
    core::DeviceId device;
    core::Epoch epoch;
    std::uint64_t seq = 0;
    std::string flags;
    core::TimeUs received{};
    core::Bytes bytes;  // [body, sig]
};
// Every device's events, in the order of its subject_seq.
void each_logged_fact(sql::Tx& tx, const std::function<void(const LoggedFact&)>& fn);

// One event of a parcel: a handheld's fact, or what the office did.
struct LoggedParcelEvent {
    std::string parcel;
    core::EventId event;
    std::optional<LoggedFact> fact;
    core::Bytes office;  // when it is no fact
};
// Every parcel's events, in the order of its subject_seq.
void each_parcel_event(sql::Tx& tx, const std::function<void(const LoggedParcelEvent&)>& fn);
std::vector<LoggedParcelEvent> events_of_parcel(sql::Tx& tx, const std::string& parcel);  // in that order

}  // namespace plus7::central::store
