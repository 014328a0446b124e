#include "agent/store/view_store.hpp"

#include "agent/store/database_file.hpp"
#include "agent/store/handed_rows.hpp"
#include "agent/store/own_chat.hpp"

namespace plus7::agent::store {
namespace {

wire::ViewApplied read_applied(sql::Tx& tx) {
    const auto row = tx.one("SELECT number, bytes FROM setting WHERE name = 'view'");
    if (!row) return {};
    return {row->get<std::uint64_t>(0), row->get<core::Hash>(1)};
}

void write_applied(sql::Tx& tx, const wire::ViewApplied& applied) {
    tx.exec(
        "INSERT INTO setting (name, number, bytes) VALUES ('view', $1, $2) ON CONFLICT (name) DO UPDATE SET number = "
        "$1,"
        " bytes = $2",
        applied.version, applied.hash);
}

std::int64_t number_of(wire::RowKind kind) { return static_cast<std::int64_t>(kind); }

std::optional<wire::ViewRow> find(sql::Tx& tx, const wire::RowKey& key) {
    const auto row =
        tx.one("SELECT version, body FROM view_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
    if (!row) return std::nullopt;
    return wire::ViewRow{key, row->get<std::uint64_t>(0), row->get<core::Bytes>(1)};
}

// Central knows of the thing: what a colleague said of it counts no more.
void remove(sql::Tx& tx, const wire::RowKey& key, core::Hash& hash) {
    drop_handed(tx, key);
    const auto old = find(tx, key);
    if (!old) return;
    wire::toggle_row(hash, wire::row_hash(*old));
    tx.exec("DELETE FROM view_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
}

void put(sql::Tx& tx, const wire::ViewRow& row, core::Hash& hash) {
    remove(tx, row.key, hash);
    wire::toggle_row(hash, wire::row_hash(row));
    tx.exec("INSERT INTO view_row (kind, id, version, body) VALUES ($1, $2, $3, $4)", number_of(row.key.kind),
            row.key.id, row.version, row.body);
}

bool same_delta(const wire::ViewPart& a, const wire::ViewPart& b) {
    return a.parts == b.parts && a.delta.from == b.delta.from && a.delta.to == b.delta.to &&
           a.delta.hash == b.delta.hash;
}

// Parts of another delta are of no more use.
void drop_foreign_parts(sql::Tx& tx, const wire::ViewPart& part) {
    const auto row = tx.one("SELECT body FROM view_part LIMIT 1");
    if (!row) return;
    const auto kept = wire::decode_view_part(row->get<core::Bytes>(0));
    if (!kept || !same_delta(*kept, part)) tx.exec("DELETE FROM view_part");
}

}  // namespace

core::Result<std::optional<wire::ViewApplied>> ViewStore::take(const wire::ViewPart& part) {
    using Answer = std::optional<wire::ViewApplied>;
    const auto unit = [&](sql::Tx& tx) -> core::Result<Answer> {
        const auto now = read_applied(tx);
        const bool fits = part.delta.from == 0 || part.delta.from == now.version;
        if (!fits) return Answer(now);
        drop_foreign_parts(tx, part);
        if (part.parts == 1) return apply(tx, part);
        tx.exec("INSERT INTO view_part (part, body) VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET body = $2",
                part.part, wire::encode(part));
        const auto have = tx.one("SELECT COUNT(*) FROM view_part")->get<std::uint32_t>(0);
        if (have < part.parts) return Answer();
        return apply(tx, part);
    };
    return save(connection_, unit);
}

core::Result<std::optional<wire::ViewApplied>> ViewStore::apply(sql::Tx& tx, const wire::ViewPart& last) {
    auto hash = read_applied(tx).hash;
    if (last.delta.from == 0) {
        tx.exec("DELETE FROM view_row");
        hash = {};
    }
    const auto apply_part = [&](const wire::ViewPart& part) {
        for (const auto& key : part.delta.remove) remove(tx, key, hash);
        for (const auto& row : part.delta.put) put(tx, row, hash);
    };
    if (last.parts == 1) {
        apply_part(last);
    } else {
        for (std::uint32_t number = 1; number <= last.parts; ++number) {
            const auto row = tx.one("SELECT body FROM view_part WHERE part = $1", number);
            if (!row) return core::internal("a part of the view is missing");
            apply_part(wire::decode_view_part(row->get<core::Bytes>(0)).value());
        }
    }
    tx.exec("DELETE FROM view_part");
    const wire::ViewApplied applied{last.delta.to, hash};
    write_applied(tx, applied);
    return std::optional(applied);
}

wire::ViewApplied ViewStore::applied() const {
    return connection_.snapshot([](sql::Tx& tx) { return read_applied(tx); }).value();
}

std::optional<wire::ViewRow> ViewStore::row(const wire::RowKey& key) const {
    const auto ask = [&](sql::Tx& tx) -> std::optional<wire::ViewRow> {
        if (auto row = find(tx, key)) return row;
        auto handed = find_handed(tx, key);
        if (!handed) return std::nullopt;
        return wire::ViewRow{key, 0, std::move(*handed)};
    };
    return connection_.snapshot(ask).value();
}

std::vector<wire::ViewRow> ViewStore::rows(wire::RowKind kind) const {
    const auto list = [&](sql::Tx& tx) {
        std::vector<wire::ViewRow> all;
        for (const auto& row :
             tx.query("SELECT id, version, body FROM view_row WHERE kind = $1 ORDER BY id", number_of(kind)))
            all.push_back({{kind, row.get<wire::RowId>(0)}, row.get<std::uint64_t>(1), row.get<core::Bytes>(2)});
        for (auto& [key, body] : handed_of(tx, kind))
            if (!find(tx, key)) all.push_back({key, 0, std::move(body)});
        return all;
    };
    return connection_.snapshot(list).value();
}

core::Status ViewStore::forget_handed(core::TimeMs before) {
    return save(connection_, [&](sql::Tx& tx) { drop_handed_before(tx, before); });
}

namespace {

enum class Lock : std::uint8_t { open = 0, wipe_due = 1, wiped = 2 };  // as saved

Lock read_lock(sql::SqliteConnection& connection) {
    const auto ask = [](sql::Tx& tx) { return tx.one("SELECT number FROM setting WHERE name = 'locked'"); };
    const auto row = connection.snapshot(ask).value();
    return row ? static_cast<Lock>(row->get<std::uint8_t>(0)) : Lock::open;
}

core::Status write_lock(sql::SqliteConnection& connection, Lock lock) {
    const auto unit = [&](sql::Tx& tx) {
        tx.exec("INSERT INTO setting (name, number) VALUES ('locked', $1) ON CONFLICT (name) DO UPDATE SET number = $1",
                static_cast<std::uint8_t>(lock));
    };
    return save(connection, unit);
}

}  // namespace

bool ViewStore::locked() const { return read_lock(connection_) != Lock::open; }

bool ViewStore::wipe_due() const { return read_lock(connection_) == Lock::wipe_due; }

core::Status ViewStore::set_locked(bool locked) {
    if (locked == this->locked()) return {};
    return write_lock(connection_, locked ? Lock::wipe_due : Lock::open);
}

core::Status ViewStore::wipe() {
    const auto unit = [](sql::Tx& tx) {
        tx.exec("DELETE FROM view_row");
        tx.exec("DELETE FROM view_part");
        drop_all_handed(tx);
        tx.exec("DELETE FROM note WHERE substr(name, 1, $2) = $1", chat_prefix, chat_prefix.size());
        write_applied(tx, {});
    };
    if (const auto done = save(connection_, unit); !done) return done;
    try {
        // The connection deletes securely; the WAL still holds the pages as they were.
        if (!connection_.checkpoint()) return core::unavailable("the log could not be emptied: a reader has it open");
    } catch (const sql::DbError& error) {
        return sql::to_error(error);
    }
    return wipe_due() ? write_lock(connection_, Lock::wiped) : core::Status{};
}

}  // namespace plus7::agent::store
