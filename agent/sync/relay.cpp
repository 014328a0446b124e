#include "agent/sync/relay.hpp"

#include <algorithm>

#include "shared/runtime/log.hpp"
#include "shared/wire/batch_builder.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::agent::sync {
namespace {

constexpr std::size_t max_singles = 64;  // refused ranges kept per lane; more than that goes as batches again

bool overlap(wire::SeqRange a, wire::SeqRange b) { return a.first <= b.last && b.first <= a.last; }

bool is_bulk(wire::Lane lane) { return lane != wire::Lane::fact; }

bool is_acked(const wire::Ack& ack, wire::SeqRange seqs) {
    if (seqs.last <= ack.upto) return true;
    for (const auto& range : ack.got) {
        if (range.first <= std::max(seqs.first, ack.upto + 1) && seqs.last <= range.last) return true;
    }
    return false;
}

}  // namespace

Relay::Relay(store::Stores& stores, Uplink& uplink, core::Clock& clock, const Timings& timings, Random random)
    : stores_(stores), uplink_(uplink), clock_(clock), timings_(timings), random_(std::move(random)) {}

void Relay::open() {
    open_ = true;
    giving_up_ = false;
    flights_.clear();
    not_before_ = {};
    tries_ = {};
    credit_.reset();
    quiet_at_.reset();
}

void Relay::close() {
    open_ = false;
    flights_.clear();
}

void Relay::pump() {
    if (!open_ || is_quiet()) return;
    expire();
    pump_facts();
    pump_bulk();
    const bool all_may_go = clock_.mono() >= not_before_[static_cast<std::size_t>(wire::Lane::fact)] && bulk_may_go() &&
                            allowed() == Allowed::all;
    if (flights_.empty() && all_may_go) quiet_at_ = stores_.changes();
}

// Nothing was there to be sent when all might have gone, and nothing has been written since.
bool Relay::is_quiet() const { return flights_.empty() && quiet_at_ == stores_.changes(); }

void Relay::pump_facts() {
    const auto now = clock_.mono();
    if (!in_flight(wire::Lane::fact).empty() || now < not_before_[static_cast<std::size_t>(wire::Lane::fact)]) return;
    auto facts = stores_.outbox().pending(speed_.batch_goal(timings_.batch_time), wire::max_batch_records);
    if (facts.records.empty()) return;
    facts.records.resize(count_limit(wire::Lane::fact, {facts.first_seq, facts.first_seq + facts.records.size() - 1}));
    hand_over(wire::Lane::fact, facts.first_seq, std::move(facts.records));
}

void Relay::pump_bulk() {
    while (bulk_may_go()) {
        const auto first = last_bulk_ == wire::Lane::track ? wire::Lane::blob : wire::Lane::track;
        const auto second = last_bulk_;
        if (!send_bulk(first) && !send_bulk(second)) return;
    }
}

bool Relay::bulk_may_go() const {
    const auto now = clock_.mono();
    std::size_t unacked = 0;
    for (const auto& [id, flight] : flights_) {
        if (!is_bulk(flight.lane)) continue;
        if (!flight.puback) return false;
        ++unacked;
    }
    if (unacked >= timings_.bulk_unacked || now < not_before_[static_cast<std::size_t>(wire::Lane::track)])
        return false;
    return bulk_room() > 0 && allowed() != Allowed::nothing;
}

std::uint64_t Relay::budget_left() const {
    const auto sent = bytes_today();
    return sent < day_bytes_ ? day_bytes_ - sent : 0;
}

Relay::Allowed Relay::allowed() const {
    if (day_bytes_ == 0) return Allowed::all;
    const auto left = budget_left();
    if (left == 0) return Allowed::nothing;
    return left > day_bytes_ / 4 ? Allowed::all : Allowed::newest;
}

store::LaneRun Relay::next_run(wire::Lane lane, std::size_t goal) const {
    if (allowed() == Allowed::all) {
        const auto exclude = in_flight(lane);
        if (day_bytes_ > 0)  // a batch ends with what history may take, or by one record beyond
            goal = static_cast<std::size_t>(std::min<std::uint64_t>(goal, budget_left() - day_bytes_ / 4));
        return lane == wire::Lane::track ? stores_.track().next_run(exclude, goal, wire::max_batch_records)
                                         : stores_.blobs().next_run(exclude, goal, wire::max_batch_records);
    }
    if (lane != wire::Lane::track) return {};
    auto newest = stores_.track().next_run({}, goal, 1);
    const bool is_newest = !newest.records.empty() && newest.first_seq == stores_.track().extent().max;
    if (!is_newest || !in_flight(wire::Lane::track).empty()) return {};
    return newest;
}

std::size_t Relay::bulk_room() const {
    if (!credit_) return wire::max_batch_bytes;
    std::size_t unacked = 0;
    for (const auto& [id, flight] : flights_) unacked += is_bulk(flight.lane) ? flight.bytes : 0;
    const bool stale = clock_.mono() - credit_at_ >= timings_.credit_limit;
    if (*credit_ == 0) return stale && unacked == 0 ? 1 : 0;
    // With nothing under way one batch goes, however small the credit: a record larger than it would wait for ever.
    if (unacked == 0) return static_cast<std::size_t>(std::min<std::uint64_t>(*credit_, wire::max_batch_bytes));
    return *credit_ > unacked ? static_cast<std::size_t>(*credit_ - unacked) : 0;
}

bool Relay::send_bulk(wire::Lane lane) {
    const auto room = bulk_room();
    const auto goal = std::min(speed_.batch_goal(timings_.batch_time), room);
    auto run = next_run(lane, goal);
    if (run.records.empty()) return false;
    const bool nothing_unacked =
        std::none_of(flights_.begin(), flights_.end(), [](const auto& entry) { return is_bulk(entry.second.lane); });
    if (!nothing_unacked && run.records.size() == 1 && run.records.front().size() > room) return false;
    run.records.resize(count_limit(lane, {run.first_seq, run.last_seq()}));
    last_bulk_ = lane;
    const auto last = run.last_seq();
    const auto noted = lane == wire::Lane::track ? stores_.track().hand_over(last) : stores_.blobs().hand_over(last);
    // On a full disk sending must go on, or no ack would ever free any of it.
    if (!noted) runtime::log_warning("hand-over not noted", {{"error", noted.error().message}});
    hand_over(lane, run.first_seq, std::move(run.records));
    return true;
}

// How many records of this run may share a batch: one, when its first record was refused in a batch before; else what
// comes before the first such record.
std::size_t Relay::count_limit(wire::Lane lane, wire::SeqRange seqs) const {
    std::uint64_t end = seqs.last + 1;
    for (const auto& refused : singles_[static_cast<std::size_t>(lane)]) {
        if (!overlap(refused, seqs)) continue;
        if (refused.first <= seqs.first) return 1;
        end = std::min(end, refused.first);
    }
    return static_cast<std::size_t>(end - seqs.first);
}

void Relay::hand_over(wire::Lane lane, std::uint64_t first_seq, std::vector<core::Bytes> records) {
    wire::BatchBuilder builder(lane, stores_.outbox().epoch(), first_seq, wire::max_batch_bytes);
    for (auto& record : records) {
        if (builder.add(std::move(record)) != wire::BatchBuilder::Added::yes) break;
    }
    if (builder.empty()) throw std::logic_error("a record that no batch can carry");
    Flight flight;
    flight.lane = lane;
    flight.seqs = {first_seq, builder.next_seq() - 1};
    auto message = builder.finish();
    flight.bytes = message.size();
    flight.handed = clock_.mono();
    if (is_bulk(lane)) {
        ++counters_.bulk_batches;
        // The budget is a wish, not a promise: a count that cannot be saved stops nothing.
        if (const auto saved = stores_.outbox().count_bytes(today(), flight.bytes); !saved) {
            runtime::log_warning("traffic not counted", {{"error", saved.error().message}});
        }
    } else {
        ++counters_.fact_batches;
    }
    const auto id = next_id_++;
    flights_.emplace(id, flight);
    uplink_.publish(wire::topic_of(lane), std::move(message),
                    [this, id](const mqtt::PublishResult& result) { puback(id, result); });
}

void Relay::puback(std::uint64_t id, const mqtt::PublishResult& result) {
    const auto found = flights_.find(id);
    if (found == flights_.end()) return;
    auto& flight = found->second;
    const auto now = clock_.mono();
    const bool crowded = result.reason_code == mqtt::reason::no_matching_subscribers ||
                         result.reason_code == mqtt::reason::quota_exceeded;
    if (!result.ok || crowded) {
        const auto lane = flight.lane;
        flights_.erase(found);
        slow_down(lane);
        if (crowded) ++counters_.slow_downs;
        return;
    }
    slow_downs_ = 0;
    speed_.measured(flight.bytes, now - flight.handed);
    flight.puback = now;
    flight.resend_at = now + ack_time_.resend_after(timings_, tries(flight.lane), random_);
    pump();
}

void Relay::slow_down(wire::Lane lane) {
    const auto until = clock_.mono() + doubled(timings_.slow_down, timings_.resend_most, slow_downs_++, random_);
    if (lane == wire::Lane::fact) {
        not_before_[static_cast<std::size_t>(lane)] = until;
    } else {
        not_before_[static_cast<std::size_t>(wire::Lane::track)] = until;
    }
}

void Relay::expire() {
    const auto now = clock_.mono();
    for (auto it = flights_.begin(); it != flights_.end();) {
        const auto& flight = it->second;
        if (!flight.puback && now - flight.handed >= timings_.puback_limit && !giving_up_) {
            giving_up_ = true;
            ++counters_.silent_pubacks;
            uplink_.force_reconnect("no PUBACK");
        }
        if (flight.puback && now >= flight.resend_at) {
            ++tries(flight.lane);
            ++counters_.resent;
            it = flights_.erase(it);
        } else {
            ++it;
        }
    }
}

void Relay::acknowledged(const wire::Ack& ack) {
    const auto now = clock_.mono();
    credit_ = ack.credit;
    credit_at_ = now;
    if (ack.retry_after.count() > 0) not_before_[static_cast<std::size_t>(wire::Lane::track)] = now + ack.retry_after;
    for (auto it = flights_.begin(); it != flights_.end();) {
        const auto& flight = it->second;
        if (flight.lane != ack.lane || !is_acked(ack, flight.seqs)) {
            ++it;
            continue;
        }
        if (flight.puback && tries(ack.lane) == 0) ack_time_.measured(now - *flight.puback);
        tries(ack.lane) = 0;
        it = flights_.erase(it);
    }
    std::erase_if(singles(ack.lane), [&](const wire::SeqRange& range) { return is_acked(ack, range); });
    if (ack.refused) remember_refused(ack);
    pump();
}

void Relay::remember_refused(const wire::Ack& ack) {
    const auto& refused = *ack.refused;
    const auto most = wire::max_integer - refused.first_seq;
    const wire::SeqRange range{refused.first_seq, refused.first_seq + std::min(refused.count, most) - 1};
    ++counters_.refused;
    auto& list = singles(ack.lane);
    if (list.size() < max_singles) list.push_back(range);
    std::erase_if(flights_, [&](const auto& entry) {
        return entry.second.lane == ack.lane && overlap(entry.second.seqs, range);
    });
}

std::vector<wire::SeqRange> Relay::in_flight(wire::Lane lane) const {
    std::vector<wire::SeqRange> all;
    for (const auto& [id, flight] : flights_) {
        if (flight.lane == lane) all.push_back(flight.seqs);
    }
    return all;
}

std::chrono::sys_days Relay::today() const {
    return std::chrono::floor<std::chrono::days>(clock_.now() + central_offset_);
}

}  // namespace plus7::agent::sync
