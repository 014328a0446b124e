// What the relay measures and how long it therefore waits: uplink speed, the way to an ack, doubling waits. Pure
// values; storage thread.
#pragma once
#include <cstdint>

#include "agent/sync/timings.hpp"

namespace plus7::agent::sync {

// Bytes per second of the uplink, from publish to PUBACK, as a running mean; and the batch size that follows.
class UplinkSpeed {
  public:
    void measured(std::size_t bytes, Milliseconds time);
    std::size_t batch_goal(Milliseconds batch_time) const;  // 4 … 64 KiB

  private:
    double bytes_per_ms_ = 8;  // until measured: a slow mobile network, 16 KiB in two seconds
};

// Times between PUBACK and ack.
class AckTime {
  public:
    void measured(Milliseconds time);
    // How long to wait after a PUBACK for the ack of a batch sent the `tries`-th time (0 = first): at least
    // T = max(resend_least, 4 × mean), spread by full jitter over what doubling adds to it, never above resend_most.
    Milliseconds resend_after(const Timings& timings, int tries, const Random& random) const;

  private:
    double mean_ms_ = 0;
};

// Uniform in [least, min(most, least · 2^(n + 1))]: full jitter above a floor below which trying again is pointless.
Milliseconds doubled(Milliseconds least, Milliseconds most, int n, const Random& random);

}  // namespace plus7::agent::sync
