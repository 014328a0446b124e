#include "shared/runtime/loop.hpp"

#include <poll.h>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <system_error>

#include "shared/runtime/log.hpp"
#include "shared/runtime/loop_asio.hpp"

namespace plus7::runtime {

using boost::system::error_code;

// Pending waits hold only weak references to these states, so that a dropped handle is a cancelled one and the
// io_context never keeps itself alive.
struct Timer::State {
    explicit State(std::shared_ptr<LoopCore> owner) : core(std::move(owner)), timer(core->io) {}
    std::shared_ptr<LoopCore> core;
    boost::asio::steady_timer timer;
    std::chrono::milliseconds period{0};  // 0 = once
    Loop::Function work;
    bool active = true;
};

struct Watch::State {
    State(std::shared_ptr<LoopCore> owner, int fd) : core(std::move(owner)), descriptor(core->io, fd) {}
    ~State() {
        if (descriptor.is_open()) descriptor.release();
    }
    std::shared_ptr<LoopCore> core;
    boost::asio::posix::stream_descriptor descriptor;
    Loop::Function ready;
    bool active = true;
};

namespace {

// Periodic timers ring at whole periods of the clock: those of one period wake the processor together.
std::chrono::steady_clock::time_point next_ring(std::chrono::milliseconds period) {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::steady_clock::time_point{(since / period + 1) * period};
}

void arm(const std::shared_ptr<Timer::State>& state) {
    state->timer.async_wait([weak = std::weak_ptr(state)](error_code error) {
        const auto self = weak.lock();
        if (!self || error || !self->active) return;
        if (self->period.count() == 0) {
            self->active = false;
        } else {
            self->timer.expires_at(next_ring(self->period));
            arm(self);
        }
        self->work();
    });
}

// Asio may tell of a descriptor what was meant for the one before it: both had their event in one round, the handler of
// another closed the first and opened this one in its place.
bool is_ready(int fd) {
    pollfd one{fd, POLLIN, 0};
    return ::poll(&one, 1, 0) != 0;
}

void arm(const std::shared_ptr<Watch::State>& state) {
    state->descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                                 [weak = std::weak_ptr(state)](error_code error) {
                                     const auto self = weak.lock();
                                     if (!self || error || !self->active) return;
                                     // Armed again even if `ready` throws: the descriptor is not forgotten.
                                     struct Rearm {
                                         const std::shared_ptr<Watch::State>& state;
                                         ~Rearm() {
                                             if (state->active) arm(state);
                                         }
                                     } rearm{self};
                                     if (is_ready(self->descriptor.native_handle())) self->ready();
                                 });
}

void arm(const std::shared_ptr<boost::asio::signal_set>& set, std::function<void(int)> handle) {
    auto& signals = *set;
    signals.async_wait([weak = std::weak_ptr(set), handle = std::move(handle)](error_code error, int number) {
        const auto self = weak.lock();
        if (!self || error) return;
        arm(self, handle);
        handle(number);
    });
}

// This is the edge where a handler's exception ends.
template <typename Run>
void guarded(LoopCore& core, Run run) {
    try {
        run();
    } catch (const std::exception& bug) {
        ++core.failed;
        log_error("a handler of the loop failed", {{"error", bug.what()}});
    } catch (...) {
        ++core.failed;
        log_error("a handler of the loop failed", {{"error", "not a std::exception"}});
    }
}

struct OnThread {
    explicit OnThread(LoopCore& loop) : core(loop) { core.thread = std::this_thread::get_id(); }
    ~OnThread() { core.thread = std::thread::id{}; }
    LoopCore& core;
};

}  // namespace

Timer::Timer() = default;
Timer::Timer(std::shared_ptr<State> state) : state_(std::move(state)) {}
Timer::~Timer() { cancel(); }
Timer::Timer(Timer&&) noexcept = default;
Timer& Timer::operator=(Timer&& other) noexcept {
    if (this != &other) {
        cancel();
        state_ = std::move(other.state_);
    }
    return *this;
}
void Timer::cancel() {
    if (!state_) return;
    state_->active = false;
    state_->timer.cancel();
    state_.reset();
}
bool Timer::active() const { return state_ && state_->active; }

Watch::Watch() = default;
Watch::Watch(std::shared_ptr<State> state) : state_(std::move(state)) {}
Watch::~Watch() { cancel(); }
Watch::Watch(Watch&&) noexcept = default;
Watch& Watch::operator=(Watch&& other) noexcept {
    if (this != &other) {
        cancel();
        state_ = std::move(other.state_);
    }
    return *this;
}
void Watch::cancel() {
    if (!state_) return;
    state_->active = false;
    state_->descriptor.release();
    state_.reset();
}

Loop::Loop() : core_(std::make_shared<LoopCore>()) {}

Loop::~Loop() { core_->signals.clear(); }

void Loop::run() {
    const OnThread mark(*core_);
    while (!core_->io.stopped()) guarded(*core_, [&] { core_->io.run(); });
}

bool Loop::run_until(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const OnThread mark(*core_);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (core_->io.stopped() || std::chrono::steady_clock::now() >= deadline) return false;
        guarded(*core_, [&] { core_->io.run_one_until(deadline); });
    }
    return true;
}

void Loop::stop() { core_->io.stop(); }
void Loop::post(Function work) { boost::asio::post(core_->io, std::move(work)); }
bool Loop::on_thread() const { return core_->thread.load() == std::this_thread::get_id(); }
std::uint64_t Loop::failed_handlers() const { return core_->failed; }

Timer Loop::after(std::chrono::milliseconds delay, Function work) {
    auto state = std::make_shared<Timer::State>(core_);
    state->work = std::move(work);
    state->timer.expires_after(delay);
    arm(state);
    return Timer(std::move(state));
}

Timer Loop::every(std::chrono::milliseconds period, Function work) {
    if (period.count() <= 0) throw std::invalid_argument("Loop::every needs a period of at least 1 ms");
    auto state = std::make_shared<Timer::State>(core_);
    state->work = std::move(work);
    state->period = period;
    state->timer.expires_at(next_ring(period));
    arm(state);
    return Timer(std::move(state));
}

Watch Loop::watch_read(int fd, Function ready) {
    auto state = std::make_shared<Watch::State>(core_, fd);
    state->ready = std::move(ready);
    arm(state);
    return Watch(std::move(state));
}

void Loop::on_signal(const std::vector<int>& numbers, std::function<void(int)> handle) {
    auto set = std::make_shared<boost::asio::signal_set>(core_->io);
    for (const int number : numbers) set->add(number);
    core_->signals.push_back(set);
    arm(set, std::move(handle));
}

}  // namespace plus7::runtime
