#include "shared/sql/database.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace plus7::sql {

struct Database::State {
    Engine engine;
    SqliteOptions sqlite;
    std::unique_ptr<Pool> readers;
    std::unique_ptr<GroupWriter> writer;
};

namespace {

// PostgreSQL keeps 64 subtransactions of a transaction in shared memory; beyond, every reader pays for looking them up.
constexpr std::size_t max_postgres_group = 60;

OpenConnection sqlite_opener(const SqliteOptions& options) {
    return [options]() -> core::Result<std::unique_ptr<Connection>> {
        auto opened = SqliteConnection::open(options);
        if (!opened.ok()) return opened.error();
        return std::unique_ptr<Connection>(std::move(opened).value());
    };
}

GroupLimits limits_of(const DatabaseOptions& options, Engine engine) {
    GroupLimits limits = options.group;
    limits.threads = engine == Engine::sqlite ? 1 : std::max<std::size_t>(1, options.writers);
    limits.units = std::max<std::size_t>(1, limits.units);
    if (engine == Engine::postgres) limits.units = std::min(limits.units, max_postgres_group);
    return limits;
}

// What a job of the writer came to. Shared, because the writer may still be inside done() when the waiter has gone on.
class Waiter {
  public:
    void done(const core::Status& status, std::exception_ptr cause) {
        const std::lock_guard lock(mutex_);
        status_ = status;
        cause_ = std::move(cause);
        ended_.notify_one();
    }
    // Throws what the job threw; the exception then belongs to this thread alone.
    core::Status wait() {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return status_.has_value(); });
        if (cause_) std::rethrow_exception(std::exchange(cause_, nullptr));
        return *status_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable ended_;
    std::optional<core::Status> status_;
    std::exception_ptr cause_;
};

core::Status wait_for(const std::function<core::Status(GroupWriter::Done)>& submit) {
    const auto waiter = std::make_shared<Waiter>();
    auto taken = submit(
        [waiter](const core::Status& status, std::exception_ptr cause) { waiter->done(status, std::move(cause)); });
    if (!taken.ok()) return taken;
    return waiter->wait();
}

}  // namespace

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() { close(); }

core::Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options, ServerFactory postgres) {
    constexpr std::string_view sqlite_scheme = "sqlite:";
    auto state = std::make_unique<State>();
    state->engine = options.dsn.starts_with(sqlite_scheme) ? Engine::sqlite : Engine::postgres;
    OpenConnection open_writer;
    OpenConnection open_reader;
    if (state->engine == Engine::sqlite) {
        state->sqlite.path = options.dsn.substr(sqlite_scheme.size());
        state->sqlite.checkpoint_pages = options.sqlite_checkpoint_pages;
        state->sqlite.cache_kib = options.sqlite_cache_kib;
        open_writer = sqlite_opener(state->sqlite);
        state->sqlite.read_only = true;
        open_reader = sqlite_opener(state->sqlite);
    } else if (!options.dsn.starts_with("postgres://") && !options.dsn.starts_with("postgresql://") &&
               options.dsn.find('=') == std::string::npos) {
        return core::invalid("a database is named as sqlite:/path/file.db, postgres://… or host=… dbname=…");
    } else if (!postgres) {
        return core::invalid("this program works with SQLite only: sqlite:/path/file.db");
    } else {
        const ServerOptions server{options.dsn, options.postgres_serializable};
        open_writer = [server, postgres] { return postgres(server); };
        open_reader = open_writer;
    }
    auto first = open_writer();
    if (!first.ok()) return first.error();
    auto problem = options.on_problem;
    if (!problem)
        problem = [](std::string_view text) { std::fprintf(stderr, "%.*s\n", int(text.size()), text.data()); };
    state->readers = std::make_unique<Pool>(std::max<std::size_t>(1, options.readers), options.patience, open_reader);
    state->writer = std::make_unique<GroupWriter>(limits_of(options, state->engine), std::move(first).value(),
                                                  open_writer, std::move(problem));
    return std::unique_ptr<Database>(new Database(std::move(state)));
}

Engine Database::engine() const { return state_->engine; }

core::Status Database::read_unit(const Unit& unit) {
    for (bool retried = false;; retried = true) {
        auto lease = state_->readers->take();
        if (!lease.ok()) return lease.error();
        try {
            return (*lease)->run_unit(Access::read, unit);
        } catch (const DbError& error) {
            if (error.kind() == DbErrorKind::other) throw;
            if (error.kind() != DbErrorKind::unavailable) return to_error(error);
            state_->readers->discard_idle();
            // Reading twice harms nobody: a connection lost while idle is no reason to refuse.
            if (retried || !lease->was_idle()) return to_error(error);
        }
    }
}

core::Status Database::write_unit(const Unit& unit) {
    if (state_->writer->on_writer_thread()) throw std::logic_error("write() on the writer thread waits for itself");
    return wait_for([&](GroupWriter::Done done) { return state_->writer->submit(unit, std::move(done)); });
}

core::Status Database::submit(Unit unit, std::function<void(const core::Status&)> completion) {
    return state_->writer->submit(
        std::move(unit), [completion = std::move(completion)](const core::Status& status, const std::exception_ptr&) {
            completion(status);
        });
}

core::Status Database::on_writer(const std::function<core::Status(Connection&)>& work) {
    if (state_->writer->on_writer_thread()) throw std::logic_error("on_writer() on the writer thread waits for itself");
    return wait_for([&](GroupWriter::Done done) { return state_->writer->submit_bare(work, std::move(done)); });
}

core::Result<std::unique_ptr<SqliteConnection>> Database::own_reader(std::string_view purpose) {
    if (state_->engine != Engine::sqlite) {
        return core::invalid(std::string{purpose} + " of PostgreSQL is done with PostgreSQL's own tools");
    }
    return SqliteConnection::open(state_->sqlite);
}

core::Status Database::backup(const std::string& path, const std::function<void(BackupProgress)>& progress) {
    const auto reader = own_reader("a backup");
    if (!reader.ok()) return reader.error();
    return (*reader)->backup(path, progress);
}

core::Status Database::check_integrity() {
    const auto reader = own_reader("an integrity check");
    if (!reader.ok()) return reader.error();
    return (*reader)->check_integrity();
}

core::Status Database::checkpoint() {
    if (state_->engine != Engine::sqlite) return core::invalid("a checkpoint of PostgreSQL is its own business");
    return on_writer([](Connection& connection) -> core::Status {
        if (dynamic_cast<SqliteConnection&>(connection).checkpoint()) return {};
        return core::unavailable("readers still use a part of the write-ahead log");
    });
}

core::Result<std::int64_t> Database::size_bytes() {
    auto lease = state_->readers->take();
    if (!lease.ok()) return lease.error();
    try {
        return (*lease)->size_bytes();
    } catch (const DbError& error) {
        return to_error(error);
    }
}

WriteStats Database::stats() const { return state_->writer->stats(); }

void Database::close() {
    // Readers first: the writer's connection is the last one and so the one that checkpoints.
    state_->readers->close();
    state_->writer->close();
}

}  // namespace plus7::sql
