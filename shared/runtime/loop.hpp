// The loop thread of a process: timers, readiness of file descriptors, signals, and work posted from other threads.
// One per process, owned by the composition root. No handler may block or compute for long.
// Timers, watches and signals are made, used and destroyed on the loop thread, or while run() is not active.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace plus7::runtime {

struct LoopCore;  // loop_asio.hpp

// A pending call. Destroying or cancelling it guarantees that its function is not called afterwards.
class Timer {
  public:
    Timer();
    ~Timer();
    Timer(Timer&&) noexcept;
    Timer& operator=(Timer&&) noexcept;
    void cancel();
    bool active() const;  // a call is still to come

    struct State;

  private:
    friend class Loop;
    explicit Timer(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

// Interest in a file descriptor, which stays its owner's: it must be open until the watch is destroyed.
class Watch {
  public:
    Watch();
    ~Watch();
    Watch(Watch&&) noexcept;
    Watch& operator=(Watch&&) noexcept;
    void cancel();

    struct State;

  private:
    friend class Loop;
    explicit Watch(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

class Loop {
  public:
    using Function = std::function<void()>;

    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    // Runs handlers until stop(). An exception that leaves a handler is logged and counted; the loop goes on.
    void run();
    // Runs handlers until `condition`, asked after each of them, holds: true; after `limit` or stop(): false.
    bool run_until(const std::function<bool()>& condition, std::chrono::milliseconds limit);
    void stop();               // any thread; also before run(), which then returns at once
    void post(Function work);  // any thread; never runs `work` inside the call
    bool on_thread() const;    // true inside run()

    [[nodiscard]] Timer after(std::chrono::milliseconds delay, Function work);
    // First within one period, then at whole periods of the monotonic clock: timers of one period ring together, and the
    // processor sleeps in between. Periods do not drift, and a late tick does not cause a burst.
    [[nodiscard]] Timer every(std::chrono::milliseconds period, Function work);
    // Calls `ready` as long as `fd` (socket, pipe, tty, pidfd) is readable or closed by the peer; never for regular
    // files (throws std::system_error).
    [[nodiscard]] Watch watch_read(int fd, Function ready);
    // From now on these signals no longer have their default effect: `handle` gets the number. Once per signal number.
    void on_signal(const std::vector<int>& numbers, std::function<void(int)> handle);

    std::uint64_t failed_handlers() const;  // handlers that threw: bugs; any thread

  private:
    friend LoopCore& core_of(Loop& loop);
    std::shared_ptr<LoopCore> core_;
};

}  // namespace plus7::runtime
