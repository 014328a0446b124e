// Which batch goes next: facts first and one at a time, then track and blob one after another's PUBACK; what was not
// acked in time goes again. Knows nothing of hello and welcome: the session opens and closes it. Storage thread.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "agent/store/stores.hpp"
#include "agent/sync/pace.hpp"
#include "agent/sync/uplink.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/ack.hpp"

namespace plus7::agent::sync {

class Relay {
  public:
    Relay(store::Stores& stores, Uplink& uplink, core::Clock& clock, const Timings& timings, Random random);

    void open();   // welcomed: batches may go
    void close();  // the connection ended, or central is asked anew where it stands
    bool is_open() const { return open_; }

    // Hands over whatever may go now: call after an append, an ack, a PUBACK and once a second.
    void pump();
    // Pacing from an ack whose cursors the session has applied already.
    void acknowledged(const wire::Ack& ack);
    // The budget of track and blob bytes, per day of central's clock (UTC); 0 = none. Of its last quarter only the
    // newest block may take, so that history never keeps today's place from central; facts are not asked.
    void set_day_bytes(std::uint64_t bytes) { day_bytes_ = bytes; }
    void set_central_time(std::chrono::microseconds offset) { central_offset_ = offset; }  // central − ours
    std::uint64_t bytes_today() const { return stores_.outbox().bytes_sent(today()); }
    bool holds_history() const { return allowed() != Allowed::all; }

    struct Counters {
        std::uint64_t fact_batches = 0;
        std::uint64_t bulk_batches = 0;
        std::uint64_t resent = 0;
        std::uint64_t refused = 0;         // batches central could not read
        std::uint64_t slow_downs = 0;      // PUBACK 0x10 or 0x97
        std::uint64_t silent_pubacks = 0;  // connections closed for want of a PUBACK
    };
    const Counters& counters() const { return counters_; }

  private:
    struct Flight {
        wire::Lane lane = wire::Lane::fact;
        wire::SeqRange seqs;
        std::size_t bytes = 0;
        Milliseconds handed{0};
        std::optional<Milliseconds> puback;
        Milliseconds resend_at{0};
    };
    using Flights = std::map<std::uint64_t, Flight>;

    bool is_quiet() const;
    void pump_facts();
    void pump_bulk();
    bool send_bulk(wire::Lane lane);
    enum class Allowed { all, newest, nothing };  // what the day's budget leaves
    Allowed allowed() const;
    std::uint64_t budget_left() const;
    store::LaneRun next_run(wire::Lane lane, std::size_t goal) const;
    bool bulk_may_go() const;
    std::size_t bulk_room() const;  // bytes the credit leaves; 0 = nothing may go
    void hand_over(wire::Lane lane, std::uint64_t first_seq, std::vector<core::Bytes> records);
    void puback(std::uint64_t id, const mqtt::PublishResult& result);
    void expire();
    void slow_down(wire::Lane lane);
    void remember_refused(const wire::Ack& ack);
    std::vector<wire::SeqRange> in_flight(wire::Lane lane) const;
    std::size_t count_limit(wire::Lane lane, wire::SeqRange seqs) const;
    std::chrono::sys_days today() const;
    int& tries(wire::Lane lane) { return tries_[static_cast<std::size_t>(lane)]; }
    std::vector<wire::SeqRange>& singles(wire::Lane lane) { return singles_[static_cast<std::size_t>(lane)]; }

    store::Stores& stores_;
    Uplink& uplink_;
    core::Clock& clock_;
    const Timings timings_;
    const Random random_;
    bool open_ = false;
    bool giving_up_ = false;     // force_reconnect was asked for, once
    std::uint64_t next_id_ = 1;  // of a flight; never reused, so late PUBACKs of an old connection find nothing
    Flights flights_;
    std::array<int, 4> tries_{};                          // by lane: sent again in a row without an ack
    std::array<std::vector<wire::SeqRange>, 4> singles_;  // by lane: refused as a batch, to be sent one by one
    std::array<Milliseconds, 4> not_before_{};
    int slow_downs_ = 0;                    // in a row
    std::optional<std::int64_t> quiet_at_;  // Stores::changes() when nothing was left to send
    std::optional<std::uint64_t> credit_;
    Milliseconds credit_at_{0};
    wire::Lane last_bulk_ = wire::Lane::blob;
    std::uint64_t day_bytes_ = 0;
    std::chrono::microseconds central_offset_{0};
    UplinkSpeed speed_;
    AckTime ack_time_;
    Counters counters_;
};

}  // namespace plus7::agent::sync
