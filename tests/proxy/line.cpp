#include "tests/proxy/line.hpp"

#include <boost/asio/write.hpp>

namespace plus7::test {
namespace {

using Error = boost::system::error_code;

void reset(Tcp::socket& socket) {
    Error ignored;
    socket.set_option(Tcp::socket::linger(true, 0), ignored);  // close() sends RST
    socket.close(ignored);
}

}  // namespace

Line::Line(Tcp::socket client, const std::array<LineFaults, 2>& faults, Delivered delivered,
           std::function<void(Line*)> ended)
    : client_(std::move(client)),
      server_(client_.get_executor()),
      faults_(faults),
      delivered_(std::move(delivered)),
      ended_(std::move(ended)) {}

void Line::connect(const Tcp::endpoint& target) {
    server_.async_connect(target, [this, self = shared_from_this()](Error failed) {
        if (closed_) return;
        if (failed) return cut();
        connected_ = true;
        Error ignored;
        client_.set_option(Tcp::no_delay(true), ignored);
        server_.set_option(Tcp::no_delay(true), ignored);
        read(up_);
        read(down_);
    });
}

void Line::cut() {
    if (closed_) return;
    reset(client_);
    reset(server_);
    close();
}

void Line::close() {
    if (closed_) return;
    closed_ = true;
    up_.timer.cancel();
    down_.timer.cancel();
    Error ignored;
    client_.close(ignored);
    server_.close(ignored);
    ended_(this);
}

void Line::retry() {
    if (closed_ || !connected_) return;
    up_.timer.cancel();
    down_.timer.cancel();
    deliver(up_);
    deliver(down_);
}

void Line::read(Pipe& pipe) {
    if (closed_ || pipe.reading || pipe.ended || pipe.queued >= most_queued) return;
    pipe.reading = true;
    pipe.from.async_read_some(boost::asio::buffer(pipe.buffer),
                              [this, &pipe, self = shared_from_this()](Error failed, std::size_t size) {
                                  pipe.reading = false;
                                  if (closed_) return;
                                  if (failed && failed != boost::asio::error::eof) return cut();
                                  take(pipe, failed ? 0 : size);
                                  read(pipe);
                              });
}

void Line::take(Pipe& pipe, std::size_t size) {
    pipe.ended = size == 0;
    const auto& faults = faults_of(pipe);
    pipe.line_free = std::max(pipe.line_free, Steady::now());
    if (faults.bytes_per_second > 0)
        pipe.line_free += std::chrono::microseconds(size * 1'000'000 / faults.bytes_per_second);
    pipe.queue.push_back({{pipe.buffer.begin(), pipe.buffer.begin() + static_cast<std::ptrdiff_t>(size)},
                          pipe.line_free + faults.latency});
    pipe.queued += size;
    deliver(pipe);
}

void Line::deliver(Pipe& pipe) {
    if (closed_ || pipe.writing || pipe.queue.empty() || faults_of(pipe).hold) return;
    const auto& chunk = pipe.queue.front();
    if (chunk.due > Steady::now()) {
        pipe.timer.expires_at(chunk.due);
        pipe.timer.async_wait([this, &pipe, self = shared_from_this()](Error stopped) {
            if (!stopped) deliver(pipe);
        });
        return;
    }
    if (chunk.bytes.empty()) return finish(pipe);
    pipe.writing = true;
    boost::asio::async_write(pipe.to, boost::asio::buffer(chunk.bytes),
                             [this, &pipe, self = shared_from_this()](Error failed, std::size_t) {
                                 pipe.writing = false;
                                 if (closed_) return;
                                 if (failed) return cut();
                                 delivered(pipe);
                             });
}

void Line::delivered(Pipe& pipe) {
    const auto size = pipe.queue.front().bytes.size();
    pipe.queue.pop_front();
    pipe.queued -= size;
    delivered_(pipe.way, size);
    read(pipe);
    deliver(pipe);
}

// One side said its last word: so does the other end; the way back stays until it ends, too.
void Line::finish(Pipe& pipe) {
    pipe.queue.pop_front();
    pipe.finished = true;
    Error ignored;
    pipe.to.shutdown(Tcp::socket::shutdown_send, ignored);
    if (up_.finished && down_.finished) close();
}

}  // namespace plus7::test
