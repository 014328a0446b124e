// A connection of the client: bytes out and in, each with a deadline. Private to shared/http; one thread at a time.
#pragma once
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/http/client.hpp"

namespace plus7::http {

using Deadline = std::chrono::steady_clock::time_point;

class Line {  // plain TCP, or TLS over it
  public:
    virtual ~Line() = default;
    virtual core::Status write_all(std::string_view bytes, Deadline deadline) = 0;
    virtual core::Result<std::size_t> read_some(std::span<char> into,
                                                Deadline deadline) = 0;  // 0: the other end closed
    virtual bool is_quiet() const = 0;  // nothing has come, not even an end: fit to be used again
};

class TcpLine final : public Line {
  public:
    // Tries every address of the host in turn. `only_loopback` and `allow` refuse addresses (denied).
    static core::Result<std::unique_ptr<TcpLine>> connect(const std::string& host, unsigned short port,
                                                          Deadline deadline, bool only_loopback,
                                                          const std::function<bool(std::string_view)>& allow);
    explicit TcpLine(int fd) : fd_(fd) {}
    ~TcpLine() override;
    TcpLine(const TcpLine&) = delete;
    TcpLine& operator=(const TcpLine&) = delete;

    core::Status write_all(std::string_view bytes, Deadline deadline) override;
    core::Result<std::size_t> read_some(std::span<char> into, Deadline deadline) override;
    bool is_quiet() const override;

  private:
    const int fd_;
};

class TlsContext;  // one per Client: versions, roots and the pinned CA
core::Result<std::shared_ptr<TlsContext>> make_tls_context(const Trust& trust);
// TLS handshake with `host` over the line. denied: the certificate is not to be trusted.
core::Result<std::unique_ptr<Line>> start_tls(TlsContext& context, std::unique_ptr<TcpLine> line,
                                              const std::string& host, Deadline deadline);

}  // namespace plus7::http
