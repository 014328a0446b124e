#include "agent/store/database_file.hpp"
#include "agent/store/outbox.hpp"
#include "agent/store/outbox_head.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::agent::store {

template <typename Fn>
auto Outbox::read(Fn fn) const {
    return connection_.snapshot(std::move(fn)).value();
}

Outbox::Head Outbox::head(sql::Tx& tx) {
    const auto row =
        tx.one("SELECT ordinal, epoch, acked, acked_hash, last, last_hash FROM epoch ORDER BY ordinal DESC LIMIT 1");
    if (!row) throw std::logic_error("core.db has no epoch");
    return {row->get<std::int64_t>(0), row->get<core::Epoch>(1),   row->get<std::uint64_t>(2),
            row->get<core::Hash>(3),   row->get<std::uint64_t>(4), row->get<core::Hash>(5)};
}

std::optional<core::Bytes> Outbox::note(std::string_view name) const {
    const auto row = read([&](sql::Tx& tx) { return tx.one("SELECT value FROM note WHERE name = $1", name); });
    if (!row) return std::nullopt;
    return row->get<core::Bytes>(0);
}

std::vector<Note> Outbox::notes(std::string_view prefix) const {
    return read([&](sql::Tx& tx) {
        std::vector<Note> found;
        for (const auto& row : tx.query("SELECT name, value FROM note ORDER BY name")) {
            auto name = row.get<std::string>(0);
            if (name.starts_with(prefix)) found.push_back({std::move(name), row.get<core::Bytes>(1)});
        }
        return found;
    });
}

core::Status Outbox::keep_note(const Note& note) {
    const auto unit = [&](sql::Tx& tx) {
        tx.exec(
            "INSERT INTO note (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            note.name, note.value);
    };
    return save(connection_, unit);
}

core::Status Outbox::drop_notes(const std::vector<std::string>& names) {
    if (names.empty()) return {};
    const auto unit = [&](sql::Tx& tx) {
        for (const auto& name : names) tx.exec("DELETE FROM note WHERE name = $1", name);
    };
    return save(connection_, unit);
}

bool Outbox::has_event(const core::EventId& id) const {
    return read([&](sql::Tx& tx) { return tx.one("SELECT 1 FROM fact WHERE event_id = $1 LIMIT 1", id).has_value(); });
}

bool Outbox::is_acked(const core::EventId& id) const {
    return read([&](sql::Tx& tx) {
        const auto row =
            tx.one("SELECT acked_us FROM fact WHERE event_id = $1 ORDER BY ordinal DESC, seq DESC LIMIT 1", id);
        return !row || !row->is_null("acked_us");
    });
}

core::Epoch Outbox::epoch() const {
    return read([](sql::Tx& tx) { return head(tx).epoch; });
}

std::vector<core::Epoch> Outbox::ancestors() const {
    const auto rows = read([](sql::Tx& tx) {
        return tx.query("SELECT epoch FROM epoch ORDER BY ordinal DESC LIMIT $1 OFFSET 1", wire::max_ancestors);
    });
    std::vector<core::Epoch> all;
    for (const auto& row : rows) all.push_back(row.get<core::Epoch>(0));
    return all;
}

wire::FactExtent Outbox::extent() const {
    return read([](sql::Tx& tx) {
        const Head now = head(tx);
        return wire::FactExtent{oldest_kept(tx, now, 0), now.acked, now.last, now.acked_hash};
    });
}

std::uint64_t Outbox::unacked() const {
    return read([](sql::Tx& tx) {
        constexpr std::string_view count = "SELECT COUNT(*) FROM fact WHERE ordinal = $1 AND acked_us IS NULL";
        return tx.one(count, head(tx).ordinal)->get<std::uint64_t>(0);
    });
}

std::optional<core::Stamp> Outbox::oldest_unacked() const {
    const auto row = read([](sql::Tx& tx) {
        return tx.one("SELECT record FROM fact WHERE ordinal = $1 AND acked_us IS NULL ORDER BY seq LIMIT 1",
                      head(tx).ordinal);
    });
    if (!row) return std::nullopt;
    const auto sealed = wire::decode_fact_record(row->get<core::Bytes>(0)).value();
    return wire::decode_body(sealed.body).value().at;
}

PendingFacts Outbox::pending(std::size_t bytes, std::size_t count) const {
    PendingFacts found;
    const auto collect = [&](sql::Tx& tx) {
        const Head now = head(tx);
        std::size_t taken = 0;
        const auto add = [&](const sql::Row& row) {
            auto record = row.get<core::Bytes>("record");
            const auto seq = row.get<std::uint64_t>("seq");
            const bool is_gap = row.get<std::uint64_t>("last_seq") != seq;
            const bool first = found.records.empty();
            if (!first && (is_gap || taken + record.size() > bytes)) return false;
            if (first) found.first_seq = seq;
            taken += record.size();
            found.records.push_back(std::move(record));
            return !is_gap && found.records.size() < count;
        };
        tx.each("SELECT seq, last_seq, record FROM fact WHERE ordinal = $1 AND seq > $2 ORDER BY seq",
                {now.ordinal, now.acked}, add);
    };
    connection_.snapshot(collect).value();
    return found;
}

Standing Outbox::compare(std::uint64_t upto, const core::Hash& hash) const {
    return read([&](sql::Tx& tx) {
        const Head now = head(tx);
        if (upto > now.last) return Standing::image_old;
        const auto known = hash_at(tx, now, upto);
        if (known && *known != hash) return Standing::image_old;
        if (upto == now.acked) return Standing::agreed;
        return upto > now.acked ? Standing::advanced : Standing::central_behind;
    });
}

std::optional<core::ServerGen> Outbox::server_gen() const {
    const auto row = read([](sql::Tx& tx) { return tx.one("SELECT bytes FROM setting WHERE name = 'server_gen'"); });
    if (!row) return std::nullopt;
    return row->get<core::ServerGen>(0);
}

std::uint64_t Outbox::bytes_sent(std::chrono::sys_days day) const {
    const auto row = read([&](sql::Tx& tx) {
        return tx.one("SELECT bytes FROM traffic WHERE day = $1", day.time_since_epoch().count());
    });
    const auto saved = row ? row->get<std::uint64_t>(0) : 0;
    return saved + (day == counting_.day ? counting_.unsaved : 0);
}

namespace {

bool is_genuine(const core::Bytes& record, const core::PublicKey& key) {
    const auto sealed = wire::decode_fact_record(record);
    return sealed && wire::verify(*sealed, key) && wire::decode_body(sealed->body).ok();
}

}  // namespace

std::optional<Outbox::Rescued> Outbox::rescue(const std::filesystem::path& damaged, const core::PublicKey& key) {
    sql::SqliteOptions options;
    options.path = damaged.string();
    options.read_only = true;
    const auto opened = sql::SqliteConnection::open(options);
    if (!opened) return std::nullopt;
    Rescued rescued;
    bool found = false;
    const auto collect = [&](sql::Tx& tx) {
        const Head old = head(tx);
        rescued = {old.epoch, old.acked, old.acked_hash, {}};
        found = true;
        const auto add = [&](const sql::Row& row) {
            auto record = row.get<core::Bytes>(0);
            if (is_genuine(record, key)) rescued.unacked.push_back(std::move(record));
        };
        tx.each("SELECT record FROM fact WHERE ordinal = $1 AND acked_us IS NULL AND type <> $2 ORDER BY seq",
                {old.ordinal, model::FactGap::type}, add);
    };
    try {
        (*opened)->snapshot(collect).value();
    } catch (const sql::DbError&) {  // the damage begins here: what came before it is good
    }
    if (!found) return std::nullopt;
    return rescued;
}

}  // namespace plus7::agent::store
