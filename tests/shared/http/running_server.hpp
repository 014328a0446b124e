// A real server on a port of the kernel's choice, with its loop in a thread of its own, for the length of one test.
#pragma once
#include <memory>
#include <thread>

#include "shared/http/server.hpp"

namespace plus7::test {

class RunningServer {
  public:
    explicit RunningServer(std::vector<http::Route> routes, http::ServerSettings settings = {},
                           http::Server::OnAnswer on_answer = {});
    RunningServer(http::Router router, http::ServerSettings settings, http::Server::OnAnswer on_answer = {});
    ~RunningServer();

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view target) const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
    }
    http::Server& server() { return *server_; }
    runtime::Loop& loop() { return loop_; }
    // Starts a stop; true when it is done within 20 s.
    bool stop(std::chrono::milliseconds grace);

  private:
    runtime::Loop loop_;
    runtime::Workers workers_;
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

http::Route get(std::string pattern, http::Handler handler);
http::Route post(std::string pattern, http::Handler handler, std::size_t body_limit = 1 << 20);

}  // namespace plus7::test
