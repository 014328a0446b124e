#include "central/ingest/ack_box.hpp"

#include <algorithm>

#include "shared/wire/limits.hpp"

namespace plus7::central::ingest {
namespace {

constexpr std::uint64_t full_credit = 256 * 1024;  // four batches of the largest size
constexpr std::chrono::milliseconds busy_wait = std::chrono::seconds{5};

wire::Ack ack_of(wire::Lane lane, const core::Epoch& epoch, const Taken& taken) {
    wire::Ack ack;
    ack.epoch = epoch;
    ack.epoch_state = taken.state;
    ack.lane = lane;
    ack.upto = taken.upto;
    if (lane == wire::Lane::fact) ack.hash = taken.hash;
    ack.got = taken.got;
    ack.blobs_ok = taken.blobs_ok;
    ack.blobs_bad = taken.blobs_bad;
    ack.refused = taken.refused;
    return ack;
}

// Ascending and apart, above `upto`.
std::vector<wire::SeqRange> united(std::vector<wire::SeqRange> ranges, std::uint64_t upto) {
    std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<wire::SeqRange> result;
    for (auto range : ranges) {
        if (range.last <= upto) continue;
        range.first = std::max(range.first, upto + 1);
        if (!result.empty() && range.first <= result.back().last + 1) {
            result.back().last = std::max(result.back().last, range.last);
        } else {
            result.push_back(range);
        }
    }
    return result;
}

void add_new(std::vector<core::Hash>& all, const std::vector<core::Hash>& more) {
    for (const auto& hash : more)
        if (std::find(all.begin(), all.end(), hash) == all.end()) all.push_back(hash);
}

}  // namespace

std::uint64_t AckBox::credit_at(double load) {
    constexpr double ease = 0.25, stop = 0.9;
    if (load >= stop) return 0;
    if (load <= ease) return full_credit;
    return static_cast<std::uint64_t>(static_cast<double>(full_credit) * (stop - load) / (stop - ease));
}

bool AckBox::joins(const wire::Ack& into, const wire::Ack& ack) {
    return into.epoch == ack.epoch && into.epoch_state == ack.epoch_state && !(into.refused && ack.refused) &&
           into.got.size() + ack.got.size() <= wire::max_ranges &&
           into.blobs_ok.size() + ack.blobs_ok.size() <= wire::max_blobs_named &&
           into.blobs_bad.size() + ack.blobs_bad.size() <= wire::max_blobs_named;
}

void AckBox::join(wire::Ack& into, const wire::Ack& ack) {
    if (ack.upto >= into.upto) {
        into.upto = ack.upto;
        into.hash = ack.hash;
    }
    into.got.insert(into.got.end(), ack.got.begin(), ack.got.end());
    into.got = united(std::move(into.got), into.upto);
    add_new(into.blobs_ok, ack.blobs_ok);
    // What came together after all is asked for no more; what broke after it was confirmed cannot be.
    add_new(into.blobs_bad, ack.blobs_bad);
    std::erase_if(into.blobs_bad, [&](const core::Hash& sha) {
        return std::find(into.blobs_ok.begin(), into.blobs_ok.end(), sha) != into.blobs_ok.end();
    });
    if (ack.refused) into.refused = ack.refused;
}

void AckBox::note(const core::DeviceId& device, wire::Lane lane, const core::Epoch& epoch, const Taken& taken) {
    auto ack = ack_of(lane, epoch, taken);
    std::optional<wire::Ack> due;
    {
        const std::lock_guard guard(lock_);
        const auto [place, is_first] = waiting_.try_emplace({device, lane}, ack);
        if (!is_first && joins(place->second, ack)) {
            join(place->second, ack);
        } else if (!is_first) {
            due = std::exchange(place->second, std::move(ack));
        }
    }
    if (due) send(device, std::move(*due));
}

void AckBox::flush(const core::DeviceId& device) {
    std::vector<wire::Ack> due;
    {
        const std::lock_guard guard(lock_);
        for (const auto lane : {wire::Lane::fact, wire::Lane::track, wire::Lane::blob}) {
            const auto place = waiting_.find({device, lane});
            if (place == waiting_.end()) continue;
            due.push_back(std::move(place->second));
            waiting_.erase(place);
        }
    }
    for (auto& ack : due) send(device, std::move(ack));
}

void AckBox::send(const core::DeviceId& device, wire::Ack ack) {
    ack.credit = credit_at(load_());
    if (ack.credit == 0) ack.retry_after = busy_wait;
    ack.time = clock_.now();
    down_.send(device, wire::DownType::ack, wire::encode(ack));
    counts_.acks.add();
}

}  // namespace plus7::central::ingest
