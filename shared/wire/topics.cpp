#include "shared/wire/topics.hpp"

namespace plus7::wire {
namespace {

constexpr std::string_view prefix = "p7/1/";

constexpr std::array<TopicRow, 10> table{{
    {TopicKind::hello, "up/hello", Direction::up, 1, false, 300},
    {TopicKind::fact, "up/fact", Direction::up, 1, false, 300},
    {TopicKind::track, "up/track", Direction::up, 1, false, 300},
    {TopicKind::blob, "up/blob", Direction::up, 1, false, 300},
    {TopicKind::up_view, "up/view", Direction::up, 1, false, 300},
    {TopicKind::live, "up/live", Direction::up, 0, false, 30},
    {TopicKind::state, "state", Direction::up, 1, true, 0},
    {TopicKind::welcome, "down/welcome", Direction::down, 1, false, 300},
    {TopicKind::ack, "down/ack", Direction::down, 1, false, 300},
    {TopicKind::view, "down/view", Direction::down, 1, false, 300},
}};

}  // namespace

const std::array<TopicRow, 10>& topic_table() { return table; }

const TopicRow& row_of(TopicKind kind) { return table.at(static_cast<std::size_t>(kind)); }

std::string topic_name(const core::DeviceId& device, TopicKind kind) {
    std::string name{prefix};
    name.append(device.text()).append("/").append(row_of(kind).suffix);
    return name;
}

std::optional<Topic> parse_topic(std::string_view name) {
    if (!name.starts_with(prefix)) return std::nullopt;
    name.remove_prefix(prefix.size());
    const auto slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto device = core::DeviceId::parse(name.substr(0, slash));
    if (!device) return std::nullopt;
    const auto suffix = name.substr(slash + 1);
    for (const auto& row : table) {
        if (row.suffix == suffix) return Topic{std::move(*device), row.kind};
    }
    return std::nullopt;
}

std::string central_topic(std::string_view what) { return std::string{prefix}.append("_central/").append(what); }

std::array<std::string_view, 5> shared_filters() {
    return {"$share/central/p7/1/+/up/hello", "$share/central/p7/1/+/up/fact", "$share/central/p7/1/+/up/track",
            "$share/central/p7/1/+/up/blob", "$share/central/p7/1/+/up/view"};
}

std::array<std::string_view, 3> plain_filters() { return {"p7/1/+/up/live", "p7/1/+/state", "p7/1/_central/#"}; }

std::array<std::string, 3> device_filters(const core::DeviceId& device) {
    return {topic_name(device, TopicKind::welcome), topic_name(device, TopicKind::ack),
            topic_name(device, TopicKind::view)};
}

}  // namespace plus7::wire
