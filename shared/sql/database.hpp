// Central's database: reads on the threads of the callers, writes through one queue with group commit. Any thread;
// owned by the composition root, closed before the workers that use it are gone. The handheld uses SqliteConnection
// instead.
#pragma once
#include <memory>
#include <string>

#include "shared/sql/connection.hpp"
#include "shared/sql/group_writer.hpp"
#include "shared/sql/sqlite_connection.hpp"

namespace plus7::sql {

struct DatabaseOptions {
    std::string dsn;          // "sqlite:/path/file.db", "postgres://…" or libpq's "host=… dbname=…"
    std::size_t readers = 8;  // connections for read()
    std::size_t writers = 2;  // threads and connections for writing; SQLite always has one
    GroupLimits group;        // `threads` is taken from `writers`; PostgreSQL: at most 60 units in a group
    std::chrono::milliseconds patience{10'000};  // how long read() waits for a free connection
    int sqlite_checkpoint_pages = 1000;
    int sqlite_cache_kib = 16 * 1024;    // per connection
    bool postgres_serializable = false;  // see ServerOptions
    // Told of what no caller hears: broken groups, lost connections, throwing completions. From writer threads. Without
    // it the text goes to stderr.
    std::function<void(std::string_view)> on_problem;
};

class Database {
  public:
    // Errors (invalid, unavailable) say what a person can do. `postgres` is postgres_factory(), or empty in a program
    // without PostgreSQL.
    static core::Result<std::unique_ptr<Database>> open(DatabaseOptions options, ServerFactory postgres = {});
    ~Database();  // as close()

    Engine engine() const;

    // Runs fn(Tx&) on this thread in a consistent snapshot. Blocks: never on the loop thread. DbError of kind other and
    // exceptions of fn pass through; all other complaints come back as an error.
    template <typename Fn>
    Outcome<Fn> read(Fn fn) {
        std::optional<Outcome<Fn>> kept;
        const core::Status status = read_unit(unit_of(fn, kept));
        if (!status.ok()) return status.error();
        return std::move(*kept);
    }
    // Runs fn(Tx&) on a writer thread, perhaps in a group with others, perhaps more than once; returns after the
    // durable commit. An error of fn rolls its work back. Exceptions as in read(). From a writer thread:
    // std::logic_error.
    template <typename Fn>
    Outcome<Fn> write(Fn fn) {
        std::optional<Outcome<Fn>> kept;
        const core::Status status = write_unit(unit_of(fn, kept));
        if (!status.ok()) return status.error();
        return std::move(*kept);
    }
    // Queues a unit and returns at once. `completion` is called exactly once, on a writer thread: success means
    // durable. It must be short and must not write(). An error returned here (queue full, closing): not taken, no
    // completion follows.
    [[nodiscard]] core::Status submit(Unit unit, std::function<void(const core::Status&)> completion);

    // Runs `work` on the writer's connection outside any transaction, and waits for it: migrations, checkpoints.
    core::Status on_writer(const std::function<core::Status(Connection&)>& work);

    // SQLite only, else `invalid`. Backup and check use a reader of their own and disturb no writer.
    core::Status backup(const std::string& path, const std::function<void(BackupProgress)>& progress = {});
    core::Status check_integrity();
    core::Status checkpoint();

    core::Result<std::int64_t> size_bytes();
    WriteStats stats() const;

    // Queued units finish or end with `unavailable`; afterwards everything is refused.
    void close();

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    core::Status read_unit(const Unit& unit);
    core::Status write_unit(const Unit& unit);
    core::Result<std::unique_ptr<SqliteConnection>> own_reader(std::string_view purpose);

    std::unique_ptr<State> state_;
};

}  // namespace plus7::sql
