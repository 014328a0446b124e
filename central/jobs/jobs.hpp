// What central does by itself: the list of its jobs.
#pragma once
#include "central/jobs/backups.hpp"
#include "central/jobs/scheduler.hpp"
#include "shared/core/ids.hpp"

namespace plus7::central::jobs {

struct BackupPlan {
    std::chrono::minutes every{60};  // 0: none
    Backups* backups = nullptr;      // outlives the scheduler's last job
};

// All outlive the scheduler's last job.
struct JobPorts {
    sql::Database& db;
    core::Clock& clock;
    std::function<core::Status()> reissue_crl;  // the same revocation list with new dates
    std::function<void(const core::DeviceId&)> view_changed = {};
};

std::vector<Job> all_jobs(JobPorts ports, BackupPlan backup);

}  // namespace plus7::central::jobs
