// Reads partners' files on the workers: some orders a step, the next step at the end of the queue, so that other work
// gets its turn. What a code's slow hash takes is done between two transactions. An import that cannot go on stays
// unfinished; the same file completes it. Any worker; outlives them.
#pragma once
#include <memory>

#include "central/app/devices/device_changes.hpp"
#include "central/app/registries/registries.hpp"
#include "shared/runtime/workers.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

// The next orders of the file, from this one on, with what they need made ready: for take_step(). Transactions of its
// own; slow.
core::Result<app::registries::Step> next_step(sql::Database& db, const app::registries::Import& import,
                                              std::size_t from);

class ImportRuns {
  public:
    ImportRuns(sql::Database& db, core::Clock& clock, app::devices::DeviceChanges& views, runtime::Workers& workers)
        : db_(db), clock_(clock), views_(views), workers_(workers) {}

    // After the commit of what begin() made.
    void start(app::registries::Import import);

  private:
    using Shared = std::shared_ptr<const app::registries::Import>;

    void queue(const Shared& import, std::size_t from, int tries = 0);
    void step(const Shared& import, std::size_t from, int tries);
    void fail(const Shared& import, std::size_t from, int tries, const core::Error& error);

    sql::Database& db_;
    core::Clock& clock_;
    app::devices::DeviceChanges& views_;
    runtime::Workers& workers_;
};

}  // namespace plus7::central::api
