// mosquitto under central's care: its files are written, it is started, watched, started again after a backoff when it
// ends, and told to read a new revocation list. Made and used on the loop thread, except state(), which any thread may
// ask.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "central/broker/authority_folder.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::central::broker {

struct ManagedBrokerOptions {
    std::filesystem::path folder;       // `<data_dir>/broker`
    std::string program = "mosquitto";  // looked up in PATH and /usr/sbin
    std::string address = "127.0.0.1";  // of the listener for handhelds
    std::uint16_t port = 8883;          // 0: a free one
};

// How central itself reaches the broker.
struct ServiceAccess {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string ingest_password, push_password, kick_password;
};

enum class BrokerState { starting, running, waiting_to_restart, stopped };

class ManagedBroker {
  public:
    // Writes the files and starts; `ready` comes once, when it first accepts connections. An error says what to do: no
    // mosquitto installed, port taken, folder not writable.
    static core::Result<std::unique_ptr<ManagedBroker>> start(runtime::Loop& loop, const AuthorityFolder& authority,
                                                              ManagedBrokerOptions options, std::function<void()> ready,
                                                              std::function<void(const core::Error&)> failed);
    ~ManagedBroker();  // ends it

    // SIGTERM, then SIGKILL after `grace`; `stopped` comes when it has ended.
    void stop(std::chrono::milliseconds grace, std::function<void()> stopped);
    // Takes over the authority's present revocation list.
    core::Status reload_crl();

    const ServiceAccess& service() const;
    std::uint16_t device_port() const;
    BrokerState state() const;
    int restarts() const;
    int pid() const;  // 0 when none runs; loop thread

  private:
    struct State;
    explicit ManagedBroker(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace plus7::central::broker
