#include "central/broker/managed_broker.hpp"

#include <signal.h>

#include <atomic>

#include "central/broker/broker_files.hpp"
#include "shared/runtime/backoff.hpp"
#include "shared/runtime/child.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::broker {
namespace {
constexpr int port_tries = 20;
}  // namespace

struct ManagedBroker::State : std::enable_shared_from_this<State> {
    State(runtime::Loop& owner, const AuthorityFolder& keys, ManagedBrokerOptions wanted)
        : loop(owner), authority(keys), options(std::move(wanted)) {}

    runtime::Loop& loop;
    const AuthorityFolder& authority;
    ManagedBrokerOptions options;
    MosquittoSettings settings;
    ServiceAccess access;
    std::function<void()> ready;
    std::function<void(const core::Error&)> failed;
    std::function<void()> stopped;
    std::optional<runtime::Child> child;
    runtime::Timer restart_timer;
    core::SystemClock clock;
    // Short: it is our own child, and every handheld waits for it.
    runtime::Backoff backoff{{std::chrono::milliseconds{100}, std::chrono::seconds{2}, std::chrono::seconds{60}}};
    std::atomic<BrokerState> state{BrokerState::starting};
    std::atomic<int> restarts{0};
    bool ever_ready = false;
    bool port_taken = false;
    int tries = 0;
    std::string last_error;

    core::Status launch();
    void on_line(const std::string& line);
    void on_exit(const runtime::ChildExit& exit);
    void try_again();
    void restart_later();
};

core::Status ManagedBroker::State::launch() {
    state = BrokerState::starting;
    port_taken = false;
    if (!ever_ready) {  // ports are kept over restarts: handhelds and our own clients come back to them
        settings.device_port = options.port != 0 ? options.port : free_loopback_port();
        settings.service_port = free_loopback_port();
        access.port = settings.service_port;
    }
    if (auto written = write_broker_files(settings, access, authority); !written) return written;
    runtime::ChildOptions start;
    start.argv = {options.program, "-c", (settings.folder / "mosquitto.conf").string()};
    const std::weak_ptr<State> weak = weak_from_this();
    start.on_stderr_line = [weak](const std::string& line) {
        if (const auto self = weak.lock()) self->on_line(line);
    };
    auto started = runtime::Child::start(loop, std::move(start), [weak](runtime::ChildExit exit) {
        if (const auto self = weak.lock()) self->on_exit(exit);
    });
    if (!started) return started.error();
    child.emplace(std::move(*started));
    return {};
}

void ManagedBroker::State::on_line(const std::string& line) {
    if (line.find("Address already in use") != std::string::npos) port_taken = true;
    if (line.find("Error") != std::string::npos) {
        last_error = line;
        runtime::log_warning("broker complains", {{"line", line}});
    }
    if (line.find(" running") == std::string::npos) return;
    state = BrokerState::running;
    backoff.succeeded(clock.mono());
    runtime::log_info("broker runs", {{"device_port", settings.device_port}, {"service_port", settings.service_port}});
    if (std::exchange(ever_ready, true)) return;
    if (ready) ready();
}

void ManagedBroker::State::on_exit(const runtime::ChildExit& exit) {
    if (state == BrokerState::stopped) {
        if (auto tell = std::exchange(stopped, {})) tell();
        return;
    }
    if (!ever_ready && port_taken && options.port == 0 && ++tries < port_tries) return try_again();
    if (!ever_ready) {
        state = BrokerState::stopped;
        failed(port_taken ? core::unavailable("the broker's port " + std::to_string(settings.device_port) +
                                              " is taken: end what uses it, or set broker.port")
                          : core::unavailable("the broker did not start: " + last_error));
        return;
    }
    runtime::log_warning("broker ended", {{"code", exit.code.value_or(-1)}, {"signal", exit.signal.value_or(0)}});
    restart_later();
}

void ManagedBroker::State::restart_later() {
    state = BrokerState::waiting_to_restart;
    restart_timer = loop.after(backoff.failed(clock.mono()), [this] { try_again(); });
}

void ManagedBroker::State::try_again() {
    // Posted: the child that has just ended is destroyed outside its own callback.
    const std::weak_ptr<State> weak = weak_from_this();
    loop.post([weak] {
        const auto self = weak.lock();
        if (!self || self->state == BrokerState::stopped) return;
        if (self->ever_ready) ++self->restarts;
        if (auto launched = self->launch(); !launched) {
            runtime::log_error("broker cannot be started", {{"reason", launched.error().message}});
            if (!self->ever_ready) return self->failed(launched.error());
            self->restart_later();
        }
    });
}

core::Result<std::unique_ptr<ManagedBroker>> ManagedBroker::start(runtime::Loop& loop, const AuthorityFolder& authority,
                                                                  ManagedBrokerOptions options,
                                                                  std::function<void()> ready,
                                                                  std::function<void(const core::Error&)> failed) {
    const auto program = find_program(options.program);
    if (!program) return program.error();
    options.program = *program;
    auto state = std::make_shared<State>(loop, authority, std::move(options));
    state->settings.folder = state->options.folder;
    state->settings.device_address = state->options.address;
    state->access = make_service_access();
    state->ready = std::move(ready);
    state->failed = std::move(failed);
    if (auto made = make_broker_folder(state->settings); !made) return made.error();
    if (auto ended = end_leftover(state->settings.folder); !ended) return ended.error();
    if (auto launched = state->launch(); !launched) return launched.error();
    return std::unique_ptr<ManagedBroker>(new ManagedBroker(std::move(state)));
}

ManagedBroker::ManagedBroker(std::shared_ptr<State> state) : state_(std::move(state)) {}

ManagedBroker::~ManagedBroker() { state_->state = BrokerState::stopped; }

void ManagedBroker::stop(std::chrono::milliseconds grace, std::function<void()> stopped) {
    state_->restart_timer.cancel();
    const bool runs = state_->child && state_->child->running();
    state_->state = BrokerState::stopped;
    if (!runs) return stopped();
    state_->stopped = std::move(stopped);
    state_->child->terminate(grace);
}

core::Status ManagedBroker::reload_crl() {
    if (auto copied = copy_for_broker(state_->settings, state_->authority, "crl.pem"); !copied) return copied;
    if (state_->child && state_->child->running()) state_->child->signal(SIGHUP);
    return {};
}

const ServiceAccess& ManagedBroker::service() const { return state_->access; }
std::uint16_t ManagedBroker::device_port() const { return state_->settings.device_port; }
BrokerState ManagedBroker::state() const { return state_->state; }
int ManagedBroker::restarts() const { return state_->restarts; }
int ManagedBroker::pid() const { return state_->child && state_->child->running() ? state_->child->pid() : 0; }

}  // namespace plus7::central::broker
