// The other central instances on the same database: tells them what this one learned, takes in what they did. Owned by
// Ingest. say(), flush() and take() from any thread; nothing is kept when the broker is away.
#pragma once
#include <deque>
#include <mutex>

#include "central/app/tracking/live_hub.hpp"
#include "central/ingest/downlink.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/wire/peer_news.hpp"

namespace plus7::central::ingest {

class Peers {
  public:
    Peers(Publish publish, app::tracking::LiveHub& hub, runtime::Metrics& metrics);

    // What the others must act upon: at once.
    void tell(const core::DeviceId& device, wire::PeerViewChanged change) { tell_now({device, change}); }
    void tell(const core::DeviceId& device, wire::PeerDeviceChanged change) { tell_now({device, change}); }
    // What is shown: with the next flush. Beyond a limit the oldest are dropped.
    void say(wire::PeerNews news);
    void flush();

    // A message of the broker. What another instance says is shown here, what changed is given back: to be read anew.
    struct Changes {
        std::vector<core::DeviceId> views, devices;
    };
    Changes take(core::ByteView payload);

  private:
    void tell_now(wire::PeerNews news);
    void publish(std::vector<wire::PeerNews> news);
    void show(const wire::PeerNews& news, Changes& changes);

    static constexpr std::size_t max_waiting = 8192;

    const Publish publish_;
    app::tracking::LiveHub& hub_;
    const wire::InstanceId self_;
    runtime::Counter& told_;
    runtime::Counter& dropped_;
    runtime::Counter& taken_;
    runtime::Counter& own_;
    runtime::Counter& skipped_;
    runtime::Counter& unreadable_;
    std::mutex lock_;
    std::deque<wire::PeerNews> waiting_;
};

}  // namespace plus7::central::ingest
