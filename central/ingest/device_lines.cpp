#include "central/ingest/device_lines.hpp"

#include <algorithm>

#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {
namespace {

constexpr std::size_t most_together = 32;

}  // namespace

bool DeviceLines::push(Item item) {
    const auto device = item.topic.device;
    const auto size = item.frame.payload.size();
    {
        const std::lock_guard guard(lock_);
        if (closed_ || frames_ >= limits_.frames || bytes_ + size > limits_.bytes) return false;
        const auto [place, is_new] = lines_.try_emplace(device);
        if (place->second.waiting.size() >= limits_.frames_per_device) return false;
        place->second.waiting.push_back(std::move(item));
        ++frames_;
        bytes_ += size;
        if (!is_new) return true;
    }
    start(device);
    return true;
}

double DeviceLines::load() const {
    const std::lock_guard guard(lock_);
    const auto part = [](std::size_t used, std::size_t all) {
        return static_cast<double>(used) / static_cast<double>(all);
    };
    return std::max(part(frames_, limits_.frames), part(bytes_, limits_.bytes));
}

void DeviceLines::start(const core::DeviceId& device) {
    const auto job = [this, device] { run(device); };
    if (workers_.submit(job)) return;
    const std::lock_guard guard(lock_);  // the workers have ended: so has this line
    drop_waiting(lines_.at(device));
    lines_.erase(device);
    emptied_.notify_all();
}

std::vector<DeviceLines::Item> DeviceLines::take_run(Line& line) {
    std::vector<Item> items;
    const auto joins = [&](const Item& item) {
        if (items.empty()) return true;
        const bool tracks = items.front().topic.kind == wire::TopicKind::track && item.topic == items.front().topic;
        return tracks && items.size() < most_together;
    };
    while (!line.waiting.empty() && joins(line.waiting.front())) {
        items.push_back(std::move(line.waiting.front()));
        line.waiting.pop_front();
        --frames_;
        bytes_ -= items.back().frame.payload.size();
    }
    return items;
}

void DeviceLines::run(const core::DeviceId& device) {
    std::vector<Item> items;
    {
        const std::lock_guard guard(lock_);
        items = take_run(lines_.at(device));
    }
    const auto count = items.size();
    if (count == 0) {
        next(device, 0);
        return;
    }
    handle_(std::move(items), [this, device, count] { next(device, count); });
}

void DeviceLines::next(const core::DeviceId& device, std::size_t handled) {
    constexpr std::size_t many = 16;
    bool settled = false, more = true;
    {
        const std::lock_guard guard(lock_);
        auto& line = lines_.at(device);
        line.handled += handled;
        settled = line.waiting.empty() || line.handled >= many;
        if (settled) line.handled = 0;
    }
    if (settled) settled_(device);
    {
        const std::lock_guard guard(lock_);
        const auto place = lines_.find(device);
        if (place->second.waiting.empty()) {
            lines_.erase(place);
            more = false;
            if (lines_.empty()) emptied_.notify_all();
        }
    }
    if (more) start(device);
}

void DeviceLines::drop_waiting(Line& line) {
    for (const auto& item : line.waiting) {
        --frames_;
        bytes_ -= item.frame.payload.size();
        dropped_(item.topic);
    }
    line.waiting.clear();
}

void DeviceLines::close(std::chrono::milliseconds limit) {
    std::unique_lock guard(lock_);
    closed_ = true;
    const auto empty = [this] { return lines_.empty(); };
    if (emptied_.wait_for(guard, limit, empty)) return;
    runtime::log_warning("ingest stops with frames that wait; they come again", {{"frames", frames_}});
    for (auto& [device, line] : lines_) drop_waiting(line);
    emptied_.wait(guard, empty);
}

}  // namespace plus7::central::ingest
