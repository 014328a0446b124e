#include "shared/runtime/workers.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "shared/runtime/log.hpp"

namespace plus7::runtime {

struct Workers::State {
    std::size_t max_queued = 0;
    mutable std::mutex lock;
    std::condition_variable wake;
    std::deque<std::function<void()>> queue;
    bool stopping = false;
    std::vector<std::thread> threads;
    std::atomic<std::uint64_t> failed{0};

    void work() {
        for (;;) {
            std::function<void()> job;
            {
                std::unique_lock guard(lock);
                wake.wait(guard, [&] { return stopping || !queue.empty(); });
                if (queue.empty()) return;
                job = std::move(queue.front());
                queue.pop_front();
            }
            run(job);
        }
    }

    void run(const std::function<void()>& job) {
        try {
            job();
        } catch (const std::exception& bug) {
            ++failed;
            log_error("a job of the workers failed", {{"error", bug.what()}});
        } catch (...) {
            ++failed;
            log_error("a job of the workers failed", {{"error", "not a std::exception"}});
        }
    }
};

Workers::Workers(WorkersSettings settings) : state_(std::make_shared<State>()) {
    if (settings.threads == 0) throw std::invalid_argument("Workers needs at least one thread");
    state_->max_queued = settings.max_queued;
    for (std::size_t i = 0; i < settings.threads; ++i) {
        state_->threads.emplace_back([state = state_.get()] { state->work(); });
    }
}

Workers::~Workers() { stop(); }

core::Status Workers::submit(std::function<void()> job) {
    const auto state = state_;  // once the job has run, its owner may destroy the workers while this thread is here
    {
        const std::lock_guard guard(state->lock);
        if (state->stopping) return core::unavailable("the program is stopping");
        if (state->queue.size() >= state->max_queued) return core::limit("too much work is waiting, try again later");
        state->queue.push_back(std::move(job));
    }
    state->wake.notify_one();
    return {};
}

void Workers::stop() {
    std::vector<std::thread> threads;
    {
        const std::lock_guard guard(state_->lock);
        state_->stopping = true;
        threads.swap(state_->threads);
    }
    state_->wake.notify_all();
    for (auto& thread : threads) thread.join();
}

std::size_t Workers::queue_depth() const {
    const std::lock_guard guard(state_->lock);
    return state_->queue.size();
}

std::uint64_t Workers::failed_jobs() const { return state_->failed; }

}  // namespace plus7::runtime
