// One forwarded connection of the proxy: two sockets and a queue each way. Internal to tests/proxy; the only header
// that names Asio. Loop thread.
#pragma once
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "tests/proxy/proxy.hpp"

namespace plus7::test {

using Tcp = boost::asio::ip::tcp;
using Steady = std::chrono::steady_clock;

class Line : public std::enable_shared_from_this<Line> {
  public:
    using Delivered = std::function<void(Way, std::size_t)>;

    // `faults` and `delivered` must outlive the line, which ends with close().
    Line(Tcp::socket client, const std::array<LineFaults, 2>& faults, Delivered delivered,
         std::function<void(Line*)> ended);

    void connect(const Tcp::endpoint& target);
    void cut();    // RST both ways; `ended` is called
    void retry();  // the faults have changed

  private:
    static constexpr std::size_t most_queued = 256 * 1024;  // bytes a way; then the sender is not read from

    struct Chunk {
        std::vector<char> bytes;  // empty: the sender has ended
        Steady::time_point due;
    };
    struct Pipe {
        Pipe(Way along, Tcp::socket& source, Tcp::socket& sink)
            : way(along), from(source), to(sink), timer(source.get_executor()) {}
        Way way;
        Tcp::socket& from;
        Tcp::socket& to;
        boost::asio::steady_timer timer;
        std::array<char, 16 * 1024> buffer{};
        std::deque<Chunk> queue;
        std::size_t queued = 0;
        Steady::time_point line_free;  // when the bytes before have left a slow line
        bool reading = false, writing = false, ended = false, finished = false;
    };

    const LineFaults& faults_of(const Pipe& pipe) const { return faults_[static_cast<std::size_t>(pipe.way)]; }
    void read(Pipe& pipe);
    void take(Pipe& pipe, std::size_t size);
    void deliver(Pipe& pipe);
    void delivered(Pipe& pipe);
    void finish(Pipe& pipe);
    void close();

    Tcp::socket client_;
    Tcp::socket server_;
    const std::array<LineFaults, 2>& faults_;
    Delivered delivered_;
    std::function<void(Line*)> ended_;
    Pipe up_{Way::up, client_, server_};
    Pipe down_{Way::down, server_, client_};
    bool connected_ = false, closed_ = false;
};

}  // namespace plus7::test
