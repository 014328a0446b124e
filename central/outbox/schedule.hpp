// When a failed effect is tried again, and for how long a target that fails is left in peace. Pure functions.
#pragma once
#include <chrono>
#include <cstdint>

namespace plus7::central::outbox {

// Before the next try, after `attempts` of them (1 or more): 10 s, 1 min, 5 min, 30 min, 2 h, then 6 h each time, ± 20
// % by `random` in [0, 1), so that what failed together does not come back together.
std::chrono::milliseconds delay_after(std::int64_t attempts, double random);

// A target that failed this often in a row gets one try at a time, …
constexpr std::int64_t failures_that_open = 5;
// … after a pause: 30 s, doubled with each further failure, up to 10 min. Zero while the circuit stays closed.
std::chrono::milliseconds pause_after(std::int64_t failures);

}  // namespace plus7::central::outbox
