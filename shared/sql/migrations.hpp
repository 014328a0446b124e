// The schema's history: numbered texts, each applied once and in order, in one transaction of its own, recorded in the
// table schema_migration. Run at start, before anything else uses the database; two central instances may start at
// once.
#pragma once
#include <span>
#include <string_view>

#include "shared/sql/connection.hpp"
#include "shared/sql/database.hpp"

namespace plus7::sql {

struct Migration {
    int number = 0;         // 1, 2, 3 … without holes
    std::string_view name;  // the file's name, for people
    std::string_view
        text;  // one or more statements; the words of engine_text are replaced; never changed after a release
};

// Errors (conflict): the database is newer than this program, or an applied text was changed; nothing is touched then.
// internal: a statement failed; that migration is rolled back, those before it stay.
core::Status migrate(Connection& connection, std::span<const Migration> migrations);
core::Status migrate(Database& database, std::span<const Migration> migrations);

// Nothing is changed. conflict: the database is not of exactly these migrations; the message says which it is at.
core::Status expect_migrated(Database& database, std::span<const Migration> migrations);

}  // namespace plus7::sql
