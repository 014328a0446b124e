#include "shared/wire/peer_news.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/live.hpp"

namespace plus7::wire {
namespace {

// The kinds' numbers are their places in the variant, from 1 on.
void write(CborMap& map, const PeerPlace& place) { map.bytes("fix", encode(place.fix)).time("ms", place.received); }
void write(CborMap& map, const PeerShift& shift) {
    if (shift.since) map.time("since", *shift.since);
    if (shift.rests_since) map.time("rests_since", *shift.rests_since);
}
void write(CborMap& map, const PeerOnline& online) { map.boolean("online", online.online); }
void write(CborMap& map, const PeerBattery& battery) { map.uint("percent", battery.percent); }
void write(CborMap& map, const PeerAct& act) { map.bytes("event", act.event.bytes()); }
void write(CborMap& map, const PeerFilled& filled) { map.time("from", filled.from).time("to", filled.to); }
void write(CborMap&, const PeerViewChanged&) {}
void write(CborMap&, const PeerDeviceChanged&) {}
void write(CborMap& map, const PeerChat& chat) { map.bytes("courier", chat.courier.bytes()); }

void read(const Value& map, PeerPlace& place) {
    const auto fix = decode_live(map.get("fix").bytes(1, 512));
    if (fix) place.fix = *fix;
    if (!fix) map.fault("has no place");
    place.received = map.get("ms").time();
}
void read(const Value& map, PeerShift& shift) {
    if (const auto since = map.maybe("since")) shift.since = since.time();
    if (const auto since = map.maybe("rests_since")) shift.rests_since = since.time();
}
void read(const Value& map, PeerOnline& online) { online.online = map.get("online").boolean(); }
void read(const Value& map, PeerBattery& battery) {
    battery.percent = static_cast<std::uint8_t>(map.get("percent").uint(0, 100));
}
void read(const Value& map, PeerAct& act) { act.event = map.get("event").fixed<core::EventId>(); }
void read(const Value& map, PeerFilled& filled) {
    filled.from = map.get("from").time();
    filled.to = map.get("to").time();
    if (filled.to < filled.from) map.fault("ends before it begins");
}
void read(const Value&, PeerViewChanged&) {}
void read(const Value&, PeerDeviceChanged&) {}
void read(const Value& map, PeerChat& chat) { chat.courier = map.get("courier").fixed<model::CourierId>(); }

using What = decltype(PeerNews::what);

template <std::size_t Kind = 0>
std::optional<What> read_what(const Value& map, std::uint64_t kind) {
    if constexpr (Kind < std::variant_size_v<What>) {
        if (kind != Kind + 1) return read_what<Kind + 1>(map, kind);
        std::variant_alternative_t<Kind, What> what;
        read(map, what);
        return what;
    }
    return std::nullopt;
}

}  // namespace

core::Bytes encode(const PeerMessage& message) {
    if (message.news.empty() || message.news.size() > max_peer_news)
        throw std::invalid_argument("a message between instances has 1 – 64 news");
    CborWriter list;
    list.array(message.news.size());
    for (const auto& news : message.news) {
        CborMap map;
        map.uint("kind", news.what.index() + 1).text("dev", news.device.text());
        std::visit([&map](const auto& what) { write(map, what); }, news.what);
        list.item(map.encode());
    }
    return CborMap{}.bytes("from", message.from.bytes()).item("news", list.take()).encode();
}

core::Result<PeerMessage> decode_peer_message(core::ByteView bytes) {
    const auto tree = read_cbor(bytes, {.bytes = max_peer_bytes});
    if (!tree) return tree.error().context("news of an instance");
    Faults faults;
    const Value map(faults, &*tree, "news of an instance");
    PeerMessage message;
    message.from = map.get("from").fixed<InstanceId>();
    for (const auto& item : map.get("news").items(1, max_peer_news)) {
        const auto device = item.get("dev").device();
        auto what = read_what(item, item.get("kind").uint(1));
        if (!what) ++message.skipped;
        if (device && what) message.news.push_back({*device, std::move(*what)});
    }
    return faults.finish(std::move(message));
}

}  // namespace plus7::wire
