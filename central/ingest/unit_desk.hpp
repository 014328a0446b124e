// Hands units of work to the database and goes on with their result on a worker, so that the writer thread only writes.
// Knows how much is under way, for a clean stop. Any thread.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "shared/runtime/workers.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::ingest {

class UnitDesk {
  public:
    UnitDesk(sql::Database& db, runtime::Workers& workers) : db_(db), workers_(workers) {}
    ~UnitDesk() { wait(); }
    UnitDesk(const UnitDesk&) = delete;
    UnitDesk& operator=(const UnitDesk&) = delete;

    // `then` is called exactly once: with what `unit` gave, after the durable commit, or with the error. An error of
    // kind unavailable or full says nothing about the unit itself, and its commit may yet have happened.
    template <typename T>
    void run(std::function<core::Result<T>(sql::Tx&)> unit, std::function<void(core::Result<T>)> then) {
        auto kept = std::make_shared<std::optional<core::Result<T>>>();
        const auto work = [unit = std::move(unit), kept](sql::Tx& tx) -> core::Status {
            kept->emplace(unit(tx));
            if ((*kept)->ok()) return {};
            return (*kept)->error();
        };
        const auto tell = [then = std::move(then), kept](const core::Status& status) {
            then(status ? std::move(**kept) : core::Result<T>(status.error()));
        };
        submit(work, tell);
    }

    // For what nobody waits for; a failure is logged.
    void run(std::function<void(sql::Tx&)> unit);

    void wait();  // until nothing is under way

  private:
    void submit(sql::Unit unit, std::function<void(const core::Status&)> then);
    void leave();

    sql::Database& db_;
    runtime::Workers& workers_;
    std::mutex lock_;
    std::condition_variable idle_;
    std::size_t under_way_ = 0;
};

}  // namespace plus7::central::ingest
