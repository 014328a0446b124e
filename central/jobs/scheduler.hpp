// Runs what has to happen again and again: each job on a worker, never twice at the same time. Its failures are logged
// and counted, and the next turn comes all the same. Owned by the composition root; made, stopped and destroyed on the
// loop thread, before the workers are stopped.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::central::jobs {

struct Job {
    std::string name;  // of the log and the metrics' label: a-z and _
    std::chrono::milliseconds first;
    std::chrono::milliseconds every;
    std::function<core::Status()> run;  // on a worker; may throw
};

class Scheduler {
  public:
    Scheduler(runtime::Loop& loop, runtime::Workers& workers, core::Clock& clock, runtime::Metrics& metrics)
        : loop_(loop), workers_(workers), clock_(clock), metrics_(metrics) {}

    void start(std::vector<Job> jobs);
    void stop();  // nothing begins any more; what runs goes on

  private:
    struct Running;
    void turn(const std::shared_ptr<Running>& job);

    runtime::Loop& loop_;
    runtime::Workers& workers_;
    core::Clock& clock_;
    runtime::Metrics& metrics_;
    std::vector<runtime::Timer> timers_;
};

}  // namespace plus7::central::jobs
