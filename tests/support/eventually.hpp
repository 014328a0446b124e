// Waiting for what another thread or process will bring about: polls a condition, bounded in time.
#pragma once
#include <algorithm>
#include <chrono>
#include <thread>

namespace plus7::test {

// True as soon as `condition()` is; false after `limit`. The limit is generous on purpose: it only bounds failures.
// A question that costs much is asked less often: what is waited for needs the processor, too.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds{20}) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + limit;
    for (;;) {
        const auto asked = Clock::now();
        if (condition()) return true;
        const auto answered = Clock::now();
        if (answered >= deadline) return false;
        std::this_thread::sleep_for(std::clamp<Clock::duration>(3 * (answered - asked), std::chrono::milliseconds{5},
                                                                std::chrono::milliseconds{500}));
    }
}

}  // namespace plus7::test
