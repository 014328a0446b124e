// What the server and its connections share; private to shared/http. Loop thread only, but for the counters.
#pragma once
#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <set>

#include "shared/http/server.hpp"

namespace plus7::http {

// One socket type for TCP and unix sockets, so that the Beast templates are compiled once.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

class Connection {
  public:
    virtual ~Connection() = default;
    virtual void drain() = 0;  // end soon: after the running request
    virtual void cut() = 0;    // end now
};

class Listener {
  public:
    virtual ~Listener() = default;
    virtual void close() = 0;
};

struct ServerCore : std::enable_shared_from_this<ServerCore> {
    ServerCore(runtime::Loop& the_loop, runtime::Workers& the_workers, Router the_router, ServerSettings the_settings,
               Server::OnAnswer the_on_answer);

    void add(const std::shared_ptr<Connection>& connection);
    void remove(const std::shared_ptr<Connection>& connection);  // no harm if it is not there
    void begin_stop(std::chrono::milliseconds grace, std::function<void()> done);
    void cut_all();
    const std::string& date();  // of now, for the Date header; made once a second

    runtime::Loop& loop;
    runtime::Workers& workers;
    const std::shared_ptr<const Router> router;
    const ServerSettings settings;
    const Server::OnAnswer on_answer;
    bool draining = false;

    std::atomic<std::uint64_t> open{0}, websockets{0}, accepted{0}, refused{0}, requests{0};

    std::vector<std::shared_ptr<Listener>> listeners;

  private:
    void finish_if_empty();
    std::set<std::shared_ptr<Connection>> connections_;
    std::vector<std::function<void()>> when_stopped_;
    runtime::Timer grace_timer_;
    std::int64_t date_second_ = 0;
    std::string date_;
};

}  // namespace plus7::http
