// Fixes from gpsd (libgps, JSON watch) on the loop. Connects again by itself; says once when gpsd has gone silent and
// once when it is back. Loop thread; owned by the agent.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "shared/model/fix.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::agent::devices {

struct GpsdOptions {
    std::string host = "127.0.0.1";
    std::string port = "2947";                                         // "0": the device has no receiver
    std::chrono::milliseconds silent_after{std::chrono::seconds{15}};  // no word of gpsd, not even "no fix"
    std::chrono::milliseconds retry_least{std::chrono::milliseconds{500}};
    std::chrono::milliseconds retry_most{std::chrono::seconds{30}};

    bool has_receiver() const { return port != "0"; }
};

struct GpsdEvents {
    std::function<void(const model::Fix&)> fix;                  // 2D or better, newer than the one before
    std::function<void(std::chrono::milliseconds silent)> lost;  // since the last word
    std::function<void()> back;
};

struct GpsdCounters {
    std::uint64_t connects = 0;
    std::uint64_t reports = 0;  // position reports, with a fix or without
    std::uint64_t fixes = 0;
};

class GpsdSource {
  public:
    GpsdSource(runtime::Loop& loop, GpsdOptions options, GpsdEvents events);
    ~GpsdSource();

    void start();
    bool connected() const;
    GpsdCounters counters() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::agent::devices
