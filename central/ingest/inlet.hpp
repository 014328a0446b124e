// The connection on which central hears handhelds (`central-in-<instance>`): subscribes anew on every connect (a broker
// forgets shared subscriptions) and gives every message to Ingest. Loop thread.
#pragma once
#include <memory>

#include "central/ingest/ingest.hpp"
#include "shared/mqtt/client_options.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::central::ingest {

class Inlet {
  public:
    // `access`: host, port, user and password; the client id is set here.
    Inlet(runtime::Loop& loop, mqtt::ClientOptions access, const std::string& instance, Ingest& ingest,
          core::Clock& clock);
    ~Inlet();

    void start();
    void stop(std::function<void()> stopped);
    bool listening() const;  // connected and subscribed

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace plus7::central::ingest
