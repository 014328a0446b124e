// SQLite (Debian's 3.40) behind the Connection port. Rules of design/sync-protocol.md: WAL, synchronous=FULL, one
// connection per file writes and checkpoints, on one thread; readers never checkpoint, also not on close; mmap_size=0.
#pragma once
#include <chrono>
#include <memory>

#include "shared/sql/connection.hpp"

namespace plus7::sql {

struct SqliteOptions {
    std::string path;             // made with mode 0600 when it does not exist, unless read_only
    bool read_only = false;       // a reader: the file must exist
    int checkpoint_pages = 1000;  // the writer checkpoints when the WAL has this many; 0 = only when asked
    int cache_kib = 8 * 1024;     // page cache; a handheld wants 512 or so
    bool secure_delete = false;   // overwrite deleted content with zeros
    // For a file that no other process and no other connection opens: no locks, no shared index. The log is made at its
    // full size once and stays, so that a commit changes no size of a file, which would cost a journaling file system
    // several times the bytes of the commit. 0 = an ordinary file.
    std::size_t own_log_bytes = 0;
    int page_size = 4096;  // of a new file
    std::chrono::milliseconds busy_timeout{5000};  // how long another process may hold a lock
    std::size_t statements = 256;                  // prepared statements kept
};

struct BackupProgress {
    int pages_done = 0;
    int pages_total = 0;
};

class SqliteConnection final : public Connection {
  public:
    // Errors (invalid, unavailable) say what a person can do: no folder, not writable, not a database, foreign
    // encoding.
    static core::Result<std::unique_ptr<SqliteConnection>> open(const SqliteOptions& options);
    ~SqliteConnection() override;

    Engine engine() const override { return Engine::sqlite; }
    void begin(Access access) override;
    void commit() override;
    void rollback() noexcept override;
    std::int64_t run(std::string_view sql, Params params, const RowSink& sink) override;
    void stream(std::string_view sql, Params params, const RowSink& sink) override { run(sql, params, sink); }
    std::int64_t run_many(std::string_view sql, std::span<const std::vector<Param>> rows, RowKeys keys) override;
    void script(std::string_view sql) override;
    bool in_transaction() const override;
    bool usable() const override { return true; }
    std::int64_t size_bytes() override;  // database and WAL

    // Goes up with every row that is inserted, changed or deleted, also in what was rolled back.
    std::int64_t changes() const;
    // Copies the WAL into the database and truncates it. Writer only. False: a reader kept a part of it in use.
    bool checkpoint();
    // An own, consistent copy at `path` (mode 0600, fsynced, then renamed; an old file there is replaced). Needs a
    // connection of its own, a reader: it holds one snapshot and disturbs no writer. `progress` is called about every 4
    // MiB.
    core::Status backup(const std::string& path, const std::function<void(BackupProgress)>& progress);
    // SQLite's integrity_check and foreign_key_check; the error quotes the first finding.
    core::Status check_integrity();

  private:
    struct State;
    explicit SqliteConnection(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace plus7::sql
