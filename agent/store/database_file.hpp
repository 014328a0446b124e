// Opens one of the handheld's database files: integrity is checked first, and a damaged file is moved aside, so that
// the device goes on recording. Storage thread.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/sql/error.hpp"
#include "shared/sql/sqlite_connection.hpp"

namespace plus7::agent::store {

struct DatabaseFile {
    std::unique_ptr<sql::SqliteConnection> connection;
    // Where the damaged file (and its WAL) now lies, when there was one; the connection is then to a new, empty one.
    std::optional<std::filesystem::path> damaged;
};

// `schema` is the prefix of sql/<schema>_000N.sql. Errors (unavailable, conflict): cannot be opened for a reason other
// than damage; nothing was moved.
core::Result<DatabaseFile> open_database_file(const std::filesystem::path& path, std::string_view schema);

// One durable transaction; the engine's complaints (no space, broken disk) come back as an error: nothing was saved.
template <typename Fn>
sql::Outcome<Fn> save(sql::SqliteConnection& connection, Fn fn) {
    try {
        return connection.transaction(std::move(fn));
    } catch (const sql::DbError& error) {
        return sql::to_error(error);
    }
}

}  // namespace plus7::agent::store
