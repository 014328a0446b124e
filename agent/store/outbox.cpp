#include "agent/store/outbox.hpp"

#include <stdexcept>

#include "agent/store/database_file.hpp"
#include "agent/store/outbox_head.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::agent::store {
namespace {

constexpr std::string_view insert_epoch =
    "INSERT INTO epoch (ordinal, epoch, acked, acked_hash, last, last_hash) VALUES ($1, $2, 0, $3, 0, $4)";

void save_notes(sql::Tx& tx, const std::vector<Note>& notes) {
    for (const auto& note : notes) {
        if (note.value.empty()) {
            tx.exec("DELETE FROM note WHERE name = $1", note.name);
        } else {
            tx.exec("INSERT INTO note (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
                    note.name, note.value);
        }
    }
}

std::uint64_t view_version(sql::Tx& tx) {
    const auto row = tx.one("SELECT number FROM setting WHERE name = 'view'");
    return row ? row->get<std::uint64_t>(0) : 0;
}

}  // namespace

Outbox::Outbox(sql::SqliteConnection& connection, core::DeviceId device, const crypto::SigningKey& key,
               ReserveFile& reserve)
    : connection_(connection), device_(std::move(device)), key_(key), reserve_(reserve) {
    const auto first = [](sql::Tx& tx) {
        if (tx.one("SELECT 1 FROM epoch LIMIT 1")) return;
        const auto epoch = core::random_id<core::Epoch>();
        tx.exec(insert_epoch, 1, epoch, core::Hash{}, wire::first_prev(epoch, std::nullopt));
    };
    connection_.transaction(first).value();
}

core::Result<Saved> Outbox::append(const Act& act, const Also& also) { return append_all({&act, 1}, also); }

core::Result<Saved> Outbox::append_all(std::span<const Act> acts, const Also& also) {
    auto saved = append_once(acts, also);
    const bool full = !saved && saved.error().kind == core::ErrorKind::full;
    if (full && reserve_.release()) saved = append_once(acts, also);
    if (!saved) return saved.error().context("not saved");
    return saved;
}

core::Result<Saved> Outbox::append_once(std::span<const Act> acts, const Also& also) {
    const auto unit = [&](sql::Tx& tx) -> core::Result<Saved> {
        Saved saved;
        for (const auto& act : acts) {
            auto one = insert(tx, act);
            if (!one) return one;
            saved = *one;
        }
        if (!also) return saved;
        if (const auto done = also(tx); !done) return done.error();
        return saved;
    };
    return save(connection_, unit);
}

core::Result<Saved> Outbox::insert(sql::Tx& tx, const Act& act) {
    Head now = head(tx);
    wire::Fact fact{.device = device_,
                    .epoch = now.epoch,
                    .seq = now.last + 1,
                    .prev = now.last_hash,
                    .id = act.id ? *act.id : core::uuid_v7(act.at.wall),
                    .type = act.type,
                    .at = act.at,
                    .where = act.where,
                    .view = view_version(tx),
                    .who = act.who,
                    .about = act.about,
                    .data = act.data};
    const Saved saved{fact.id, fact.seq};
    try {
        put(tx, now, std::move(fact));
    } catch (const std::invalid_argument& broken) {
        return core::invalid(broken.what());
    }
    save_notes(tx, act.notes);
    return saved;
}

void Outbox::put(sql::Tx& tx, Head& now, wire::Fact fact) {
    const auto sealed = wire::seal(fact, key_);
    now.last = fact.seq;
    now.last_hash = wire::hash_of_body(sealed.body);
    tx.exec(insert_fact, now.ordinal, fact.seq, fact.seq, fact.id, fact.type, now.last_hash,
            wire::encode_record(sealed));
    tx.exec("UPDATE epoch SET last = $1, last_hash = $2 WHERE ordinal = $3", now.last, now.last_hash, now.ordinal);
}

core::Status Outbox::begin_child_epoch(std::uint64_t upto, const core::Hash& hash) {
    const auto unit = [&](sql::Tx& tx) {
        const Head old = head(tx);
        const bool proven = hash_at(tx, old, upto) == hash;
        const auto in_doubt = proven ? upto : (upto >= old.acked ? old.acked : 0);
        std::vector<core::Bytes> records;
        constexpr std::string_view moved = "ordinal = $1 AND (seq > $2 OR acked_us IS NULL)";
        // A gap speaks of the old epoch's numbers: it ends with that epoch.
        const std::string list = "SELECT record FROM fact WHERE " + std::string(moved) + " AND type <> $3 ORDER BY seq";
        for (const auto& row : tx.query(list, old.ordinal, in_doubt, model::FactGap::type)) {
            records.push_back(row.get<core::Bytes>(0));
        }
        tx.exec("DELETE FROM fact WHERE " + std::string(moved), old.ordinal, in_doubt);
        start_epoch(tx, upto, hash, records);
    };
    return as_status(save(connection_, unit));
}

void Outbox::start_epoch(sql::Tx& tx, std::uint64_t upto, const core::Hash& hash,
                         const std::vector<core::Bytes>& records) {
    const Head old = head(tx);
    Head now;
    now.ordinal = old.ordinal + 1;
    now.epoch = core::random_id<core::Epoch>();
    now.last_hash = wire::first_prev(now.epoch, wire::Parent{old.epoch, upto, hash});
    tx.exec(insert_epoch, now.ordinal, now.epoch, core::Hash{}, now.last_hash);
    for (const auto& record : records) put(tx, now, resequenced(record, now));
}

core::Status Outbox::advance(std::uint64_t upto, const core::Hash& hash, core::TimeUs central_time) {
    const auto unit = [&](sql::Tx& tx) {
        const Head now = head(tx);
        tx.exec("UPDATE fact SET acked_us = $1 WHERE ordinal = $2 AND last_seq <= $3 AND acked_us IS NULL",
                central_time, now.ordinal, upto);
        if (upto > now.acked) {
            tx.exec("UPDATE epoch SET acked = $1, acked_hash = $2 WHERE ordinal = $3", upto, hash, now.ordinal);
        }
        prune(tx, central_time);
    };
    return as_status(save(connection_, unit));
}

void Outbox::prune(sql::Tx& tx, core::TimeUs central_time) {
    const auto before = central_time - keep_after_ack;
    const auto current = head(tx).ordinal;
    tx.exec("DELETE FROM fact WHERE ordinal < $1 AND acked_us IS NOT NULL AND acked_us < $2", current, before);
    // Of the current epoch only a prefix, so that what is kept has no holes whatever central's clock did.
    tx.exec(
        "DELETE FROM fact WHERE ordinal = $1 AND last_seq <= (SELECT acked FROM epoch WHERE ordinal = $1) AND seq < "
        "COALESCE((SELECT seq FROM fact WHERE ordinal = $1 AND (acked_us IS NULL OR acked_us >= $2) ORDER BY seq "
        "LIMIT 1), 9223372036854775807)",
        current, before);
}

core::Status Outbox::rewind(std::uint64_t upto, const core::Hash& hash, const core::Stamp& at) {
    const auto unit = [&](sql::Tx& tx) {
        Head now = head(tx);
        tx.exec("UPDATE fact SET acked_us = NULL WHERE ordinal = $1 AND last_seq > $2", now.ordinal, upto);
        tx.exec("UPDATE epoch SET acked = $1, acked_hash = $2 WHERE ordinal = $3", upto, hash, now.ordinal);
        now.acked = upto;
        now.acked_hash = hash;
        const auto oldest = oldest_kept(tx, now, upto);
        if (oldest > upto + 1) state_gap(tx, now, oldest - 1, at);
        refill_older_epochs(tx);
    };
    return as_status(save(connection_, unit));
}

void Outbox::state_gap(sql::Tx& tx, const Head& now, std::uint64_t to, const core::Stamp& at) {
    const model::FactGap gap{now.acked + 1, to, now.acked_hash};
    const wire::Fact fact{.device = device_,
                          .epoch = now.epoch,
                          .seq = gap.from,
                          .prev = gap.before,
                          .id = core::uuid_v7(at.wall),
                          .type = std::string(model::FactGap::type),
                          .at = at,
                          .where = std::nullopt,
                          .view = view_version(tx),
                          .who = {},
                          .about = {},
                          .data = wire::encode_data(gap)};
    const auto sealed = wire::seal(fact, key_);
    tx.exec(insert_fact, now.ordinal, gap.from, gap.to, fact.id, fact.type, wire::hash_of_body(sealed.body),
            wire::encode_record(sealed));
}

void Outbox::refill_older_epochs(sql::Tx& tx) {
    Head now = head(tx);
    const auto rows = tx.query("SELECT record FROM fact WHERE ordinal < $1 AND type <> $2 ORDER BY ordinal, seq",
                               now.ordinal, model::FactGap::type);
    tx.exec("DELETE FROM fact WHERE ordinal < $1", now.ordinal);
    for (const auto& row : rows) put(tx, now, resequenced(row.get<core::Bytes>(0), now));
}

core::Status Outbox::set_server_gen(const core::ServerGen& server_gen) {
    if (this->server_gen() == server_gen) return {};
    const auto unit = [&](sql::Tx& tx) {
        tx.exec(
            "INSERT INTO setting (name, bytes) VALUES ('server_gen', $1) ON CONFLICT (name) DO UPDATE SET bytes = $1",
            server_gen);
    };
    return as_status(save(connection_, unit));
}

core::Status Outbox::count_bytes(std::chrono::sys_days day, std::uint64_t bytes) {
    if (day != counting_.day) {
        const auto saved = save_count();
        counting_ = {day, 0};
        if (!saved) return saved;
    }
    counting_.unsaved += bytes;
    return counting_.unsaved < uncounted_bytes ? core::Status{} : save_count();
}

core::Status Outbox::save_count() {
    if (counting_.unsaved == 0) return {};
    const auto number = counting_.day.time_since_epoch().count();
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("INSERT INTO traffic (day, bytes) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET bytes = bytes + $2",
                number, counting_.unsaved);
        tx.exec("DELETE FROM traffic WHERE day < $1", number - 31);
    };
    const auto saved = as_status(save(connection_, unit));
    if (saved) counting_.unsaved = 0;
    return saved;
}

core::Status Outbox::adopt(const Rescued& rescued) {
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("UPDATE epoch SET epoch = $1, acked = $2, acked_hash = $3, last = $2, last_hash = $3", rescued.epoch,
                rescued.acked, rescued.acked_hash);
        start_epoch(tx, rescued.acked, rescued.acked_hash, rescued.unacked);
    };
    return as_status(save(connection_, unit));
}

}  // namespace plus7::agent::store
