// Stopping in order: every part that was started adds how it is stopped; the steps run last-started first, each exactly
// once. Owned by the composition root; add() and run() on the loop thread, the token may be asked from any thread.
#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace plus7::runtime {

class StopOrder {
  public:
    // Long-running jobs look at this token; it is set before the first step runs.
    std::stop_token token() const { return source_.get_token(); }
    void add(std::string name, std::function<void()> step);
    // Requests the stop and runs the steps; a step that throws is logged and the next one runs. Again: nothing.
    void run();

  private:
    struct Step {
        std::string name;
        std::function<void()> stop;
    };
    std::stop_source source_;
    std::vector<Step> steps_;
};

}  // namespace plus7::runtime
