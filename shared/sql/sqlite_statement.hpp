// A prepared statement of SQLite and the cache of one connection. Private to shared/sql; owned by SqliteConnection.
#pragma once
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/sql/value.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace plus7::sql {

// Throws DbError made of the connection's last error and, where given, the statement's text (never its parameters).
[[noreturn]] void throw_sqlite_error(sqlite3* db, int code, std::string_view sql);

class SqliteStatement {
  public:
    SqliteStatement(sqlite3* db, std::string_view sql);
    ~SqliteStatement();
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    bool in_use = false;

    void bind(Params params);  // $n by name: SQLite numbers parameters in the order it meets them
    bool step();               // true: a row is there
    Row row();
    void reset() noexcept;
    bool writes() const;

  private:
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> indices_;  // of $1, $2 …
    Columns columns_;
};

// Takes a statement out of the cache (or makes it) and brings it back, reset, at the end of the scope.
class StatementCache {
  public:
    class Lease {
      public:
        explicit Lease(std::shared_ptr<SqliteStatement> statement) : statement_(std::move(statement)) {
            statement_->in_use = true;
        }
        ~Lease() {
            statement_->reset();
            statement_->in_use = false;
        }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        SqliteStatement* operator->() const { return statement_.get(); }

      private:
        std::shared_ptr<SqliteStatement> statement_;
    };

    explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}
    Lease take(sqlite3* db, std::string_view sql);
    void clear() { statements_.clear(); }

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::size_t capacity_;
    std::unordered_map<std::string, std::shared_ptr<SqliteStatement>, TextHash, std::equal_to<>> statements_;
};

}  // namespace plus7::sql
