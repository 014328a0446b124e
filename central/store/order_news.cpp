#include "central/store/order_news.hpp"

#include <nlohmann/json.hpp>

#include "shared/core/uuid.hpp"

namespace plus7::central::store {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t ms_of(core::TimeUs time) { return core::count(std::chrono::floor<std::chrono::milliseconds>(time)); }

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string to_json(const OrderNews& news) {
    Json order{{"id", news.order}, {"number", news.number}, {"outer_ref", nullptr}, {"sender", news.sender}};
    if (news.outer_ref) order["outer_ref"] = *news.outer_ref;
    order["status"] = news.status;
    return text_of({{"id", core::to_uuid_text(news.event)},
                    {"type", "order.status"},
                    {"at_ms", ms_of(news.at)},
                    {"order", std::move(order)}});
}

std::string test_news_json(const core::EventId& event, const std::string& sender, core::TimeUs at) {
    return text_of({{"id", core::to_uuid_text(event)}, {"type", "test"}, {"at_ms", ms_of(at)}, {"sender", sender}});
}

}  // namespace plus7::central::store
