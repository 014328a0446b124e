#include "agent/store/view_store.hpp"

#include "agent/store/database_file.hpp"
#include "agent/store/own_chat.hpp"
#include "agent/store/view_table.hpp"

namespace plus7::agent::store {
namespace {

bool same_delta(const wire::ViewPart& a, const wire::ViewPart& b) {
    return a.parts == b.parts && a.delta.from == b.delta.from && a.delta.to == b.delta.to &&
           a.delta.hash == b.delta.hash;
}

enum class Lock : std::uint8_t { open = 0, wipe_due = 1, wiped = 2 };  // as saved

Lock read_lock(sql::Tx& tx) {
    const auto row = tx.one("SELECT number FROM setting WHERE name = 'locked'");
    return row ? static_cast<Lock>(row->get<std::uint8_t>(0)) : Lock::open;
}

void write_lock(sql::Tx& tx, Lock lock) {
    tx.exec("INSERT INTO setting (name, number) VALUES ('locked', $1) ON CONFLICT (name) DO UPDATE SET number = $1",
            static_cast<std::uint8_t>(lock));
}

bool holds_rows(sql::Tx& tx) {
    return tx
        .one(
            "SELECT 1 FROM setting WHERE name = 'view' AND number <> 0 UNION ALL SELECT 1 FROM view_part UNION ALL "
            "SELECT 1 FROM handed_row LIMIT 1")
        .has_value();
}

// Parts of another delta are of no more use.
void drop_foreign_parts(const ViewTable& table, const wire::ViewPart& part) {
    const auto kept = table.any_part();
    if (!kept || !same_delta(*kept, part)) table.tx.exec("DELETE FROM view_part");
}

}  // namespace

core::Status ViewStore::open() {
    if (const auto loaded = seal_.load(); !loaded) {
        if (loaded.error().kind != core::ErrorKind::not_found) return loaded;
        const bool kept = connection_.snapshot(holds_rows).value();
        if (const auto dropped = kept ? drop_rows() : core::Status(); !dropped) return dropped;
    }
    if (!wipe_due()) return {};
    // What cannot be ended now is tried again by whoever asks wipe_due(): the device goes on recording.
    static_cast<void>(wipe());
    return {};
}

core::Result<std::optional<wire::ViewApplied>> ViewStore::take(const wire::ViewPart& part) {
    using Answer = std::optional<wire::ViewApplied>;
    if (const auto key = seal_.ensure(); !key) return key.error();
    const auto unit = [&](sql::Tx& tx) -> core::Result<Answer> {
        const ViewTable table{tx, seal_};
        const auto now = table.applied();
        const bool fits = part.delta.from == 0 || part.delta.from == now.version;
        if (!fits) return Answer(now);
        drop_foreign_parts(table, part);
        if (part.parts == 1) return apply(tx, part);
        table.keep_part(part);
        const auto have = tx.one("SELECT COUNT(*) FROM view_part")->get<std::uint32_t>(0);
        if (have < part.parts) return Answer();
        return apply(tx, part);
    };
    return save(connection_, unit);
}

core::Result<std::optional<wire::ViewApplied>> ViewStore::apply(sql::Tx& tx, const wire::ViewPart& last) {
    const ViewTable table{tx, seal_};
    auto hash = table.applied().hash;
    if (last.delta.from == 0) {
        tx.exec("DELETE FROM view_row");
        hash = {};
    }
    const auto apply_part = [&](const wire::ViewPart& part) {
        for (const auto& key : part.delta.remove) table.remove(key, hash);
        for (const auto& row : part.delta.put) table.put(row, hash);
    };
    if (last.parts == 1) {
        apply_part(last);
    } else {
        for (std::uint32_t number = 1; number <= last.parts; ++number) {
            const auto part = table.part(number);
            if (!part) return core::internal("a part of the view is missing");
            apply_part(*part);
        }
    }
    tx.exec("DELETE FROM view_part");
    const wire::ViewApplied applied{last.delta.to, hash};
    table.set_applied(applied);
    return std::optional(applied);
}

wire::ViewApplied ViewStore::applied() const {
    return connection_.snapshot([this](sql::Tx& tx) { return ViewTable{tx, seal_}.applied(); }).value();
}

std::optional<wire::ViewRow> ViewStore::row(const wire::RowKey& key) const {
    const auto ask = [&](sql::Tx& tx) -> std::optional<wire::ViewRow> {
        const ViewTable table{tx, seal_};
        if (auto row = table.find(key)) return row;
        auto handed = table.handed(key);
        if (!handed) return std::nullopt;
        return wire::ViewRow{key, 0, std::move(*handed)};
    };
    return connection_.snapshot(ask).value();
}

std::vector<wire::ViewRow> ViewStore::rows(wire::RowKind kind) const {
    const auto list = [&](sql::Tx& tx) {
        const ViewTable table{tx, seal_};
        auto all = table.of(kind);
        for (auto& [key, body] : table.all_handed(kind))
            if (!table.find(key)) all.push_back({key, 0, std::move(body)});
        return all;
    };
    return connection_.snapshot(list).value();
}

core::Status ViewStore::put_handed(core::Tx& tx, const std::vector<HandedRow>& rows, core::TimeMs at) const {
    if (read_lock(tx) != Lock::open) return {};
    if (const auto key = seal_.ensure(); !key) return key;
    for (const auto& row : rows) ViewTable{tx, seal_}.keep_handed(row, at);
    return {};
}

core::Status ViewStore::forget_handed(core::TimeMs before) {
    return save(connection_, [&](sql::Tx& tx) { drop_handed_before(tx, before); });
}

bool ViewStore::locked() const { return connection_.snapshot(read_lock).value() != Lock::open; }

bool ViewStore::wipe_due() const { return connection_.snapshot(read_lock).value() == Lock::wipe_due; }

std::optional<model::WipeId> ViewStore::wipe_asked() const {
    const auto ask = [](sql::Tx& tx) { return tx.one("SELECT bytes FROM setting WHERE name = 'wipe'"); };
    const auto row = connection_.snapshot(ask).value();
    return row ? row->get<std::optional<model::WipeId>>(0) : std::nullopt;
}

core::Status ViewStore::set_locked(bool locked, const std::optional<model::WipeId>& asked) {
    const bool same_lock = locked == this->locked();
    if (same_lock && asked == wipe_asked()) return {};
    const auto unit = [&](sql::Tx& tx) {
        if (!same_lock) write_lock(tx, locked ? Lock::wipe_due : Lock::open);
        tx.exec("INSERT INTO setting (name, bytes) VALUES ('wipe', $1) ON CONFLICT (name) DO UPDATE SET bytes = $1",
                asked);
    };
    return save(connection_, unit);
}

core::Status ViewStore::drop_rows() {
    if (const auto done = save(connection_, [this](sql::Tx& tx) { ViewTable{tx, seal_}.drop_all(); }); !done)
        return done;
    return empty_log();
}

// The connection deletes securely; the WAL still holds the pages as they were.
core::Status ViewStore::empty_log() {
    try {
        if (connection_.checkpoint()) return {};
        return core::unavailable("the log could not be emptied: a reader has it open");
    } catch (const sql::DbError& error) {
        return sql::to_error(error);
    }
}

core::Status ViewStore::wipe() {
    if (const auto gone = seal_.destroy(); !gone) return gone;
    const auto forget_talk = [](sql::Tx& tx) {
        tx.exec("DELETE FROM note WHERE substr(name, 1, $2) = $1", chat_prefix, chat_prefix.size());
    };
    if (const auto forgotten = save(connection_, forget_talk); !forgotten) return forgotten;
    if (const auto dropped = drop_rows(); !dropped) return dropped;
    if (!wipe_due()) return {};
    return save(connection_, [](sql::Tx& tx) { write_lock(tx, Lock::wiped); });
}

}  // namespace plus7::agent::store
