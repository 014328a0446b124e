#include "central/store/event_store.hpp"

namespace plus7::central::store {

std::int64_t claim_events(sql::Tx& tx, const std::vector<EventRow>& rows) {
    std::vector<std::vector<sql::Param>> values;
    values.reserve(rows.size());
    for (const auto& row : rows)
        values.push_back({row.id, row.device, row.epoch, row.seq, row.type, row.digest, row.received});
    return tx.exec_many(
        "INSERT INTO event (event_id, device_id, epoch, seq, type, digest, received_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (event_id) DO NOTHING",
        values);
}

std::optional<EventRow> find_event(sql::Tx& tx, const core::EventId& id) {
    const auto row =
        tx.one("SELECT device_id, epoch, seq, type, digest, received_us FROM event WHERE event_id = $1", id);
    if (!row) return std::nullopt;
    EventRow event(id, row->get<core::DeviceId>("device_id"));
    event.epoch = row->get<core::Epoch>("epoch");
    event.seq = row->get<std::uint64_t>("seq");
    event.type = row->get<std::string>("type");
    event.digest = row->get<core::Hash>("digest");
    event.received = row->get<core::TimeUs>("received_us");
    return event;
}

std::uint64_t take_subject_seqs(sql::Tx& tx, const Subject& subject, std::size_t count) {
    const auto row = tx.one(
        "INSERT INTO subject (subject_kind, subject_id, last_seq) VALUES ($1, $2, $3) "
        "ON CONFLICT (subject_kind, subject_id) DO UPDATE SET last_seq = subject.last_seq + excluded.last_seq "
        "RETURNING last_seq",
        subject.kind, subject.id, count);
    return row->get<std::uint64_t>(0) - count + 1;
}

void append_log(sql::Tx& tx, const std::vector<LogRow>& rows) {
    std::vector<std::vector<sql::Param>> values;
    values.reserve(rows.size());
    for (const auto& row : rows)
        values.push_back({row.subject.kind, row.subject.id, row.seq, row.event, row.origin, row.received, row.bytes});
    tx.exec_many(
        "INSERT INTO event_log (subject_kind, subject_id, subject_seq, event_id, origin, received_us, bytes) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values);
}

void each_logged_fact(sql::Tx& tx, const std::function<void(const LoggedFact&)>& fn) {
    tx.each(
        "SELECT event.device_id, event.epoch, event.seq, fact_record.flags, event_log.received_us, event_log.bytes "
        "FROM event_log JOIN event ON event.event_id = event_log.event_id "
        "JOIN fact_record ON fact_record.device_id = event.device_id AND fact_record.epoch = event.epoch "
        "AND fact_record.seq = event.seq "
        "WHERE event_log.subject_kind = 'device' AND event_log.origin = 'device' "
        "ORDER BY event_log.subject_id, event_log.subject_seq",
        {}, [&fn](const sql::Row& row) {
            fn({row.get<core::DeviceId>(0), row.get<core::Epoch>(1), row.get<std::uint64_t>(2), row.get<std::string>(3),
                row.get<core::TimeUs>(4), row.get<core::Bytes>(5)});
        });
}

namespace {

constexpr const char* select_parcel_events =
    "SELECT event_log.subject_id, event_log.event_id, event_log.origin, event_log.received_us, event_log.bytes, "
    "fact_record.device_id, fact_record.epoch, fact_record.seq, fact_record.flags "
    "FROM event_log LEFT JOIN event ON event.event_id = event_log.event_id "
    "LEFT JOIN fact_record ON fact_record.device_id = event.device_id AND fact_record.epoch = event.epoch "
    "AND fact_record.seq = event.seq WHERE event_log.subject_kind = 'parcel' ";

LoggedParcelEvent parcel_event_of(const sql::Row& row) {
    LoggedParcelEvent logged{row.get<std::string>(0), row.get<core::EventId>(1), {}, {}};
    auto bytes = row.get<core::Bytes>(4);
    if (row.get<std::string>(2) == "device")
        logged.fact = LoggedFact{row.get<core::DeviceId>(5), row.get<core::Epoch>(6),  row.get<std::uint64_t>(7),
                                 row.get<std::string>(8),    row.get<core::TimeUs>(3), std::move(bytes)};
    else
        logged.office = std::move(bytes);
    return logged;
}

}  // namespace

void each_parcel_event(sql::Tx& tx, const std::function<void(const LoggedParcelEvent&)>& fn) {
    tx.each(std::string(select_parcel_events) + "ORDER BY event_log.subject_id, event_log.subject_seq", {},
            [&fn](const sql::Row& row) { fn(parcel_event_of(row)); });
}

std::vector<LoggedParcelEvent> events_of_parcel(sql::Tx& tx, const std::string& parcel) {
    std::vector<LoggedParcelEvent> events;
    const auto rows = tx.query(
        std::string(select_parcel_events) + "AND event_log.subject_id = $1 ORDER BY event_log.subject_seq", parcel);
    for (const auto& row : rows) events.push_back(parcel_event_of(row));
    return events;
}

}  // namespace plus7::central::store
