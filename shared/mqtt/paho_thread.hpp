// The one thread that calls Paho for one client. Commands are queued to it; their results come through the inbox.
// Internal to shared/mqtt; owned by PahoClient, called on the loop thread.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "shared/mqtt/client_options.hpp"
#include "shared/mqtt/inbox.hpp"

namespace plus7::mqtt {

class PahoThread {
  public:
    PahoThread(ClientOptions options, std::shared_ptr<Inbox> inbox);
    // Waits until Paho has let go, at most `patience`; a thread that hangs in Paho is left behind (it touches nothing
    // that is not its own) and that is logged.
    ~PahoThread();
    PahoThread(const PahoThread&) = delete;
    PahoThread& operator=(const PahoThread&) = delete;

    static constexpr std::chrono::seconds patience{10};

    // Ends the session before, whose unfinished commands are forgotten.
    void open(std::uint64_t session, std::optional<Publication> will);
    void publish(std::uint64_t session, std::uint64_t id, Publication publication);
    void subscribe(std::uint64_t session, std::uint64_t id, std::vector<Subscription> subscriptions);
    // Then SessionClosed with this ticket, also when that session is over already.
    void close(std::uint64_t session, std::uint64_t ticket);

  private:
    struct State;
    std::shared_ptr<State> state_;
    std::thread thread_;
};

}  // namespace plus7::mqtt
