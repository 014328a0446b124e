// Keeps the device certificate in force: looks at it every hour and, when it is due, lets a child process (this
// program's `renew`) ask central for a new one, because that blocks. The MQTT client reads the file again for each
// connection. Loop thread; owned by Agent.
#pragma once
#include <filesystem>
#include <optional>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/child.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::agent {

class Renewal {
  public:
    Renewal(runtime::Loop& loop, core::Clock& clock, core::DeviceId device, std::filesystem::path data_dir)
        : loop_(loop), clock_(clock), device_(std::move(device)), data_dir_(std::move(data_dir)) {}
    void start();

  private:
    void look();

    runtime::Loop& loop_;
    core::Clock& clock_;
    const core::DeviceId device_;
    const std::filesystem::path data_dir_;
    std::optional<runtime::Child> child_;
    runtime::Timer hourly_;
};

}  // namespace plus7::agent
