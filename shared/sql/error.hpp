// What a database engine complained about, in words both engines share. Thrown by Connection and Tx.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::sql {

enum class DbErrorKind {
    constraint_unique,  // a unique or primary key exists already
    constraint,         // foreign key, NOT NULL, CHECK
    invalid,            // a value the database cannot hold: bad UTF-8, NUL in a text, out of range
    busy,               // a lock was not given in time
    serialization,      // PostgreSQL 40001 and 40P01: run the unit again
    full,               // no space left
    io,                 // disk, memory or file damage
    unavailable,        // no connection; at COMMIT: the result is unknown
    other,              // a bug: syntax, missing table, wrong use
};

std::string_view name_of(DbErrorKind kind);

class DbError : public std::runtime_error {
  public:
    // `code` is the engine's own: extended result code or SQLSTATE; it becomes part of what().
    DbError(DbErrorKind kind, const std::string& message, std::string_view code = {});
    DbErrorKind kind() const { return kind_; }

    // After these the engine has ended, or must end, the whole transaction, not only the statement.
    bool ends_transaction() const;

  private:
    DbErrorKind kind_;
};

// The expected outcome behind the complaint; `other` becomes ErrorKind::internal.
core::Error to_error(const DbError& error);

}  // namespace plus7::sql
