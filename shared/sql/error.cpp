#include "shared/sql/error.hpp"

namespace plus7::sql {

std::string_view name_of(DbErrorKind kind) {
    switch (kind) {
        case DbErrorKind::constraint_unique:
            return "unique key violated";
        case DbErrorKind::constraint:
            return "constraint violated";
        case DbErrorKind::invalid:
            return "value not accepted";
        case DbErrorKind::busy:
            return "database busy";
        case DbErrorKind::serialization:
            return "conflict with another transaction";
        case DbErrorKind::full:
            return "no space left for the database";
        case DbErrorKind::io:
            return "database storage failed";
        case DbErrorKind::unavailable:
            return "database unavailable";
        case DbErrorKind::other:
            return "database error";
    }
    return "database error";
}

namespace {

std::string describe(DbErrorKind kind, const std::string& message, std::string_view code) {
    std::string text{name_of(kind)};
    text += ": " + message;
    if (!code.empty()) text.append(" [").append(code).append("]");
    return text;
}

}  // namespace

DbError::DbError(DbErrorKind kind, const std::string& message, std::string_view code)
    : std::runtime_error(describe(kind, message, code)), kind_(kind) {}

bool DbError::ends_transaction() const {
    switch (kind_) {
        case DbErrorKind::busy:
        case DbErrorKind::serialization:
        case DbErrorKind::full:
        case DbErrorKind::io:
        case DbErrorKind::unavailable:
            return true;
        default:
            return false;
    }
}

core::Error to_error(const DbError& error) {
    switch (error.kind()) {
        case DbErrorKind::constraint_unique:
        case DbErrorKind::constraint:
            return core::conflict(error.what());
        case DbErrorKind::invalid:
            return core::invalid(error.what());
        case DbErrorKind::full:
            return core::full(error.what());
        case DbErrorKind::busy:
        case DbErrorKind::serialization:
        case DbErrorKind::io:
        case DbErrorKind::unavailable:
            return core::unavailable(error.what());
        case DbErrorKind::other:
            break;
    }
    return core::internal(error.what());
}

}  // namespace plus7::sql
