// A loop driven by the test's own thread, and a listener that keeps what it is told.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "shared/mqtt/paho_client.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::test {

class RecordingListener final : public mqtt::ClientListener {
  public:
    std::function<void()> on_connected;
    int connects = 0;
    std::vector<mqtt::Disconnection> disconnects;
    std::vector<mqtt::Disconnection> failures;
    std::vector<mqtt::Message> messages;

    void connected() override {
        ++connects;
        if (on_connected) on_connected();
    }
    void disconnected(const mqtt::Disconnection& why) override { disconnects.push_back(why); }
    void connect_failed(const mqtt::Disconnection& why) override { failures.push_back(why); }
    void message(const mqtt::Message& message) override { messages.push_back(message); }
};

// Fast reconnects, so that tests are short; the shape is that of production.
inline mqtt::ConnectorTimings fast_timings() {
    mqtt::ConnectorTimings timings;
    timings.backoff = {.base = std::chrono::milliseconds{20},
                       .cap = std::chrono::milliseconds{200},
                       .stable = std::chrono::seconds{60}};
    timings.taken_over_wait = std::chrono::milliseconds{300};
    timings.connect_timeout = std::chrono::seconds{5};
    return timings;
}

inline mqtt::ClientOptions options_for(std::uint16_t port, const std::string& id) {
    mqtt::ClientOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.client_id = id;
    options.timings = fast_timings();
    return options;
}

}  // namespace plus7::test
