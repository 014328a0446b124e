#include "shared/sql/group_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/core/random.hpp"

namespace plus7::sql {
namespace {

thread_local const GroupWriter* writer_of_this_thread = nullptr;
thread_local bool unit_is_running = false;

struct RunningUnit {
    RunningUnit() { unit_is_running = true; }
    ~RunningUnit() { unit_is_running = false; }
    RunningUnit(const RunningUnit&) = delete;
    RunningUnit& operator=(const RunningUnit&) = delete;
};

}  // namespace

GroupWriter::GroupWriter(const GroupLimits& limits, std::unique_ptr<Connection> first, OpenConnection open,
                         Problem problem)
    : limits_(limits), open_(std::move(open)), problem_(std::move(problem)), slots_(limits.threads) {
    slots_.front().connection = std::move(first);
    for (Slot& slot : slots_) slot.thread = std::thread([this, &slot] { serve(slot); });
}

GroupWriter::~GroupWriter() { close(); }

core::Status GroupWriter::submit(Unit unit, Done done) {
    if (inside_unit()) throw std::logic_error("a unit of work must not start another one: it may run more than once");
    return push(Job{std::move(unit), {}, std::move(done), {}, {}});
}

core::Status GroupWriter::submit_bare(OnConnection work, Done done) {
    return push(Job{{}, std::move(work), std::move(done), {}, {}});
}

core::Status GroupWriter::push(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_) return core::unavailable("the database is being closed");
        if (queue_.size() >= limits_.queued) return core::unavailable("too many units wait for the database");
        queue_.push_back(std::move(job));
    }
    arrived_.notify_one();
    return {};
}

bool GroupWriter::pop(Job& job, bool& more) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return false;
    job = std::move(queue_.front());
    queue_.pop_front();
    more = !queue_.empty();
    return true;
}

bool GroupWriter::pop_unit(Job& job) {
    const std::lock_guard lock(mutex_);
    if (queue_.empty() || !queue_.front().unit) return false;
    job = std::move(queue_.front());
    queue_.pop_front();
    return true;
}

void GroupWriter::close() {
    {
        const std::lock_guard lock(mutex_);
        if (!closing_) close_by_ = std::chrono::steady_clock::now() + limits_.close_time;
        closing_ = true;
    }
    arrived_.notify_all();
    for (Slot& slot : slots_) {
        if (slot.thread.joinable()) slot.thread.join();
        slot.connection.reset();
    }
}

bool GroupWriter::on_writer_thread() const { return writer_of_this_thread == this; }
bool GroupWriter::inside_unit() const { return on_writer_thread() && unit_is_running; }

WriteStats GroupWriter::stats() const {
    const std::lock_guard lock(mutex_);
    return {commits_, units_, failed_, broken_groups_, retries_, connections_, queue_.size()};
}

bool GroupWriter::out_of_time() const {
    const std::lock_guard lock(mutex_);
    return closing_ && std::chrono::steady_clock::now() > close_by_;
}

void GroupWriter::serve(Slot& slot) {
    writer_of_this_thread = this;
    Job job;
    bool more = false;
    while (pop(job, more)) {
        if (out_of_time()) {
            fail(job, core::unavailable("the database was closed before this could be written"));
            finish(job);
        } else if (job.bare) {
            run_bare(slot, job);
            finish(job);
        } else if (more) {
            run_group(slot, std::move(job));
        } else {
            run_alone(slot, job);
            finish(job);
        }
        job = Job{};
    }
}

void GroupWriter::run_group(Slot& slot, Job first) {
    std::vector<Job> group;
    group.push_back(std::move(first));
    try {
        begin(slot, Access::group);
        fill_group(slot, group);
        slot.connection->commit();
        ++commits_;
    } catch (const DbError& error) {
        if (slot.connection) slot.connection->rollback();
        if (error.kind() == DbErrorKind::unavailable) {
            problem_("a group of units was not written: " + std::string{error.what()});
            for (Job& job : group) fail(job, to_error(error));
        } else {
            ++broken_groups_;
            problem_("a group of units runs again one by one: " + std::string{error.what()});
            for (Job& job : group) run_alone(slot, job);
        }
    } catch (const std::exception& error) {
        if (slot.connection) slot.connection->rollback();
        problem_("a group of units failed: " + std::string{error.what()});
        for (Job& job : group) fail(job, core::internal(error.what()), std::current_exception());
    }
    for (Job& job : group) finish(job);
}

void GroupWriter::fill_group(Slot& slot, std::vector<Job>& group) {
    const auto deadline = std::chrono::steady_clock::now() + limits_.time;
    run_in_group(*slot.connection, group.front());
    while (group.size() < limits_.units && std::chrono::steady_clock::now() < deadline) {
        Job next;
        if (!pop_unit(next)) return;
        group.push_back(std::move(next));
        run_in_group(*slot.connection, group.back());
    }
}

// Throws only what ends the whole group.
void GroupWriter::run_in_group(Connection& connection, Job& job) {
    Tx tx(connection);
    try {
        const RunningUnit running;
        job.status = tx.savepoint(job.unit);
    } catch (const DbError& error) {
        if (error.ends_transaction() || !connection.in_transaction()) throw;
        fail(job, to_error(error), std::current_exception());
    } catch (const std::exception& error) {
        fail(job, core::internal(error.what()), std::current_exception());
    } catch (...) {
        fail(job, core::internal("unknown exception"), std::current_exception());
    }
    // savepoint() may have failed to undo, or the unit may have hidden what ended the transaction.
    tx.require_sound();
    if (!connection.in_transaction()) throw DbError(DbErrorKind::io, "the database ended the transaction by itself");
}

void GroupWriter::run_alone(Slot& slot, Job& job) {
    constexpr std::uint64_t first_pause_ms = 4;
    constexpr int max_doublings = 6;
    for (int attempts = 1;; ++attempts) {
        job.status = {};
        job.cause = nullptr;
        try {
            attempt(slot, job);
            return;
        } catch (const DbError& error) {
            fail(job, to_error(error), error.kind() == DbErrorKind::other ? std::current_exception() : nullptr);
            if (error.kind() != DbErrorKind::serialization || attempts >= limits_.attempts) return;
        } catch (const std::exception& error) {
            fail(job, core::internal(error.what()), std::current_exception());
            return;
        } catch (...) {
            fail(job, core::internal("unknown exception"), std::current_exception());
            return;
        }
        ++retries_;
        const std::uint64_t bound = first_pause_ms << std::min(attempts, max_doublings);
        std::this_thread::sleep_for(std::chrono::milliseconds(core::random_below(bound) + 1));
    }
}

void GroupWriter::attempt(Slot& slot, Job& job) {
    begin(slot, Access::write);
    Connection& connection = *slot.connection;
    try {
        Tx tx(connection);
        {
            const RunningUnit running;
            job.status = job.unit(tx);
        }
        if (!job.status.ok()) {
            connection.rollback();
            return;
        }
        tx.require_sound();
        connection.commit();
        ++commits_;
    } catch (...) {
        connection.rollback();
        throw;
    }
}

void GroupWriter::run_bare(Slot& slot, Job& job) {
    try {
        const RunningUnit running;
        job.status = job.bare(ready(slot));
    } catch (const DbError& error) {
        fail(job, to_error(error), error.kind() == DbErrorKind::other ? std::current_exception() : nullptr);
    } catch (const std::exception& error) {
        fail(job, core::internal(error.what()), std::current_exception());
    }
    if (slot.connection) slot.connection->rollback();  // what the work may have left open
}

Connection& GroupWriter::ready(Slot& slot) {
    if (slot.connection && slot.connection->usable()) return *slot.connection;
    slot.connection.reset();
    auto opened = open_();
    if (!opened.ok()) throw DbError(DbErrorKind::unavailable, opened.error().message);
    ++connections_;
    slot.connection = std::move(opened).value();
    return *slot.connection;
}

void GroupWriter::begin(Slot& slot, Access access) {
    const bool was_open = slot.connection != nullptr;
    Connection& connection = ready(slot);
    try {
        connection.begin(access);
    } catch (const DbError& error) {
        // Lost while idle: nothing has been done yet, so a new connection may try.
        if (!was_open || error.kind() != DbErrorKind::unavailable) throw;
        slot.connection.reset();
        ready(slot).begin(access);
    }
}

void GroupWriter::fail(Job& job, const core::Error& error, std::exception_ptr cause) {
    job.status = error;
    job.cause = std::move(cause);
}

void GroupWriter::finish(Job& job) {
    ++(job.status.ok() ? units_ : failed_);
    try {
        job.done(job.status, std::move(job.cause));
    } catch (const std::exception& error) {
        problem_("a completion threw: " + std::string{error.what()});
    }
}

}  // namespace plus7::sql
