// Waiting for what another thread or process will bring about: polls a condition, bounded in time.
#pragma once
#include <chrono>
#include <thread>

namespace plus7::test {

// True as soon as `condition()` is; false after `limit`. The limit is generous on purpose: it only bounds failures.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds{20}) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
}

}  // namespace plus7::test
