// Fixed pool of threads for everything that blocks or computes, with a bounded queue. One per process, owned by the
// composition root, stopped before the Loop is destroyed. submit() from any thread.
// Coroutines await a job with run_on() of workers_asio.hpp.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "shared/core/result.hpp"

namespace plus7::runtime {

struct WorkersSettings {
    std::size_t threads = 4;
    std::size_t max_queued = 1024;  // jobs that wait; beyond that submit() refuses
};

class Workers {
  public:
    explicit Workers(WorkersSettings settings = {});
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // `limit` when the queue is full, `unavailable` after stop(). An exception of the job is logged and counted.
    core::Status submit(std::function<void()> job);
    // Refuses new jobs, runs those that are queued, joins the threads. Not from a worker.
    void stop();

    std::size_t queue_depth() const;
    std::uint64_t failed_jobs() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace plus7::runtime
