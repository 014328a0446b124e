#include "shared/core/uuid.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>

#include "shared/core/random.hpp"

namespace plus7::core {

EventId uuid_v7(TimeMs at) {
    auto id = random_id<EventId>();
    const auto ms = static_cast<std::uint64_t>(count(at));
    for (unsigned i = 0; i < 6; ++i) id.value[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id.value[6] = static_cast<std::uint8_t>((id.value[6] & 0x0fU) | 0x70U);
    id.value[8] = static_cast<std::uint8_t>((id.value[8] & 0x3fU) | 0x80U);
    return id;
}

EventId uuid_v5(const EventId& name_space, std::string_view name) {
    boost::uuids::uuid space{};
    std::copy(name_space.value.begin(), name_space.value.end(), space.begin());
    const auto made = boost::uuids::name_generator_sha1{space}(name.data(), name.size());
    EventId id;
    std::copy(made.begin(), made.end(), id.value.begin());
    return id;
}

std::string to_uuid_text(const EventId& id) {
    std::string text = id.hex();
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return text;
}

std::string new_uuid_text(TimeUs now) {
    return to_uuid_text(uuid_v7(std::chrono::floor<std::chrono::milliseconds>(now)));
}

std::optional<EventId> from_uuid_text(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-')) return std::nullopt;
        if (!dash) hex.push_back(text[i]);
    }
    const auto bytes = from_hex(hex);
    if (!bytes) return std::nullopt;
    return EventId::from(*bytes);
}

}  // namespace plus7::core
