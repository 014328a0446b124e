#include "central/jobs/scheduler.hpp"

#include <atomic>

#include "shared/runtime/log.hpp"

namespace plus7::central::jobs {

struct Scheduler::Running {
    Running(Job what, runtime::Gauge& last, runtime::Counter& failed)
        : job(std::move(what)), succeeded(last), failures(failed) {}

    const Job job;
    runtime::Gauge& succeeded;
    runtime::Counter& failures;
    std::atomic<bool> busy = false;

    core::Status run() const {
        try {
            return job.run();
        } catch (const std::exception& broken) {
            return core::internal(broken.what());
        }
    }
};

void Scheduler::start(std::vector<Job> jobs) {
    for (auto& job : jobs) {
        const runtime::Metrics::Labels label{{"job", job.name}};
        auto& succeeded = metrics_.gauge("plus7_job_last_success_seconds", "Unix time of a job's last good end", label);
        auto& failures = metrics_.counter("plus7_job_failures_total", "Turns of a job that failed", label);
        const auto running = std::make_shared<Running>(std::move(job), succeeded, failures);
        const std::size_t slot = timers_.size();
        timers_.push_back(loop_.after(running->job.first, [this, running, slot] {
            turn(running);
            timers_[slot] = loop_.every(running->job.every, [this, running] { turn(running); });
        }));
    }
}

void Scheduler::stop() { timers_.clear(); }

void Scheduler::turn(const std::shared_ptr<Running>& job) {
    if (job->busy.exchange(true)) return;
    const auto work = [job, &clock = clock_] {
        const auto ended = job->run();
        if (ended) {
            job->succeeded.set(static_cast<double>(core::count(clock.now())) / 1e6);
        } else {
            job->failures.add();
            runtime::log_error("a job failed", {{"job", job->job.name}, {"reason", ended.error().message}});
        }
        job->busy = false;
    };
    if (const auto queued = workers_.submit(work); !queued) {
        job->busy = false;
        job->failures.add();
        runtime::log_error("a job has to wait for its next turn",
                           {{"job", job->job.name}, {"reason", queued.error().message}});
    }
}

}  // namespace plus7::central::jobs
