// A shop's server that takes webhooks, on loopback: answers what it is told to, and keeps what it got.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "shared/http/server.hpp"

namespace plus7::test {

class Receiver {
  public:
    struct Got {
        std::string body, signature, event, delivery;
    };

    explicit Receiver(std::uint16_t port = 0);
    ~Receiver();

    std::uint16_t port() const { return port_; }
    std::string url(const std::string& path = "/hook") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    void answer(int status);  // from now on
    void hold();              // requests get no answer …
    void release();           // … until now
    std::vector<Got> got() const;
    std::size_t count() const { return got().size(); }

  private:
    http::Response take(const http::Request& request);

    mutable std::mutex lock_;
    std::condition_variable released_;
    bool held_ = false;
    int status_ = 200;
    std::vector<Got> got_;
    runtime::Loop loop_;
    runtime::Workers workers_;
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace plus7::test
