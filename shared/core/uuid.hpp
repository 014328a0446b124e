// RFC 9562 UUIDs as EventId: version 7 (time-ordered, random), version 5 (named), and their text form. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"

namespace plus7::core {

EventId uuid_v7(TimeMs at);
// SHA-1 of name space and name: the same two always give the same id (idempotency keys of effects).
EventId uuid_v5(const EventId& name_space, std::string_view name);

std::string to_uuid_text(const EventId& id);  // 8-4-4-4-12, lower case
template <typename Tag>
std::string to_uuid_text(const Fixed<16, Tag>& id) {
    return to_uuid_text(EventId{id.value});
}
std::string new_uuid_text(TimeUs now);  // of a version 7: the key of a row made now
std::optional<EventId> from_uuid_text(std::string_view text);

}  // namespace plus7::core
