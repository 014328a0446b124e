// A bad line between two programs: forwards TCP connections to one target and cuts, holds, delays or slows them. It
// never changes or drops a byte within a connection, as no network does to TCP. Loop thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "shared/core/result.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::test {

enum class Way { up, down };  // from who connected to the target, and back

struct LineFaults {
    std::chrono::milliseconds latency{0};
    std::uint64_t bytes_per_second = 0;  // of each connection; 0: no limit
    bool hold = false;                   // nothing gets through; it comes when the hold ends
};

class Proxy {
  public:
    struct Stats {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;  // during an outage
        std::uint64_t open = 0;
        std::uint64_t bytes_up = 0, bytes_down = 0;  // delivered
    };

    // Forwards to `host` (numeric) and `port`; whether the target is there is seen at each connection.
    Proxy(runtime::Loop& loop, std::string host, std::uint16_t port);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    // On 127.0.0.1; 0: the kernel chooses. The real port; conflict: it is taken.
    core::Result<std::uint16_t> listen(std::uint16_t port = 0);

    void set(Way way, const LineFaults& faults);  // from now on, also for what waits already
    void cut();                                   // every open connection ends with RST at both ends
    // Cuts, and cuts every new connection for so long; then all is well again. A second call replaces the first.
    void outage(std::chrono::milliseconds time);
    // Both ways held for so long. New connections are accepted, and held.
    void hole(std::chrono::milliseconds time);
    bool in_outage() const;
    Stats stats() const;

  private:
    struct Core;
    std::shared_ptr<Core> core_;
};

}  // namespace plus7::test
