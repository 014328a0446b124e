// Copies of the SQLite database that central makes of itself while it runs: `central-<UTC time>.db` in one folder, the
// newest few kept. Used by one job at a time, on a worker; stop() from any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::jobs {

class Backups {
  public:
    // `keep`: 1 or more.
    Backups(std::filesystem::path folder, std::size_t keep) : folder_(std::move(folder)), keep_(keep) {}

    // A new copy, then those beyond `keep` go, oldest first. After an error nothing older is removed. invalid:
    // PostgreSQL, which has tools of its own; unavailable: why it could not be written.
    core::Status make(sql::Database& db, core::TimeUs now);
    // Until the next one is due; zero when there is none yet or the newest is older than `every`.
    std::chrono::milliseconds due_in(std::chrono::milliseconds every, core::TimeUs now) const;
    std::vector<std::filesystem::path> list() const;  // oldest first
    void stop() { stopped_ = true; }                  // a copy under way ends soon, as an error

  private:
    const std::filesystem::path folder_;
    const std::size_t keep_;
    std::atomic<bool> stopped_ = false;
};

}  // namespace plus7::central::jobs
