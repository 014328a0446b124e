// A bare socket that says exactly the bytes a test wants to be said. Every wait is bounded by 20 s.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace plus7::test {

class RawClient {
  public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0);  // 127.0.0.1; throws std::system_error
    explicit RawClient(const std::string& unix_path);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool send(std::string_view bytes);  // false when the other end is gone
    void end_sending();
    void reset();  // closes with RST
    // One answer with Content-Length (head and body), or what came until the other end closed.
    std::string answer();
    std::string until_closed();
    bool is_closed_by_peer();  // waits for it

  private:
    bool receive();  // some more bytes; false at the end
    int fd_;
    std::string buffer_;
};

// Sends `request` on a new connection and returns all that comes until the server closes.
std::string exchange(std::uint16_t port, std::string_view request);

}  // namespace plus7::test
