// Acks that wait to go out: what several batches of a device came to becomes one ack per lane. Any thread; in memory.
#pragma once
#include <functional>
#include <map>
#include <mutex>

#include "central/ingest/batch.hpp"
#include "central/ingest/counts.hpp"
#include "central/ingest/downlink.hpp"

namespace plus7::central::ingest {

class AckBox {
  public:
    // `load`: how full the queue of frames is, 0 … 1.
    AckBox(const Downlink& down, Counts& counts, core::Clock& clock, std::function<double()> load)
        : down_(down), counts_(counts), clock_(clock), load_(std::move(load)) {}

    // After the durable commit. Sends by itself what cannot be joined: another epoch or state, a second refusal, too
    // many ranges or blobs.
    void note(const core::DeviceId& device, wire::Lane lane, const core::Epoch& epoch, const Taken& taken);
    // All that waits for this device.
    void flush(const core::DeviceId& device);

    // Bytes of track and blob that a device may have unacked at that load: from a quarter on less and less.
    static std::uint64_t credit_at(double load);

  private:
    using Key = std::pair<core::DeviceId, wire::Lane>;
    void send(const core::DeviceId& device, wire::Ack ack);
    static bool joins(const wire::Ack& into, const wire::Ack& ack);
    static void join(wire::Ack& into, const wire::Ack& ack);

    const Downlink& down_;
    Counts& counts_;
    core::Clock& clock_;
    std::function<double()> load_;
    std::mutex lock_;
    std::map<Key, wire::Ack> waiting_;
};

}  // namespace plus7::central::ingest
