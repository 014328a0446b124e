#include "agent/store/own_money.hpp"

#include <algorithm>

#include "agent/store/note_list.hpp"

namespace plus7::agent::store {
namespace {

core::Bytes encode_one(const OwnMoney& taken) {
    wire::CborMap map;
    map.bytes("event", taken.event.bytes()).uint("minor", static_cast<std::uint64_t>(taken.minor));
    map.text("currency", taken.currency).uint("way", static_cast<std::uint64_t>(taken.way));
    map.time("at_ms", taken.at);
    if (taken.correction) map.bytes("correction", taken.correction->bytes());
    return map.encode();
}

OwnMoney read_one(const wire::Value& map) {
    OwnMoney taken;
    taken.event = map.get("event").fixed<core::EventId>();
    taken.minor = static_cast<std::int64_t>(map.get("minor").uint(1, INT64_MAX));
    taken.currency = map.get("currency").text(3, 3);
    taken.way = static_cast<model::MoneyWay>(map.get("way").uint(0, 3));
    taken.at = map.get("at_ms").time();
    taken.correction = map.maybe("correction").maybe_fixed<core::EventId>();
    return taken;
}

}  // namespace

std::string own_money_note(const model::OrderId& order) { return std::string(own_money_prefix) + order.hex(); }

std::optional<model::OrderId> order_of_note(std::string_view name) {
    return id_of_note<model::OrderId>(name, own_money_prefix);
}

const OwnMoney* newest_standing(const std::vector<OwnMoney>& money) {
    const auto found =
        std::find_if(money.rbegin(), money.rend(), [](const OwnMoney& taken) { return !taken.correction; });
    return found == money.rend() ? nullptr : &*found;
}

core::Bytes encode(const std::vector<OwnMoney>& money) { return encode_list(money, most_own_money, encode_one); }

std::vector<OwnMoney> own_money_from(core::ByteView note) { return list_from(note, most_own_money, read_one); }

}  // namespace plus7::agent::store
