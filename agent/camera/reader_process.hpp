// Keeps the process that reads pictures (agent/reader): started with the first one, ended when the camera is
// closed or when it fails, then started again with the next one. Owned by CameraScanner; loop thread, failed() from
// any.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/camera/reader_line.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/child.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::agent::camera {

class ReaderProcess {
  public:
    static constexpr int at_once = 3;                       // failures in a row without an answer; then
    static constexpr std::chrono::milliseconds rest{1000};  // lie between two starts

    ReaderProcess(runtime::Loop& loop, core::Clock& clock, std::vector<std::string> argv)
        : loop_(loop), clock_(clock), argv_(std::move(argv)) {}

    // The line to it. unavailable: it cannot be started, or rests.
    core::Result<std::shared_ptr<ReaderLine>> line();
    // It ended, is too slow or says what it should not: this line is over.
    void failed(std::shared_ptr<ReaderLine> line, const std::string& why);
    void end();

  private:
    core::Status start();

    runtime::Loop& loop_;
    core::Clock& clock_;
    const std::vector<std::string> argv_;
    std::optional<runtime::Child> child_;
    std::shared_ptr<ReaderLine> line_;
    std::chrono::milliseconds started_{0};  // monotonic
    int failures_ = 0;
};

}  // namespace plus7::agent::camera
