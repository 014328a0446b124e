// The newest place of each device: to the live hub at once, to the database in batches. A late place never replaces a
// newer one, nothing of a courier off shift is kept. Any thread.
#pragma once
#include <map>
#include <mutex>

#include "central/app/tracking/live_hub.hpp"
#include "central/ingest/batch.hpp"
#include "central/ingest/unit_desk.hpp"
#include "central/store/field_store.hpp"
#include "shared/model/fix.hpp"

#include "central/ingest/peers.hpp"

namespace plus7::central::ingest {

class Positions {
  public:
    Positions(app::tracking::LiveHub& hub, UnitDesk& desk, Peers& peers) : hub_(hub), desk_(desk), peers_(peers) {}

    // False when it is not newer than what is shown, lies in the future, or the device is off shift.
    bool moved(const core::DeviceId& device, const std::optional<std::string>& courier, const model::Fix& fix,
               core::TimeUs received);
    // What is known only since the unit became durable.
    void tell(const core::DeviceId& device, const std::optional<std::string>& courier, const FieldNews& news,
              core::TimeUs received);
    // The talk with a courier changed.
    void tell_chat(const core::DeviceId& device, const std::string& courier);
    // Writes what has changed since the last time; called every few seconds and at the end.
    void save();

  private:
    app::tracking::LiveHub& hub_;
    UnitDesk& desk_;
    Peers& peers_;  // hear what only one instance learns: what the lanes brought
    std::mutex lock_;
    std::map<core::DeviceId, store::PositionRow> unsaved_;
};

}  // namespace plus7::central::ingest
