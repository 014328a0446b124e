// The talk as central tells it: rows of kind `chat` of the view. Read anew each time; storage thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/store/view_store.hpp"
#include "shared/core/ids.hpp"
#include "shared/model/ids.hpp"

namespace plus7::agent::store {

struct ToldMessage {
    core::EventId id;
    std::uint64_t number = 0;  // central's
    bool is_own = false;       // else of a dispatcher
    std::string name;          // his
    std::optional<std::string> text;
    core::TimeMs at{};
    std::optional<model::OrderId> order;
    bool is_read = false;  // by the other side
};

std::vector<ToldMessage> told_messages(const ViewStore& view);

// What a message may be: 1 – 2000 characters of UTF-8, not only blanks.
bool is_message(std::string_view text);

}  // namespace plus7::agent::store
