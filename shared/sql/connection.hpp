// One connection to a database (port; SQLite and PostgreSQL). Owned and used by one thread at a time; starts no
// threads. The handheld uses SqliteConnection directly; central uses Database, which is built on this.
#pragma once
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/sql/dialect.hpp"
#include "shared/sql/error.hpp"
#include "shared/sql/tx.hpp"
#include "shared/sql/value.hpp"

namespace plus7::sql {

enum class Access {
    read,   // a snapshot: all statements see the state of the first
    write,  // SQLite takes the write lock at once, so that a transaction never fails half-way for want of it
    group,  // as write; several units in savepoints: PostgreSQL gives up a row lock it waits for after 200 ms
};

// What a unit of work hands back: fn may return T, core::Result<T> or nothing; the caller always gets a Result.
template <typename T>
struct OutcomeOf {
    using type = core::Result<T>;
};
template <typename T>
struct OutcomeOf<core::Result<T>> {
    using type = core::Result<T>;
};
template <typename Fn>
using Outcome = typename OutcomeOf<std::invoke_result_t<Fn&, Tx&>>::type;

// A unit of work. It may run more than once, so it touches nothing but the Tx and its own result. An error rolls it
// back.
using Unit = std::function<core::Status(Tx&)>;

// Keeps the result of the last run of `fn` in `kept`; both must outlive the unit.
template <typename Fn>
Unit unit_of(Fn& fn, std::optional<Outcome<Fn>>& kept) {
    return [&fn, &kept](Tx& tx) -> core::Status {
        kept.reset();
        if constexpr (std::is_void_v<std::invoke_result_t<Fn&, Tx&>>) {
            fn(tx);
            kept.emplace();
        } else {
            kept.emplace(fn(tx));
        }
        if (kept->ok()) return {};
        return kept->error();
    };
}

class Connection {
  public:
    using RowSink = std::function<bool(Row&&)>;  // false: no more rows wanted

    Connection() = default;
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // One transaction around fn(Tx&), run once. Durable when it returns a success. An error or an exception of fn rolls
    // it back. Throws DbError: the engine's complaint (kind full: no space; unavailable at COMMIT: the result is
    // unknown).
    template <typename Fn>
    Outcome<Fn> transaction(Fn fn) {
        return around(Access::write, fn);
    }
    // As transaction, reading only: one consistent snapshot.
    template <typename Fn>
    Outcome<Fn> snapshot(Fn fn) {
        return around(Access::read, fn);
    }

    // The untyped core of both.
    core::Status run_unit(Access access, const Unit& unit);

    // The engine's side, used by Tx, Database and migrations. All throw DbError; SQL words are replaced by engine_text.
    virtual Engine engine() const = 0;
    virtual void begin(Access access) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;  // also after a failure, also without a transaction
    // Runs one statement, cached and prepared; returns the rows inserted, changed or deleted. `sink` gets its rows, may
    // be empty.
    virtual std::int64_t run(std::string_view sql, Params params, const RowSink& sink) = 0;
    // As run, never holding all rows in memory.
    virtual void stream(std::string_view sql, Params params, const RowSink& sink) = 0;
    // One statement for many rows of the same number of parameters; see Tx::exec_many.
    virtual std::int64_t run_many(std::string_view sql, std::span<const std::vector<Param>> rows, RowKeys keys) = 0;
    // Several statements without parameters.
    virtual void script(std::string_view sql) = 0;
    virtual bool in_transaction() const = 0;
    virtual bool usable() const = 0;  // false: throw the connection away
    virtual std::int64_t size_bytes() = 0;

  private:
    template <typename Fn>
    Outcome<Fn> around(Access access, Fn& fn) {
        std::optional<Outcome<Fn>> kept;
        const core::Status status = run_unit(access, unit_of(fn, kept));
        if (!status.ok()) return status.error();
        return std::move(*kept);
    }
};

// How a PostgreSQL server is reached. The secret part of `conninfo` is never repeated in a message.
struct ServerOptions {
    std::string conninfo;       // libpq: "host=… dbname=…" or postgres://…
    bool serializable = false;  // isolation of writes; else READ COMMITTED, with row locks where rows are decided upon
};
// PostgreSQL is passed in (postgres_connection.hpp), so that a program without it does not link libpq.
using ServerFactory = std::function<core::Result<std::unique_ptr<Connection>>(const ServerOptions&)>;

}  // namespace plus7::sql
