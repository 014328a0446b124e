#include "shared/wire/cbor_value.hpp"

namespace plus7::wire {
namespace {

std::string range_text(std::int64_t least, std::int64_t most) {
    return std::to_string(least) + " … " + std::to_string(most);
}

}  // namespace

void Faults::add(std::string_view name, std::string_view problem) {
    if (!first_) first_ = core::invalid(std::string{name}.append(" ").append(problem));
}

bool Value::is(Node::Kind kind, std::string_view wanted) const {
    if (node_ == nullptr) return false;
    if (node_->kind == kind) return true;
    fault(std::string{"is not "}.append(wanted));
    return false;
}

Value Value::get(std::string_view key) const {
    const Value found = maybe(key);
    if (!found && node_ != nullptr) faults_->add(key, "is missing");
    return found;
}

Value Value::maybe(std::string_view key) const {
    return {*faults_, is(Node::Kind::map, "a map") ? node_->find(key) : nullptr, key};
}

std::vector<Value> Value::items(std::size_t least, std::size_t most) const {
    std::vector<Value> all;
    if (!is(Node::Kind::array, "a list")) return all;
    if (node_->items.size() < least || node_->items.size() > most) {
        fault("has " + std::to_string(node_->items.size()) + " items, not " + std::to_string(least) + " … " +
              std::to_string(most));
        return all;
    }
    all.reserve(node_->items.size());
    for (const auto& item : node_->items) all.emplace_back(*faults_, &item, name_);
    return all;
}

std::int64_t Value::integer(std::int64_t least, std::int64_t most) const {
    if (!is(Node::Kind::integer, "an integer")) return least > 0 ? least : 0;
    if (node_->integer >= least && node_->integer <= most) return node_->integer;
    fault("is not in " + range_text(least, most));
    return least;
}

std::uint64_t Value::uint(std::uint64_t least, std::uint64_t most) const {
    return static_cast<std::uint64_t>(integer(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
}

std::uint32_t Value::uint32(std::uint32_t least, std::uint32_t most) const {
    return static_cast<std::uint32_t>(integer(least, most));
}

bool Value::boolean() const { return is(Node::Kind::boolean, "true or false") && node_->boolean; }

core::ByteView Value::bytes(std::size_t least, std::size_t most) const {
    if (!is(Node::Kind::bytes, "a byte string")) return {};
    const auto size = node_->content.size();
    if (size >= least && size <= most) return node_->content;
    fault("has " + std::to_string(size) + " bytes, not " + std::to_string(least) + " … " + std::to_string(most));
    return {};
}

std::string Value::text(std::size_t least, std::size_t most) const {
    if (!is(Node::Kind::text, "a text")) return {};
    const auto size = node_->content.size();
    if (size >= least && size <= most) return std::string{core::text_of(node_->content)};
    fault("has " + std::to_string(size) + " bytes, not " + std::to_string(least) + " … " + std::to_string(most));
    return {};
}

core::TimeMs Value::time() const {
    if (node_ == nullptr) return {};
    return core::time_ms(integer(min_time_ms, max_time_ms));
}

std::chrono::milliseconds Value::duration() const { return std::chrono::milliseconds{integer(0, max_time_ms)}; }

std::optional<core::DeviceId> Value::device() const {
    auto found = core::DeviceId::parse(text(0, max_fact_body_bytes));
    if (!found) fault("is no device id");
    return found;
}

core::ByteView Value::encoded_map() const { return is(Node::Kind::map, "a map") ? node_->encoded : core::ByteView{}; }

}  // namespace plus7::wire
