#include "central/ingest/peers.hpp"

#include <algorithm>
#include <set>

#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/topics.hpp"

namespace plus7::central::ingest {
namespace {

runtime::Counter& counter(runtime::Metrics& metrics, const char* end) {
    return metrics.counter("plus7_peer_news_total", "News between central instances", {{"end", end}});
}

app::tracking::LivePosition shown(const wire::PeerPlace& place) {
    const auto& fix = place.fix;
    return {fix.place, fix.speed_mps, fix.course_deg, fix.accuracy_m, fix.time, place.received};
}

// Of several places of a device only the last is worth a message.
std::vector<wire::PeerNews> newest_of(std::deque<wire::PeerNews> waiting) {
    std::set<core::DeviceId> placed;
    std::vector<wire::PeerNews> kept;
    for (auto news = waiting.rbegin(); news != waiting.rend(); ++news) {
        const bool place = std::holds_alternative<wire::PeerPlace>(news->what);
        if (!place || placed.insert(news->device).second) kept.push_back(std::move(*news));
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

}  // namespace

Peers::Peers(Publish publish, app::tracking::LiveHub& hub, runtime::Metrics& metrics)
    : publish_(std::move(publish)),
      hub_(hub),
      self_(core::random_id<wire::InstanceId>()),
      told_(counter(metrics, "told")),
      dropped_(counter(metrics, "dropped")),
      taken_(counter(metrics, "taken")),
      own_(counter(metrics, "own")),
      skipped_(counter(metrics, "unknown_kind")),
      unreadable_(counter(metrics, "unreadable")) {}

void Peers::tell_now(wire::PeerNews news) {
    std::vector<wire::PeerNews> one;
    one.push_back(std::move(news));
    publish(std::move(one));
}

void Peers::say(wire::PeerNews news) {
    const std::lock_guard guard(lock_);
    if (waiting_.size() >= max_waiting) {
        waiting_.pop_front();
        dropped_.add();
    }
    waiting_.push_back(std::move(news));
}

void Peers::flush() {
    std::deque<wire::PeerNews> waiting;
    {
        const std::lock_guard guard(lock_);
        waiting.swap(waiting_);
    }
    const auto news = newest_of(std::move(waiting));
    for (std::size_t at = 0; at < news.size(); at += wire::max_peer_news) {
        const auto end = std::min(at + wire::max_peer_news, news.size());
        publish({news.begin() + static_cast<std::ptrdiff_t>(at), news.begin() + static_cast<std::ptrdiff_t>(end)});
    }
}

void Peers::publish(std::vector<wire::PeerNews> news) {
    told_.add(news.size());
    mqtt::Publication publication;
    publication.topic = wire::central_topic("news");
    publication.payload = wire::encode(wire::PeerMessage{self_, std::move(news)});
    publication.qos = mqtt::Qos::at_most_once;
    publish_(std::move(publication));
}

Peers::Changes Peers::take(core::ByteView payload) {
    Changes changes;
    const auto message = wire::decode_peer_message(payload);
    if (!message) {
        unreadable_.add();
        return changes;
    }
    if (message->from == self_) {
        own_.add();
        return changes;
    }
    skipped_.add(message->skipped);
    taken_.add(message->news.size());
    for (const auto& news : message->news) show(news, changes);
    return changes;
}

void Peers::show(const wire::PeerNews& news, Changes& changes) {
    const auto& device = news.device;
    if (const auto* place = std::get_if<wire::PeerPlace>(&news.what)) {
        hub_.moved(device, shown(*place));
    } else if (const auto* shift = std::get_if<wire::PeerShift>(&news.what)) {
        const auto in_us = [](const std::optional<core::TimeMs>& at) -> std::optional<core::TimeUs> { return at; };
        hub_.shift(device, in_us(shift->since), in_us(shift->rests_since));
    } else if (const auto* online = std::get_if<wire::PeerOnline>(&news.what)) {
        hub_.connected(device, online->online);
    } else if (const auto* battery = std::get_if<wire::PeerBattery>(&news.what)) {
        hub_.battery(device, battery->percent);
    } else if (const auto* act = std::get_if<wire::PeerAct>(&news.what)) {
        hub_.act(device, act->event);
    } else if (const auto* filled = std::get_if<wire::PeerFilled>(&news.what)) {
        hub_.filled(device, filled->from, filled->to);
    } else if (const auto* chat = std::get_if<wire::PeerChat>(&news.what)) {
        hub_.chat(core::to_uuid_text(chat->courier));
    } else if (std::holds_alternative<wire::PeerViewChanged>(news.what)) {
        changes.views.push_back(device);
    } else {
        changes.devices.push_back(device);
    }
}

}  // namespace plus7::central::ingest
