// What outside systems are told of an order, as the bytes that lie in the outbox (docs/api.md). Pure functions.
#pragma once
#include <optional>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::store {

struct OrderNews {
    core::EventId event;  // the same in every try: by it a receiver knows what it has had
    std::string order, number;
    std::optional<std::string> outer_ref;
    std::string sender, status;
    core::TimeUs at{};
};

std::string to_json(const OrderNews& news);  // {"type": "order.status", …}
std::string test_news_json(const core::EventId& event, const std::string& sender, core::TimeUs at);

}  // namespace plus7::central::store
