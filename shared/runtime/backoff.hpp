// How long to wait before the next try: full jitter, uniform in [0, min(cap, base · 2^n)], so that many clients do not
// come back at once. Starts again from `base` after a connection that stayed up. One owner, one thread; no clock of its
// own.
#pragma once
#include <chrono>
#include <functional>
#include <optional>

namespace plus7::runtime {

struct BackoffSettings {
    std::chrono::milliseconds base = std::chrono::seconds{2};
    std::chrono::milliseconds cap = std::chrono::minutes{5};
    std::chrono::milliseconds stable = std::chrono::seconds{60};  // a success that lasts this long forgets the failures
};

class Backoff {
  public:
    using Milliseconds = std::chrono::milliseconds;
    // Gives a number in [0, 1). Empty: the system's generator.
    using Random = std::function<double()>;

    explicit Backoff(BackoffSettings settings = {}, Random random = {});

    // What was tried works, from `now` (any monotonic clock) on.
    void succeeded(Milliseconds now);
    // It failed, or stopped working, at `now`: how long to wait.
    Milliseconds failed(Milliseconds now);
    void reset();
    int failures() const { return failures_; }  // in a row, since the last reset

  private:
    BackoffSettings settings_;
    Random random_;
    int failures_ = 0;
    std::optional<Milliseconds> up_since_;
};

}  // namespace plus7::runtime
