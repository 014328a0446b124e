#include "shared/http/server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include "shared/http/http_session.hpp"
#include "shared/http/server_core.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/loop_asio.hpp"

namespace plus7::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Unix = asio::local::stream_protocol;
using Tcp = asio::ip::tcp;

core::Error listen_error(const std::string& what, const error_code& failed) {
    const auto text = "cannot listen on " + what + ": " + failed.message();
    if (failed == asio::error::address_in_use) return core::conflict(text);
    if (failed == asio::error::access_denied) return core::denied(text);
    return core::unavailable(text);
}

Peer peer_of(asio::basic_stream_socket<Tcp, Executor>& socket) {
    error_code ignored;  // gone already: the first read will say so
    const auto endpoint = socket.remote_endpoint(ignored);
    socket.set_option(Tcp::no_delay(true), ignored);
    const auto address = endpoint.address();
    const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
    Peer peer;
    peer.address =
        mapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string() : address.to_string();
    peer.port = endpoint.port();
    return peer;
}

Peer peer_of(asio::basic_stream_socket<Unix, Executor>& socket) {
    Peer peer;
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0)
        peer.uid = credentials.uid;
    return peer;
}

template <typename Protocol>
class ListenerOf final : public Listener, public std::enable_shared_from_this<ListenerOf<Protocol>> {
  public:
    ListenerOf(std::weak_ptr<ServerCore> core, asio::basic_socket_acceptor<Protocol, Executor> acceptor,
               std::filesystem::path file)
        : core_(std::move(core)), acceptor_(std::move(acceptor)), file_(std::move(file)) {}

    void close() override {
        error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        if (!file_.empty()) std::filesystem::remove(std::exchange(file_, {}), ignored_);
    }

    void accept() {
        acceptor_.async_accept([self = this->shared_from_this()](error_code failed, auto socket) {
            const auto core = self->core_.lock();
            if (!core || core->draining || failed == asio::error::operation_aborted || !self->acceptor_.is_open())
                return;
            if (failed == asio::error::no_descriptors || failed == asio::error::no_memory ||
                failed == asio::error::no_buffer_space) {
                // Trying again at once would only burn the processor: connections that end give descriptors back.
                runtime::log_error("cannot accept connections", {{"error", failed.message()}});
                self->pause_ = core->loop.after(std::chrono::milliseconds{200}, [self] { self->accept(); });
                return;
            }
            if (!failed) self->take(core, std::move(socket));
            self->accept();
        });
    }

  private:
    template <typename TheSocket>
    void take(const std::shared_ptr<ServerCore>& core, TheSocket socket) {
        ++core->accepted;
        Peer peer = peer_of(socket);
        start_http_session(core, Socket(std::move(socket)), std::move(peer));
    }

    std::weak_ptr<ServerCore> core_;
    asio::basic_socket_acceptor<Protocol, Executor> acceptor_;
    std::filesystem::path file_;
    std::error_code ignored_;
    runtime::Timer pause_;
};

template <typename Protocol>
void start(const std::shared_ptr<ServerCore>& core, asio::basic_socket_acceptor<Protocol, Executor> acceptor,
           std::filesystem::path file = {}) {
    auto listener = std::make_shared<ListenerOf<Protocol>>(core, std::move(acceptor), std::move(file));
    core->listeners.push_back(listener);
    listener->accept();
}

bool somebody_serves(asio::io_context& io, const Unix::endpoint& endpoint) {
    Unix::socket probe(io);
    error_code failed;
    probe.connect(endpoint, failed);
    return !failed;
}

}  // namespace

Server::Server(runtime::Loop& loop, runtime::Workers& workers, Router router, ServerSettings settings,
               OnAnswer on_answer)
    : core_(std::make_shared<ServerCore>(loop, workers, std::move(router), std::move(settings), std::move(on_answer))) {
}

Server::~Server() {
    core_->draining = true;
    for (const auto& listener : core_->listeners) listener->close();
    core_->listeners.clear();
    core_->cut_all();
}

core::Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port) {
    const auto what = address + " port " + std::to_string(port);
    error_code failed;
    const auto parsed = asio::ip::make_address(address, failed);
    if (failed) return core::invalid("'" + address + "' is no numeric address to listen on");
    const Tcp::endpoint endpoint(parsed, port);
    asio::basic_socket_acceptor<Tcp, Executor> acceptor(runtime::io_context_of(core_->loop));
    acceptor.open(endpoint.protocol(), failed);
    if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed) return listen_error(what, failed);
    const auto real = acceptor.local_endpoint().port();
    start(core_, std::move(acceptor));
    return real;
}

core::Status Server::listen_unix(const std::filesystem::path& path, unsigned mode) {
    auto& io = runtime::io_context_of(core_->loop);
    if (path.string().size() > 107) return core::invalid("the path of the unix socket is longer than 107 bytes");
    const Unix::endpoint endpoint(path.string());
    std::error_code ignored;
    if (std::filesystem::is_socket(path, ignored)) {
        if (somebody_serves(io, endpoint)) return core::conflict("another process serves " + path.string());
        std::filesystem::remove(path, ignored);
    }
    asio::basic_socket_acceptor<Unix, Executor> acceptor(io);
    error_code failed;
    acceptor.open(Unix(), failed);
    // On Linux the mode of the socket's inode becomes the file's mode at bind: nobody can connect in between.
    if (!failed && ::fchmod(acceptor.native_handle(), mode) != 0)
        failed.assign(errno, boost::system::system_category());
    if (!failed) acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed && ::chmod(path.c_str(), mode) != 0) failed.assign(errno, boost::system::system_category());
    if (failed) return listen_error(path.string(), failed);
    start(core_, std::move(acceptor), path);
    return {};
}

void Server::stop(std::chrono::milliseconds grace, std::function<void()> done) {
    core_->loop.post(
        [core = core_, grace, done = std::move(done)]() mutable { core->begin_stop(grace, std::move(done)); });
}

ServerStats Server::stats() const {
    return {.open = core_->open,
            .websockets = core_->websockets,
            .accepted = core_->accepted,
            .refused = core_->refused,
            .requests = core_->requests};
}

}  // namespace plus7::http
