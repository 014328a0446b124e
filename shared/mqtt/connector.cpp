#include "shared/mqtt/connector.hpp"

#include <algorithm>

namespace plus7::mqtt {

using std::chrono::milliseconds;

Connector::Connector(runtime::Loop& loop, ConnectorTimings timings, std::function<void(std::uint64_t)> open,
                     std::function<void(std::uint64_t)> timed_out)
    : loop_(loop),
      timings_(timings),
      open_(std::move(open)),
      timed_out_(std::move(timed_out)),
      backoff_(timings.backoff, timings.random) {}

milliseconds Connector::now() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

void Connector::start() {
    if (state_ == State::idle) plan(milliseconds{0});
}

void Connector::stop() {
    state_ = State::idle;
    timer_.cancel();
    backoff_.reset();
}

bool Connector::opened(std::uint64_t session) {
    if (session != session_ || state_ != State::connecting) return false;
    state_ = State::connected;
    timer_.cancel();
    backoff_.succeeded(now());
    return true;
}

bool Connector::ended(std::uint64_t session, ReasonCode why) {
    if (session != session_ || (state_ != State::connecting && state_ != State::connected)) return false;
    const auto wait = backoff_.failed(now());
    plan(why == reason::session_taken_over ? timings_.taken_over_wait + wait : wait);
    return true;
}

void Connector::plan(milliseconds wait) {
    state_ = State::waiting;
    planned_wait_ = wait;
    timer_ = loop_.after(wait, [this] { attempt(); });
}

void Connector::attempt() {
    state_ = State::connecting;
    const auto session = ++session_;
    timer_ = loop_.after(2 * timings_.connect_timeout, [this, session] {
        if (ended(session, reason::success)) timed_out_(session);
    });
    open_(session);
}

}  // namespace plus7::mqtt
