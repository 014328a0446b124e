#include "shared/sql/sqlite_statement.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <stdexcept>

#include "shared/sql/dialect.hpp"
#include "shared/sql/error.hpp"

namespace plus7::sql {
namespace {

DbErrorKind kind_of(sqlite3* db, int code) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return DbErrorKind::constraint_unique;
        case SQLITE_CONSTRAINT_DATATYPE:
            return DbErrorKind::invalid;
        default:
            break;
    }
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return DbErrorKind::constraint;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return DbErrorKind::busy;
        case SQLITE_FULL:
            return DbErrorKind::full;
        case SQLITE_IOERR:
            return sqlite3_system_errno(db) == ENOSPC ? DbErrorKind::full : DbErrorKind::io;
        case SQLITE_NOMEM:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
            return DbErrorKind::io;
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
            return DbErrorKind::invalid;
        default:
            return DbErrorKind::other;
    }
}

Value value_at(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, column)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement, column);
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
        }
        case SQLITE_BLOB: {
            const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
            return core::Bytes(data, data + sqlite3_column_bytes(statement, column));
        }
        default:
            return nullptr;
    }
}

// The bytes stay with the caller until the statement is reset (SQLITE_STATIC).
int bind_one(sqlite3_stmt* statement, int index, const Param::View& view) {
    switch (view.index()) {
        case 1:
            return sqlite3_bind_int64(statement, index, std::get<1>(view));
        case 2:
            return sqlite3_bind_double(statement, index, std::get<2>(view));
        case 3: {
            const std::string_view text = std::get<3>(view);
            return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        }
        case 4: {
            const core::ByteView bytes = std::get<4>(view);  // a null pointer would bind NULL
            if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
            return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
        }
        default:
            return sqlite3_bind_null(statement, index);
    }
}

}  // namespace

void throw_sqlite_error(sqlite3* db, int code, std::string_view sql) {
    std::string message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    const int extended =
        db != nullptr && (sqlite3_extended_errcode(db) & 0xFF) == (code & 0xFF) ? sqlite3_extended_errcode(db) : code;
    if (!sql.empty()) message.append(" in: ").append(sql.substr(0, 200));
    throw DbError(kind_of(db, extended), message, std::to_string(extended));
}

SqliteStatement::SqliteStatement(sqlite3* db, std::string_view sql) : db_(db) {
    const std::string text = engine_text(Engine::sqlite, sql);
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(db, text.c_str(), static_cast<int>(text.size() + 1), SQLITE_PREPARE_PERSISTENT,
                                        &statement_, &tail);
    if (code != SQLITE_OK) throw_sqlite_error(db, code, sql);
    if (statement_ == nullptr) throw DbError(DbErrorKind::other, "an empty statement");
    if (std::string_view{tail}.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(statement_);
        throw DbError(DbErrorKind::other, "more than one statement in: " + std::string{sql.substr(0, 200)});
    }
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement_); ++i) {
        indices_.push_back(sqlite3_bind_parameter_index(statement_, ("$" + std::to_string(i)).c_str()));
    }
    auto columns = std::make_shared<std::vector<std::string>>();
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) columns->push_back(sqlite3_column_name(statement_, i));
    columns_ = std::move(columns);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::bind(Params params) {
    const std::string_view sql = sqlite3_sql(statement_);
    if (params.size() != indices_.size()) {
        throw DbError(DbErrorKind::other, std::to_string(params.size()) + " parameters for " +
                                              std::to_string(indices_.size()) +
                                              " in: " + std::string{sql.substr(0, 200)});
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
        if (indices_[i] == 0) {
            throw DbError(DbErrorKind::other,
                          "no parameter $" + std::to_string(i + 1) + " in: " + std::string{sql.substr(0, 200)});
        }
        const int code = bind_one(statement_, indices_[i], params[i].view());
        if (code != SQLITE_OK) throw_sqlite_error(db_, code, sql);
    }
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_sqlite_error(db_, code, sqlite3_sql(statement_));
}

Row SqliteStatement::row() {
    std::vector<Value> values;
    values.reserve(columns_->size());
    for (std::size_t i = 0; i < columns_->size(); ++i) values.push_back(value_at(statement_, static_cast<int>(i)));
    return Row(columns_, std::move(values));
}

void SqliteStatement::reset() noexcept {
    sqlite3_reset(statement_);  // repeats the error of the last step, which was thrown there
    sqlite3_clear_bindings(statement_);
}

bool SqliteStatement::writes() const { return sqlite3_stmt_readonly(statement_) == 0; }

StatementCache::Lease StatementCache::take(sqlite3* db, std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end() && !found->second->in_use) return Lease(found->second);
    auto made = std::make_shared<SqliteStatement>(db, sql);
    if (found == statements_.end()) {
        if (statements_.size() >= capacity_) statements_.clear();  // those in use live on with their lease
        statements_.emplace(sql, made);
    }
    return Lease(std::move(made));
}

}  // namespace plus7::sql
