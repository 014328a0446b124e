#include "central/jobs/jobs.hpp"

#include "central/app/access/access.hpp"
#include "central/app/accounts/sessions.hpp"
#include "central/app/effects/outbox.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::jobs {
namespace {

using std::chrono::hours, std::chrono::minutes, std::chrono::milliseconds;

// Not in the first moments, when handhelds come back all at once.
constexpr minutes soon{1};

core::Status forget_expired(sql::Database& db, core::Clock& clock) {
    const auto now = clock.now();
    const auto done = db.write([now](sql::Tx& tx) -> core::Status {
        app::accounts::forget_expired(tx, now);
        app::effects::forget_old(tx, now);
        return {};
    });
    return done ? core::Status{} : done.error();
}

// Couriers learn who looked at their place; each in a unit of his own, so that no handheld waits for the others.
core::Status tell_looks(const JobPorts& ports) {
    const auto now = ports.clock.now();
    const auto due = ports.db.read([now](sql::Tx& tx) { return app::access::due(tx, now); });
    if (!due) return due.error();
    for (const auto& device : *due) {
        const auto changed = ports.db.write([&](sql::Tx& tx) { return app::access::retell(tx, device, now); });
        if (!changed) return changed.error();
        if (*changed && ports.view_changed) ports.view_changed(device);
    }
    return {};
}

}  // namespace

std::vector<Job> all_jobs(JobPorts ports, BackupPlan backup) {
    auto& db = ports.db;
    auto& clock = ports.clock;
    std::vector<Job> jobs{
        {"forget_expired", soon, hours{1}, [&db, &clock] { return forget_expired(db, clock); }},
        // The list ends in ten years; a broker that runs longer than that without a restart must not refuse everybody.
        {"tell_looks", soon, app::access::told_every, [ports] { return tell_looks(ports); }},
        {"reissue_crl", soon, hours{24 * 7}, ports.reissue_crl},
    };
    // PostgreSQL has better tools of its own.
    if (backup.backups != nullptr && backup.every.count() > 0 && db.engine() == sql::Engine::sqlite) {
        const auto first = std::max<milliseconds>(soon, backup.backups->due_in(backup.every, clock.now()));
        jobs.push_back({"backup", first, backup.every,
                        [&db, &clock, backups = backup.backups] { return backups->make(db, clock.now()); }});
    }
    return jobs;
}

}  // namespace plus7::central::jobs
