// The queue of units that write, and the threads that run them in groups: many units in savepoints, one durable COMMIT.
// SQLite has one such thread (the only one that writes and checkpoints), PostgreSQL a few. Owned by Database.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "shared/sql/connection.hpp"
#include "shared/sql/pool.hpp"

namespace plus7::sql {

struct GroupLimits {
    std::size_t threads = 1;
    std::size_t units = 256;                     // in one commit
    std::chrono::milliseconds time{20};          // a group takes no further unit after this
    std::size_t queued = 10'000;                 // more are refused
    int attempts = 8;                            // of a unit that conflicts with other transactions
    std::chrono::milliseconds close_time{5000};  // for what is still queued at close
};

struct WriteStats {
    std::uint64_t commits = 0;        // durable transactions
    std::uint64_t units = 0;          // units that ended well
    std::uint64_t failed = 0;         // units that ended with an error
    std::uint64_t broken_groups = 0;  // rolled back as a whole, units run again one by one
    std::uint64_t retries = 0;        // runs of a unit after a conflict
    std::uint64_t connections = 0;    // opened by the writer threads
    std::uint64_t queued = 0;         // waiting now
};

class GroupWriter {
  public:
    // `cause` is set when the unit threw something that is no outcome.
    using Done = std::function<void(const core::Status&, std::exception_ptr cause)>;
    using Problem = std::function<void(std::string_view)>;
    using OnConnection = std::function<core::Status(Connection&)>;

    // `first` is the connection of the first thread; `open` makes the others and replaces lost ones.
    GroupWriter(const GroupLimits& limits, std::unique_ptr<Connection> first, OpenConnection open, Problem problem);
    ~GroupWriter();  // as close()

    // Error (unavailable, limit): not taken, `done` will never be called. Else `done` is called once, on a writer
    // thread.
    core::Status submit(Unit unit, Done done);
    // Runs alone and outside any transaction, on a writer's connection.
    core::Status submit_bare(OnConnection work, Done done);

    // Runs what is queued, for close_time at most; the rest ends with `unavailable`. Then the threads end.
    void close();

    bool on_writer_thread() const;
    bool inside_unit() const;
    WriteStats stats() const;

  private:
    struct Job {
        Unit unit;
        OnConnection bare;
        Done done;
        core::Status status;
        std::exception_ptr cause;
    };
    struct Slot {
        std::unique_ptr<Connection> connection;
        std::thread thread;
    };

    core::Status push(Job job);
    bool pop(Job& job, bool& more);  // waits; false: closed and empty
    bool pop_unit(Job& job);         // does not wait
    void serve(Slot& slot);
    void run_group(Slot& slot, Job first);
    void fill_group(Slot& slot, std::vector<Job>& group);
    void run_in_group(Connection& connection, Job& job);
    void run_alone(Slot& slot, Job& job);
    void run_bare(Slot& slot, Job& job);
    void attempt(Slot& slot, Job& job);
    Connection& ready(Slot& slot);
    void begin(Slot& slot, Access access);
    void finish(Job& job);
    void fail(Job& job, const core::Error& error, std::exception_ptr cause = nullptr);
    bool out_of_time() const;

    const GroupLimits limits_;
    const OpenConnection open_;
    const Problem problem_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Job> queue_;
    bool closing_ = false;
    std::chrono::steady_clock::time_point close_by_;

    std::atomic<std::uint64_t> commits_{0}, units_{0}, failed_{0}, broken_groups_{0}, retries_{0}, connections_{0};
    std::vector<Slot> slots_;
};

}  // namespace plus7::sql
