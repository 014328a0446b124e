// The line between the agent and the process that reads its pictures: one end of a socket pair, messages with their
// length (u32, little endian) before them. A picture goes there (frame.hpp), what it shows comes back: nothing, or `b`
// (bars) or `m` (matrix) and the code. What comes from the other side is not trusted. One thread at a time; hang_up()
// from any. Errors: unavailable.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "agent/camera/symbol.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::agent::camera {

class ReaderLine {
  public:
    using Within = std::optional<std::chrono::milliseconds>;  // nothing: as long as it takes
    static constexpr std::size_t most_code = 8192;            // bytes; a QR code holds 2953

    explicit ReaderLine(int fd) : fd_(fd) {}  // whose owner it becomes
    ~ReaderLine();
    ReaderLine(const ReaderLine&) = delete;
    ReaderLine& operator=(const ReaderLine&) = delete;

    using Pair = std::pair<std::shared_ptr<ReaderLine>, std::shared_ptr<ReaderLine>>;
    static core::Result<Pair> pair();

    core::Status send(core::ByteView message, Within within = {});
    core::Result<core::Bytes> receive(std::size_t most, Within within = {});
    void hang_up();  // who waits on either end is told at once

    // The agent's side: what this picture shows, or why the process does not say so.
    core::Result<std::optional<Symbol>> ask(core::ByteView picture, std::chrono::milliseconds within);
    bool has_answered() const { return answered_; }  // any thread

    int fd() const { return fd_; }

  private:
    int fd_;
    std::atomic<bool> answered_ = false;
};

// What the reading process answers.
core::Bytes answer_of(const std::optional<Symbol>& symbol);

}  // namespace plus7::agent::camera
