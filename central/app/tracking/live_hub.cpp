#include "central/app/tracking/live_hub.hpp"

namespace plus7::central::app::tracking {

LiveDevice& LiveHub::entry(const core::DeviceId& device) {
    const auto found = devices_.find(device);
    if (found != devices_.end()) return found->second;
    return devices_.emplace(device, LiveDevice{device, {}, {}, false, {}, {}, {}, 0}).first->second;
}

void LiveHub::touch(LiveDevice& device) {
    order_.erase(device.revision);
    device.revision = ++revision_;
    order_.emplace(device.revision, device.device);
}

void LiveHub::tell(LiveNews news) {
    if (news.device) news.courier = entry(*news.device).courier;
    news.revision = ++revision_;
    news_.push_back(std::move(news));
    if (news_.size() <= kept_news) return;
    forgotten_ = news_.front().revision;
    news_.pop_front();
}

bool LiveHub::moved(const core::DeviceId& device, const LivePosition& position) {
    const std::lock_guard guard(lock_);
    auto& one = entry(device);
    if (!one.shift_since) return false;
    if (one.break_since && position.fix > *one.break_since) return false;
    if (one.position && one.position->fix >= position.fix) return false;
    one.position = position;
    touch(one);
    return true;
}

void LiveHub::connected(const core::DeviceId& device, bool online) {
    const std::lock_guard guard(lock_);
    auto& one = entry(device);
    if (one.online == online && one.revision != 0) return;
    one.online = online;
    touch(one);
}

void LiveHub::battery(const core::DeviceId& device, int percent) {
    const std::lock_guard guard(lock_);
    auto& one = entry(device);
    if (one.battery_percent == percent) return;
    one.battery_percent = percent;
    touch(one);
}

void LiveHub::shift(const core::DeviceId& device, std::optional<core::TimeUs> since,
                    std::optional<core::TimeUs> break_since) {
    const std::lock_guard guard(lock_);
    auto& one = entry(device);
    if (!since) break_since.reset();
    if (one.shift_since == since && one.break_since == break_since) return;
    one.shift_since = since;
    one.break_since = break_since;
    if (!since) one.position.reset();
    touch(one);
}

void LiveHub::carried_by(const core::DeviceId& device, std::optional<std::string> courier) {
    const std::lock_guard guard(lock_);
    auto& one = entry(device);
    if (one.courier == courier) return;
    one.courier = std::move(courier);
    touch(one);
}

void LiveHub::act(const core::DeviceId& device, const core::EventId& event) {
    const std::lock_guard guard(lock_);
    tell({LiveNews::Kind::act, device, {}, event, {}, {}, 0});
}

void LiveHub::filled(const core::DeviceId& device, core::TimeMs from, core::TimeMs to) {
    const std::lock_guard guard(lock_);
    tell({LiveNews::Kind::filled, device, {}, {}, from, to, 0});
}

void LiveHub::chat(const std::string& courier) {
    const std::lock_guard guard(lock_);
    tell({LiveNews::Kind::chat, {}, courier, {}, {}, {}, 0});
}

std::optional<LiveDevice> LiveHub::find(const core::DeviceId& device) const {
    const std::lock_guard guard(lock_);
    const auto found = devices_.find(device);
    if (found == devices_.end()) return std::nullopt;
    return found->second;
}

std::vector<LiveDevice> LiveHub::all() const {
    const std::lock_guard guard(lock_);
    std::vector<LiveDevice> result;
    for (const auto& [id, device] : devices_) result.push_back(device);
    return result;
}

std::uint64_t LiveHub::revision() const {
    const std::lock_guard guard(lock_);
    return revision_;
}

std::vector<LiveDevice> LiveHub::changed_since(std::uint64_t revision) const {
    const std::lock_guard guard(lock_);
    std::vector<LiveDevice> result;
    for (auto it = order_.upper_bound(revision); it != order_.end(); ++it) result.push_back(devices_.at(it->second));
    return result;
}

std::optional<std::vector<LiveNews>> LiveHub::news_since(std::uint64_t revision) const {
    const std::lock_guard guard(lock_);
    if (revision < forgotten_) return std::nullopt;
    std::vector<LiveNews> result;
    for (const auto& news : news_)
        if (news.revision > revision) result.push_back(news);
    return result;
}

}  // namespace plus7::central::app::tracking
