#include "shared/runtime/stop.hpp"

#include <exception>

#include "shared/runtime/log.hpp"

namespace plus7::runtime {

void StopOrder::add(std::string name, std::function<void()> step) {
    steps_.push_back({std::move(name), std::move(step)});
}

void StopOrder::run() {
    source_.request_stop();
    while (!steps_.empty()) {
        const Step step = std::move(steps_.back());
        steps_.pop_back();
        log_debug("stopping", {{"part", step.name}});
        try {
            step.stop();
        } catch (const std::exception& error) {
            log_error("a part did not stop cleanly", {{"part", step.name}, {"error", error.what()}});
        }
    }
}

}  // namespace plus7::runtime
