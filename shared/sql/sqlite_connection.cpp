#include "shared/sql/sqlite_connection.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "shared/sql/sqlite_statement.hpp"

namespace plus7::sql {

struct SqliteConnection::State {
    SqliteOptions options;
    SQLite::Database database;
    StatementCache cache{options.statements};

    sqlite3* handle() const { return database.getHandle(); }
};

namespace {

std::string system_message(int code) { return std::generic_category().message(code); }

// Makes the file with our mode before SQLite would make it with its own; WAL and shm copy that mode.
core::Status ensure_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return core::unavailable("cannot open database file " + path + " for writing: " + system_message(errno));
    ::close(file);
    return {};
}

std::string text_of_pragma(sqlite3* db, std::string_view pragma) {
    SqliteStatement statement(db, pragma);
    if (!statement.step()) return {};
    return statement.row().get<std::string>(0);
}

std::int64_t number_of_pragma(sqlite3* db, std::string_view pragma) {
    SqliteStatement statement(db, pragma);
    if (!statement.step()) return 0;
    return statement.row().get<std::int64_t>(0);
}

void exec(sqlite3* db, const std::string& sql) {
    const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_sqlite_error(db, code, sql);
}

// Zeros to the end; the log ends where a frame does not fit those before it (sqlite.org/fileformat.html, 4.2).
core::Status fill_log(const std::string& path, std::size_t bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat now {};
    bool done = file >= 0 && ::fstat(file, &now) == 0;
    static constexpr std::array<char, 4096> zeros{};
    for (auto size = static_cast<std::size_t>(done ? now.st_size : 0); done && size < bytes;) {
        const auto written = ::write(file, zeros.data(), std::min(zeros.size(), bytes - size));
        done = written > 0;
        if (done) size += static_cast<std::size_t>(written);
    }
    // A full disk may still have room for what is acked to be deleted: then the log grows as it always did.
    const bool fatal = !done && errno != ENOSPC && errno != EDQUOT;
    const int why = errno;
    if (file >= 0) ::fdatasync(file);
    if (file >= 0) ::close(file);
    if (fatal) return core::unavailable("cannot write " + path + ": " + system_message(why));
    return {};
}

core::Status configure(SQLite::Database& database, const SqliteOptions& options) {
    sqlite3* db = database.getHandle();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);  // "x" is a name, never a text: as in PostgreSQL
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (options.read_only) sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    exec(db,
         "PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
         "PRAGMA synchronous=FULL; PRAGMA cache_size=-" +
             std::to_string(options.cache_kib));
    exec(db, "PRAGMA page_size=" + std::to_string(options.page_size));
    if (options.own_log_bytes > 0) exec(db, "PRAGMA locking_mode=EXCLUSIVE");  // before the log is looked at
    exec(db, options.secure_delete ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=OFF");
    exec(db, "PRAGMA wal_autocheckpoint=" + std::to_string(options.read_only ? 0 : options.checkpoint_pages));
    if (!options.read_only && text_of_pragma(db, "PRAGMA journal_mode=WAL") != "wal") {
        return core::invalid("database file " + options.path + " cannot use a write-ahead log on this file system");
    }
    const std::string encoding = text_of_pragma(db, "PRAGMA encoding");
    if (encoding != "UTF-8") {
        return core::invalid("database file " + options.path + " is encoded in " + encoding + ", UTF-8 is needed");
    }
    number_of_pragma(db, "PRAGMA schema_version");  // reads the header: not a database, no permission
    if (options.own_log_bytes == 0) return {};
    int stays = 1;
    sqlite3_file_control(db, nullptr, SQLITE_FCNTL_PERSIST_WAL, &stays);
    return fill_log(options.path + "-wal", options.own_log_bytes);
}

}  // namespace

SqliteConnection::SqliteConnection(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteConnection::~SqliteConnection() = default;

core::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const SqliteOptions& options) {
    if (options.path.empty()) return core::invalid("the database has no file name");
    if (!options.read_only) {
        if (const auto made = ensure_file(options.path); !made.ok()) return made.error();
    } else if (::access(options.path.c_str(), R_OK) != 0) {
        return core::unavailable("cannot read database file " + options.path + ": " + system_message(errno));
    }
    try {
        const int flags = (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX |
                          SQLITE_OPEN_PRIVATECACHE;
        std::unique_ptr<State> state(
            new State{options, SQLite::Database(options.path, flags, static_cast<int>(options.busy_timeout.count()))});
        if (const auto status = configure(state->database, options); !status.ok()) return status.error();
        return std::unique_ptr<SqliteConnection>(new SqliteConnection(std::move(state)));
    } catch (const SQLite::Exception& error) {
        return core::unavailable("cannot open database file " + options.path + ": " + error.what());
    } catch (const DbError& error) {
        return core::unavailable("cannot use database file " + options.path + ": " + error.what());
    }
}

void SqliteConnection::begin(Access access) {
    if (access != Access::read) {
        run("BEGIN IMMEDIATE", {}, {});
        return;
    }
    run("BEGIN", {}, {});
    try {
        run("SELECT 1 FROM sqlite_schema LIMIT 1", {}, {});  // the snapshot begins with the first read
    } catch (...) {
        rollback();
        throw;
    }
}

void SqliteConnection::commit() { run("COMMIT", {}, {}); }

void SqliteConnection::rollback() noexcept {
    // Nothing to do when SQLite has rolled back by itself; a failing ROLLBACK leaves no transaction either.
    if (in_transaction()) sqlite3_exec(state_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t SqliteConnection::run(std::string_view sql, Params params, const RowSink& sink) {
    const auto statement = state_->cache.take(state_->handle(), sql);
    statement->bind(params);
    const std::int64_t before = sqlite3_total_changes64(state_->handle());
    while (statement->step()) {
        if (sink && !sink(statement->row())) break;
    }
    if (!statement->writes()) return 0;
    // total_changes also counts what foreign keys and triggers did; changes() is kept from the last statement that
    // wrote.
    return sqlite3_total_changes64(state_->handle()) == before ? 0 : sqlite3_changes64(state_->handle());
}

std::int64_t SqliteConnection::run_many(std::string_view sql, std::span<const std::vector<Param>> rows, RowKeys) {
    const auto statement = state_->cache.take(state_->handle(), sql);
    std::int64_t changed = 0;
    for (const auto& row : rows) {
        statement->bind(row);
        const std::int64_t before = sqlite3_total_changes64(state_->handle());
        while (statement->step()) {
        }
        if (sqlite3_total_changes64(state_->handle()) != before) changed += sqlite3_changes64(state_->handle());
        statement->reset();
    }
    return changed;
}

void SqliteConnection::script(std::string_view sql) { exec(state_->handle(), engine_text(Engine::sqlite, sql)); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(state_->handle()) == 0; }

std::int64_t SqliteConnection::size_bytes() {
    const auto size_of = [](const std::string& path) -> std::int64_t {
        std::error_code missing;  // no WAL file: nothing in it
        const auto size = std::filesystem::file_size(path, missing);
        return missing ? 0 : static_cast<std::int64_t>(size);
    };
    return size_of(state_->options.path) + size_of(state_->options.path + "-wal");
}

std::int64_t SqliteConnection::changes() const { return sqlite3_total_changes64(state_->handle()); }

bool SqliteConnection::checkpoint() {
    if (state_->options.read_only) throw std::logic_error("a reader never checkpoints");
    const int code = sqlite3_wal_checkpoint_v2(state_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code == SQLITE_BUSY) return false;
    if (code != SQLITE_OK) throw_sqlite_error(state_->handle(), code, "checkpoint");
    return true;
}

core::Status SqliteConnection::check_integrity() {
    std::string finding;
    const auto note = [&](Row&& row) {
        const auto* text = std::get_if<std::string>(&row.value(std::size_t{0}));
        if (text != nullptr && *text != "ok") finding = *text;
        return finding.empty();
    };
    run("PRAGMA integrity_check(1)", {}, note);
    if (!finding.empty()) return core::internal("database is damaged: " + finding);
    run("PRAGMA foreign_key_check", {}, note);
    if (!finding.empty()) return core::internal("database breaks a foreign key of table " + finding);
    return {};
}

namespace {

void sync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "open " + path);
    const int code = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (code != 0) throw std::system_error(code, std::generic_category(), "fsync " + path);
}

void copy_pages(SQLite::Database& to, SQLite::Database& from, const std::function<void(BackupProgress)>& progress) {
    constexpr int pages_per_step = 1024;
    SQLite::Backup backup(to, from);
    for (;;) {
        const int code = backup.executeStep(pages_per_step);
        const int total = backup.getTotalPageCount();
        if (progress) progress({total - backup.getRemainingPageCount(), total});
        if (code == SQLITE_DONE) return;
        if (code != SQLITE_OK) throw SQLite::Exception("the copy could not go on", code);
    }
}

}  // namespace

core::Status SqliteConnection::backup(const std::string& path, const std::function<void(BackupProgress)>& progress) {
    const std::string part = path + ".part";
    std::error_code none;  // no rest of an earlier attempt: fine
    std::filesystem::remove(part, none);
    if (const auto made = ensure_file(part); !made.ok()) return made;
    // The open snapshot keeps the copy from starting anew whenever the writer commits.
    begin(Access::read);
    try {
        {
            SQLite::Database copy(part, SQLITE_OPEN_READWRITE);
            copy_pages(copy, state_->database, progress);
        }
        rollback();
        sync_path(part, O_RDWR);
        std::filesystem::rename(part, path);
        const std::string folder = std::filesystem::path(path).parent_path().string();
        sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
        return {};
    } catch (const std::runtime_error& error) {  // SQLite::Exception, std::system_error
        rollback();
        std::filesystem::remove(part, none);
        return core::unavailable("backup to " + path + ": " + error.what());
    }
}

}  // namespace plus7::sql
