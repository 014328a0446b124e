// The newest fix for central's live map, at most once per interval, never queued behind anything. Storage thread.
#pragma once
#include <optional>

#include "agent/sync/timings.hpp"
#include "agent/sync/uplink.hpp"
#include "shared/model/fix.hpp"

namespace plus7::agent::sync {

class LiveFeed {
  public:
    explicit LiveFeed(Uplink& uplink) : uplink_(uplink) {}

    void set_interval(Milliseconds interval) { interval_ = interval; }
    // Newer fixes replace it until it is sent; one without a place on the globe is dropped.
    void offer(const model::Fix& fix) { waiting_ = fix; }
    void tick(Milliseconds now, bool connected);
    std::uint64_t sent() const { return sent_; }

  private:
    Uplink& uplink_;
    Milliseconds interval_{1'000};
    std::optional<model::Fix> waiting_;
    std::optional<Milliseconds> last_;
    std::uint64_t sent_ = 0;
};

}  // namespace plus7::agent::sync
