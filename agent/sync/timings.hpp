// Every time and bound of the sync session, with the values of sync-protocol.md. Tests shorten them.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>

namespace plus7::agent::sync {

using Milliseconds = std::chrono::milliseconds;
using Random = std::function<double()>;  // [0, 1)

struct Timings {
    Milliseconds batch_time{2'000};       // a batch aims at what the uplink takes in this time
    Milliseconds resend_least{15'000};    // after PUBACK, or 4 × (PUBACK → ack) if that is longer …
    Milliseconds resend_most{300'000};    // … doubling to this
    Milliseconds puback_limit{60'000};    // then the connection is closed
    Milliseconds hello_least{1'000};      // a hello without welcome (after a broker's restart central may come later
                                          // than we) is repeated, doubling to …
    Milliseconds hello_most{300'000};     // … this; also the wait while central does not open our epoch
    Milliseconds slow_down{5'000};        // after PUBACK 0x10 or 0x97, doubling to resend_most
    Milliseconds credit_limit{300'000};   // a credit of 0 that nobody renews is tried out after this
    Milliseconds state_interval{60'000};  // between retained states while connected
    Milliseconds client_limit{120'000};   // connected, the oldest fact unacked: a new client
    Milliseconds process_limit{600'000};  // …: a new process
    std::size_t bulk_unacked = 4;         // batches of track and blob
};

}  // namespace plus7::agent::sync
