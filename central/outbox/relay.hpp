// Sends what lies in the outbox: takes due effects under a lease, hands each to its destination, and writes down how it
// ended. Every effect is sent at least once, those of one key in their order; several centrals on one database share
// the work. turn() from any worker; sending has threads of its own, because a slow receiver may hold one for long.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "central/store/outbox_store.hpp"
#include "shared/core/time.hpp"
#include "shared/runtime/metrics.hpp"
#include "shared/runtime/workers.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::outbox {

struct Sent {
    enum class How {
        done,
        later,    // failed now, or nobody knows: it is tried again
        refused,  // it will never be taken: dead at once
    };
    How how = How::done;
    std::string reason{};  // for people; no secrets, no personal data
};
// Called on a sending thread, takes less than the lease; what it throws counts as `later`.
using Send = std::function<Sent(const store::EffectRow&)>;

struct RelayOptions {
    std::size_t threads = 4;
    std::size_t most_per_target = 2;  // at the same time
    std::chrono::seconds lease{60};
};

class Relay {
  public:
    // By destination's name.
    Relay(sql::Database& db, core::Clock& clock, runtime::Metrics& metrics, std::map<std::string, Send> destinations,
          RelayOptions options = {});
    ~Relay();  // as stop()

    // Begins what is due, as far as threads are free; each effect that ends begins the next ones by itself.
    // unavailable: the database; what is leased already is sent.
    core::Status turn();
    void stop();           // nothing begins any more; waits for what is being sent
    bool is_idle() const;  // nothing is on its way, and nobody looks for more

  private:
    struct Taken {
        store::EffectRow effect;
        core::Nonce lease;
    };
    core::Status look();
    core::Status begin_due();
    std::size_t in_flight() const;
    core::Result<std::vector<Taken>> take(std::size_t room);
    std::vector<Taken> pick(sql::Tx& tx, std::size_t room, core::TimeUs now) const;
    void deliver(const Taken& taken);
    Sent send(const store::EffectRow& effect) const;
    void settle(sql::Tx& tx, const Taken& taken, const Sent& sent, core::TimeUs now) const;
    void write_down(const Taken& taken, const Sent& sent) const;
    void leave(const std::string& target);

    sql::Database& db_;
    core::Clock& clock_;
    runtime::Metrics& metrics_;
    const std::map<std::string, Send> destinations_;
    const RelayOptions options_;
    std::mutex turning_;                // one looks for work at a time, …
    std::atomic<bool> wanted_ = false;  // … and again for each call that came meanwhile
    mutable std::mutex lock_;
    std::map<std::string, std::size_t> busy_;  // targets, and how many effects are on their way there
    std::size_t looking_ = 0;
    bool stopped_ = false;
    runtime::Workers senders_;
};

}  // namespace plus7::central::outbox
