// `up/live` and `state`: what is shown now and not kept as track. On a worker.
#pragma once
#include "central/ingest/parts.hpp"

namespace plus7::central::ingest {

class LiveDesk {
  public:
    explicit LiveDesk(Parts& parts) : parts_(parts) {}

    void take_live(const Frame& frame, const core::DeviceId& device, Done done);
    // A Will of a connection that is over is ignored.
    void take_state(const Frame& frame, const core::DeviceId& device, Done done);

  private:
    Parts& parts_;
};

// Fills the hub with what the database knows: who is on shift, on which device, and where he was last. At start.
core::Status fill_hub(sql::Database& db, app::tracking::LiveHub& hub);

}  // namespace plus7::central::ingest
