// PostgreSQL behind the Connection port (libpqxx). Library plus7_sql_postgres: central only.
#pragma once
#include "shared/sql/connection.hpp"

namespace plus7::sql {

// For Database::open. A connection is refused unless the database is UTF8 with C collation, so that both engines sort
// alike.
ServerFactory postgres_factory();

}  // namespace plus7::sql
