// The command line's end of the control socket: one connection per request, HTTP/1.0, so that an answer ends where the
// connection does. Blocking; any thread. Own few lines because http::Client speaks TCP only.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::agent::handheld {

struct ControlReply {
    int status = 0;
    std::string body;
};

class ControlClient {
  public:
    static constexpr std::chrono::seconds limit{30};  // of silence

    explicit ControlClient(std::filesystem::path socket) : socket_(std::move(socket)) {}

    // not_found: no agent is running there; denied: not ours to talk to; unavailable: it ended, or fell silent, before
    // the answer was whole (whether it acted is then unknown).
    core::Result<ControlReply> get(std::string_view path) const;
    core::Result<ControlReply> post(std::string_view path, std::string_view content_type = {},
                                    std::string_view body = {}) const;
    // Gives the body of a 200 to `sink` as it comes; other answers are returned. An error of the sink ends it.
    core::Result<ControlReply> download(std::string_view path,
                                        const std::function<core::Status(std::string_view)>& sink) const;

  private:
    std::filesystem::path socket_;
};

}  // namespace plus7::agent::handheld
