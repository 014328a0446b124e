#include "central/jobs/jobs.hpp"

#include "central/app/access/access.hpp"
#include "central/app/accounts/sessions.hpp"
#include "central/app/custody/overdue.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/effects/outbox.hpp"
#include "central/app/orders/storage.hpp"
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

// K3; each parcel in a unit of its own.
core::Status open_overdue(const JobPorts& ports) {
    const auto now = ports.clock.now();
    const auto parcels = ports.db.read([now](sql::Tx& tx) { return app::custody::maybe_overdue(tx, now); });
    if (!parcels) return parcels.error();
    for (const auto& parcel : *parcels) {
        const auto done = ports.db.write([&](sql::Tx& tx) { return app::custody::open_overdue(tx, parcel, now); });
        if (!done) return done.error();
    }
    return {};
}

core::Status end_storage(const JobPorts& ports) {
    const auto now = ports.clock.now();
    const auto orders = ports.db.read([](sql::Tx& tx) { return app::orders::kept_at_points(tx); });
    if (!orders) return orders.error();
    for (const auto& order : *orders) {
        const auto told = ports.db.write([&](sql::Tx& tx) {
            const bool over = app::orders::end_storage(tx, order, now);
            return over ? app::dispatch::retell_order(tx, order) : app::dispatch::Devices{};
        });
        if (!told) return told.error();
        for (const auto& device : *told)
            if (ports.view_changed) ports.view_changed(device);
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
        {"open_overdue_transfers", soon, hours{1}, [ports] { return open_overdue(ports); }},
        {"end_storage", soon, minutes{15}, [ports] { return end_storage(ports); }},
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
