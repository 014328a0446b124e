#include "shared/sql/migrations.hpp"

#include <stdexcept>

#include "shared/core/hash.hpp"
#include "shared/core/time.hpp"

namespace plus7::sql {
namespace {

// Any fixed number: PostgreSQL's advisory locks have one space per database, and nothing else of ours uses them.
constexpr std::string_view lock_sql = "SELECT pg_advisory_xact_lock(7001)";
constexpr std::string_view table_sql =
    "CREATE TABLE IF NOT EXISTS schema_migration (number {int} PRIMARY KEY, name TEXT NOT NULL, checksum {int} NOT "
    "NULL,"
    " applied_us {int} NOT NULL) {strict}";

std::int64_t checksum(const Migration& migration) { return core::crc32c(core::view_of(migration.text)); }

std::string title(const Migration& migration) {
    return std::to_string(migration.number) + " (" + std::string{migration.name} + ")";
}

// How many of `migrations` the database has; an error when it has something else.
core::Result<std::size_t> applied(Tx& tx, std::span<const Migration> migrations) {
    std::size_t count = 0;
    for (const Row& row : tx.query("SELECT number, name, checksum FROM schema_migration ORDER BY number")) {
        const auto number = row.get<std::int64_t>("number");
        const std::string name = std::to_string(number) + " (" + row.get<std::string>("name") + ")";
        if (count == migrations.size()) {
            return core::conflict("the database has migration " + name + ", this program knows only " +
                                  std::to_string(migrations.size()) + ": install a newer program");
        }
        const Migration& known = migrations[count++];
        if (known.number != number || checksum(known) != row.get<std::int64_t>("checksum")) {
            return core::conflict("the database was made with another text of migration " + name +
                                  " than this program has: this is not the program it belongs to");
        }
    }
    return count;
}

// Applies the next one; true when none is left.
core::Result<bool> step(Connection& connection, Tx& tx, std::span<const Migration> migrations) {
    if (connection.engine() == Engine::postgres) {
        connection.script("SET LOCAL lock_timeout=0");  // another instance may migrate for minutes
        tx.query(lock_sql);
    }
    connection.script(table_sql);
    const auto count = applied(tx, migrations);
    if (!count.ok()) return count.error();
    if (*count == migrations.size()) return true;
    const Migration& next = migrations[*count];
    try {
        connection.script(next.text);
    } catch (const DbError& error) {
        return to_error(error).context("migration " + title(next));
    }
    tx.exec("INSERT INTO schema_migration (number, name, checksum, applied_us) VALUES ($1, $2, $3, $4)", next.number,
            next.name, checksum(next), core::SystemClock().now());
    return false;
}

}  // namespace

core::Status migrate(Connection& connection, std::span<const Migration> migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        if (migrations[i].number != static_cast<int>(i) + 1) {
            throw std::logic_error("migration " + title(migrations[i]) + " stands at place " + std::to_string(i + 1));
        }
    }
    for (;;) {
        try {
            const auto done = connection.transaction([&](Tx& tx) { return step(connection, tx, migrations); });
            if (!done.ok()) return done.error();
            if (*done) return {};
        } catch (const DbError& error) {
            return to_error(error).context("database migration");
        }
    }
}

core::Status migrate(Database& database, std::span<const Migration> migrations) {
    return database.on_writer([&](Connection& connection) { return migrate(connection, migrations); });
}

core::Status expect_migrated(Database& database, std::span<const Migration> migrations) {
    try {
        const auto count = database.read([&](Tx& tx) { return applied(tx, migrations); });
        if (!count.ok()) return count.error();
        if (*count == migrations.size()) return {};
        return core::conflict("the database is at migration " + std::to_string(*count) + " of " +
                              std::to_string(migrations.size()));
    } catch (const DbError& error) {
        if (error.kind() != DbErrorKind::other) throw;
        return core::conflict("the database has no tables of this program");  // not even schema_migration
    }
}

}  // namespace plus7::sql
