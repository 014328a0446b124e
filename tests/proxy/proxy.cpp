#include "tests/proxy/proxy.hpp"

#include <set>

#include "shared/runtime/loop_asio.hpp"
#include "tests/proxy/line.hpp"

namespace plus7::test {

using Error = boost::system::error_code;

struct Proxy::Core : std::enable_shared_from_this<Core> {
    Core(runtime::Loop& on, const std::string& host, std::uint16_t port)
        : loop(on),
          target(boost::asio::ip::make_address(host), port),
          acceptor(runtime::io_context_of(on)),
          pause(acceptor.get_executor()) {}

    void accept() {
        acceptor.async_accept([this, self = shared_from_this()](Error failed, Tcp::socket socket) {
            if (closed) return;
            if (failed) return wait_and_accept();
            take(std::move(socket));
            accept();
        });
    }

    // Out of file descriptors, mostly: busy until some are free.
    void wait_and_accept() {
        pause.expires_after(std::chrono::milliseconds{100});
        pause.async_wait([this, self = shared_from_this()](Error stopped) {
            if (!stopped && !closed) accept();
        });
    }

    void take(Tcp::socket socket) {
        if (in_outage) {
            ++stats.refused;
            Error ignored;
            socket.set_option(Tcp::socket::linger(true, 0), ignored);
            return;
        }
        ++stats.accepted;
        const auto count = [this](Way way, std::size_t bytes) {
            (way == Way::up ? stats.bytes_up : stats.bytes_down) += bytes;
        };
        const auto forget = [this](Line* line) { lines.erase(line->shared_from_this()); };
        auto line = std::make_shared<Line>(std::move(socket), faults, count, forget);
        lines.insert(line);
        line->connect(target);
    }

    void cut() {
        const auto all = lines;
        for (const auto& line : all) line->cut();
    }

    void set_hold(bool hold) {
        for (auto& way : faults) way.hold = hold;
        retry();
    }

    void retry() {
        const auto all = lines;
        for (const auto& line : all) line->retry();
    }

    runtime::Loop& loop;
    const Tcp::endpoint target;
    Tcp::acceptor acceptor;
    boost::asio::steady_timer pause;
    std::array<LineFaults, 2> faults;
    std::set<std::shared_ptr<Line>> lines;
    Stats stats;
    bool in_outage = false, closed = false;
    runtime::Timer heal_outage, heal_hole;
};

Proxy::Proxy(runtime::Loop& loop, std::string host, std::uint16_t port)
    : core_(std::make_shared<Core>(loop, host, port)) {}

Proxy::~Proxy() {
    core_->closed = true;
    core_->cut();
    core_->heal_outage.cancel();
    core_->heal_hole.cancel();
    Error ignored;
    core_->acceptor.close(ignored);
    core_->pause.cancel();
}

core::Result<std::uint16_t> Proxy::listen(std::uint16_t port) {
    auto& acceptor = core_->acceptor;
    Error failed;
    acceptor.open(Tcp::v4(), failed);
    if (!failed) acceptor.set_option(Tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor.bind({boost::asio::ip::address_v4::loopback(), port}, failed);
    if (!failed) acceptor.listen(boost::asio::socket_base::max_listen_connections, failed);
    if (failed) return core::conflict("port " + std::to_string(port) + ": " + failed.message());
    core_->accept();
    return acceptor.local_endpoint().port();
}

void Proxy::set(Way way, const LineFaults& faults) {
    core_->faults[static_cast<std::size_t>(way)] = faults;
    core_->retry();
}

void Proxy::cut() { core_->cut(); }

void Proxy::outage(std::chrono::milliseconds time) {
    core_->in_outage = true;
    core_->cut();
    core_->heal_outage = core_->loop.after(time, [core = core_.get()] { core->in_outage = false; });
}

void Proxy::hole(std::chrono::milliseconds time) {
    core_->set_hold(true);
    core_->heal_hole = core_->loop.after(time, [core = core_.get()] { core->set_hold(false); });
}

bool Proxy::in_outage() const { return core_->in_outage; }

Proxy::Stats Proxy::stats() const {
    auto stats = core_->stats;
    stats.open = core_->lines.size();
    return stats;
}

}  // namespace plus7::test
