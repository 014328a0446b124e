// The connection on which central speaks to handhelds (`central-out-<instance>`). Made and used on the loop thread,
// except publish(): any thread, kept by others as a Publish. What cannot be sent now is dropped: devices ask again.
#pragma once
#include <memory>

#include "central/ingest/downlink.hpp"
#include "shared/mqtt/client_options.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/metrics.hpp"

namespace plus7::central::ingest {

class Outlet {
  public:
    // `access`: host, port, user and password; the client id is set here.
    Outlet(runtime::Loop& loop, mqtt::ClientOptions access, const std::string& instance, runtime::Metrics& metrics);
    ~Outlet();

    void start();
    void stop(std::function<void()> stopped);
    bool connected() const;
    // Valid also after the outlet is gone; then it does nothing.
    Publish publish() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace plus7::central::ingest
