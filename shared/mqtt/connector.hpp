// When to try to connect: the reconnect state machine without any network in it. Sessions are numbered; whoever opens
// them reports by number, and reports about sessions that are over are recognised. Loop thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>

#include "shared/mqtt/reason.hpp"
#include "shared/runtime/backoff.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::mqtt {

struct ConnectorTimings {
    runtime::BackoffSettings backoff;  // full jitter, min(300 s, 2 s · 2^n), 60 s stable
    std::chrono::milliseconds taken_over_wait = std::chrono::minutes{1};  // at least, after 0x8E: a clone is about
    std::chrono::milliseconds connect_timeout = std::chrono::seconds{30};
    runtime::Backoff::Random random;  // [0, 1); empty: the system's
};

class Connector {
  public:
    enum class State { idle, waiting, connecting, connected };

    // `open` is called on the loop, never inside a call of Connector, with the number of the session to be opened.
    // `timed_out` likewise, when neither opened() nor ended() came within twice the connect timeout: the session is
    // given up (and counted as ended).
    Connector(runtime::Loop& loop, ConnectorTimings timings, std::function<void(std::uint64_t)> open,
              std::function<void(std::uint64_t)> timed_out);

    void start();  // first attempt at once; nothing when running already
    void stop();   // ends the current session, if any, and plans no other

    // False when `session` is not the one that is being opened.
    bool opened(std::uint64_t session);
    // The attempt failed or the session was lost; plans the next one. False when `session` is over already.
    bool ended(std::uint64_t session, ReasonCode why);

    State state() const { return state_; }
    std::uint64_t session() const { return session_; }  // current or last; the first is 1
    std::chrono::milliseconds planned_wait() const { return planned_wait_; }

  private:
    void plan(std::chrono::milliseconds wait);
    void attempt();
    static std::chrono::milliseconds now();

    runtime::Loop& loop_;
    ConnectorTimings timings_;
    std::function<void(std::uint64_t)> open_;
    std::function<void(std::uint64_t)> timed_out_;
    runtime::Backoff backoff_;
    State state_ = State::idle;
    std::uint64_t session_ = 0;
    std::chrono::milliseconds planned_wait_{0};
    runtime::Timer timer_;
};

}  // namespace plus7::mqtt
