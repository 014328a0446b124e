// One connection by Paho: one fresh mqtt::async_client, used for one attempt and its session, then destroyed. Every
// member is called by the owner thread (PahoThread) only; Paho's own threads only copy into the inbox.
// Internal to shared/mqtt; the only header that names Paho types is paho_session.cpp's own.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "shared/mqtt/client_options.hpp"
#include "shared/mqtt/inbox.hpp"

namespace plus7::mqtt {

class PahoSession {
  public:
    PahoSession(std::uint64_t number, const ClientOptions& options, std::optional<Publication> will,
                std::shared_ptr<Inbox> inbox);
    ~PahoSession();  // ends the connection if there is one; bounded (about a second)
    PahoSession(const PahoSession&) = delete;
    PahoSession& operator=(const PahoSession&) = delete;

    // Results, also immediate refusals, come as events.
    void connect();
    void publish(std::uint64_t id, const Publication& publication);
    void subscribe(std::uint64_t id, const std::vector<Subscription>& subscriptions);
    void disconnect();  // says goodbye and waits for it at most a second

    std::uint64_t number() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::mqtt
