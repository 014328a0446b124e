#include "central/outbox/relay.hpp"

#include <set>

#include "central/outbox/schedule.hpp"
#include "shared/core/random.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::outbox {
namespace {

constexpr int candidates = 64;  // looked at for each turn; some may be of targets that are busy

double random_fraction() { return static_cast<double>(core::random_below(1'000'000)) / 1e6; }

std::string_view word_of(Sent::How how) {
    switch (how) {
        case Sent::How::done:
            return "done";
        case Sent::How::later:
            return "failed";
        case Sent::How::refused:
            break;
    }
    return "refused";
}

}  // namespace

Relay::Relay(sql::Database& db, core::Clock& clock, runtime::Metrics& metrics, std::map<std::string, Send> destinations,
             RelayOptions options)
    : db_(db),
      clock_(clock),
      metrics_(metrics),
      destinations_(std::move(destinations)),
      options_(options),
      senders_({options.threads, options.threads * 2}) {}

Relay::~Relay() { stop(); }

void Relay::stop() {
    {
        const std::lock_guard guard(lock_);
        stopped_ = true;
    }
    senders_.stop();
}

bool Relay::is_idle() const {
    const std::lock_guard guard(lock_);
    return busy_.empty() && looking_ == 0;
}

std::size_t Relay::in_flight() const {
    const std::lock_guard guard(lock_);
    std::size_t sum = 0;
    for (const auto& [target, count] : busy_) sum += count;
    return sum;
}

core::Status Relay::turn() {
    {
        const std::lock_guard guard(lock_);
        ++looking_;
    }
    return look();
}

// Counted as looking already.
core::Status Relay::look() {
    const std::shared_ptr<void> done(nullptr, [this](void*) {
        const std::lock_guard guard(lock_);
        --looking_;
    });
    wanted_ = true;
    while (wanted_) {
        const std::unique_lock turning(turning_, std::try_to_lock);
        if (!turning) return {};  // who looks now looks once more before he leaves
        while (wanted_.exchange(false))
            if (const auto begun = begin_due(); !begun) return begun;
    }
    return {};
}

core::Status Relay::begin_due() {
    {
        const std::lock_guard guard(lock_);
        if (stopped_) return {};  // what would be leased now would wait for the lease's end
    }
    const auto flying = in_flight();
    if (flying >= options_.threads) return {};
    auto taken = take(options_.threads - flying);
    if (!taken) return taken.error();
    for (const auto& one : *taken) {
        const auto& target = one.effect.target;
        {
            const std::lock_guard guard(lock_);
            if (stopped_) return {};  // its lease ends by itself
            ++busy_[target];
        }
        const auto begun = senders_.submit([this, one] { deliver(one); });
        if (!begun) leave(target);
    }
    return {};
}

core::Result<std::vector<Relay::Taken>> Relay::take(std::size_t room) {
    const auto now = clock_.now();
    const auto any = db_.read([&](sql::Tx& tx) { return store::has_due_effects(tx, now); });
    if (!any) return any.error();
    if (!*any) return std::vector<Taken>{};
    return db_.write([&](sql::Tx& tx) { return pick(tx, room, now); });
}

std::vector<Relay::Taken> Relay::pick(sql::Tx& tx, std::size_t room, core::TimeUs now) const {
    std::map<std::string, std::size_t> busy;
    {
        const std::lock_guard guard(lock_);
        busy = busy_;
    }
    std::vector<Taken> picked;
    std::set<std::string> probed;
    for (auto& effect : store::due_effects(tx, now, candidates)) {
        if (picked.size() >= room) break;
        if (busy[effect.target] >= options_.most_per_target || probed.contains(effect.target)) continue;
        auto target = store::lock_target(tx, effect.target);
        if (target.open_until > now) continue;  // since the look at it
        if (target.failures >= failures_that_open) {
            target.open_until = now + options_.lease;  // this one finds out; nobody else before it has ended
            store::put_target(tx, target);
            probed.insert(effect.target);
        }
        ++busy[effect.target];
        const auto lease = core::random_id<core::Nonce>();
        store::lease_effect(tx, effect.id, lease, now, now + options_.lease);
        ++effect.attempts;
        picked.push_back({std::move(effect), lease});
    }
    return picked;
}

void Relay::deliver(const Taken& taken) {
    const auto sent = send(taken.effect);
    write_down(taken, sent);
    metrics_
        .counter("plus7_outbox_attempts_total", "Tries to send an effect",
                 {{"destination", taken.effect.destination}, {"result", std::string(word_of(sent.how))}})
        .add();
    {
        const std::lock_guard guard(lock_);
        ++looking_;  // before it leaves, so that nobody takes the relay for idle in between
    }
    leave(taken.effect.target);
    if (const auto next = look(); !next)
        runtime::log_error("the outbox could not be read", {{"reason", next.error().message}});
}

// What cannot be written down now is sent again when its lease ends.
void Relay::write_down(const Taken& taken, const Sent& sent) const {
    core::Status written;
    try {
        written = db_.write([&](sql::Tx& tx) { settle(tx, taken, sent, clock_.now()); });
    } catch (const std::exception& broken) {
        written = core::internal(broken.what());
    }
    if (!written) runtime::log_error("an effect's end could not be written", {{"reason", written.error().message}});
}

Sent Relay::send(const store::EffectRow& effect) const {
    const auto destination = destinations_.find(effect.destination);
    if (destination == destinations_.end())
        return {Sent::How::refused, "nobody here can send to '" + effect.destination + "'"};
    try {
        return destination->second(effect);
    } catch (const std::exception& broken) {
        runtime::log_error("sending an effect broke", {{"reason", std::string(broken.what())}});
        return {Sent::How::later, "an error of central itself; see its log"};
    }
}

void Relay::settle(sql::Tx& tx, const Taken& taken, const Sent& sent, core::TimeUs now) const {
    const auto& effect = taken.effect;
    if (sent.how == Sent::How::done) {
        if (!store::remove_effect(tx, effect.id)) return;  // whoever holds the lease now: it has arrived
        auto target = store::lock_target(tx, effect.target);
        target.failures = 0;
        target.open_until = {};
        target.ok = now;
        return store::put_target(tx, target);
    }
    const bool is_last = sent.how == Sent::How::refused || now >= effect.give_up;
    const bool is_ours =
        is_last ? store::bury_effect(tx, effect.id, taken.lease, sent.reason)
                : store::postpone_effect(tx, effect.id, taken.lease,
                                         now + delay_after(effect.attempts, random_fraction()), sent.reason);
    if (!is_ours) return;
    auto target = store::lock_target(tx, effect.target);
    ++target.failures;
    target.open_until = now + pause_after(target.failures);
    target.failed = now;
    target.problem = sent.reason;
    store::put_target(tx, target);
}

void Relay::leave(const std::string& target) {
    const std::lock_guard guard(lock_);
    const auto busy = busy_.find(target);
    if (busy != busy_.end() && --busy->second == 0) busy_.erase(busy);
}

}  // namespace plus7::central::outbox
