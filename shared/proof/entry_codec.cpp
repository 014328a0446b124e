#include "shared/proof/entry_codec.hpp"

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::proof {
namespace {

constexpr std::size_t most_word = 100;

template <typename Enum>
Enum enum_of(const wire::Value& value, Enum last) {
    return static_cast<Enum>(value.uint(0, static_cast<std::uint64_t>(last)));
}

wire::CborMap encode_office(const OfficePart& office) {
    wire::CborMap map;
    map.text("type", office.type).text("by", office.by).bytes("logged", office.logged.bytes());
    if (office.from) map.map("from", wire::holder_map(*office.from));
    if (office.to) map.map("to", wire::holder_map(*office.to));
    map.uint("half", static_cast<std::uint64_t>(office.half)).uint("leg", static_cast<std::uint64_t>(office.leg));
    if (office.transfer) map.bytes("transfer", office.transfer->bytes());
    if (office.corrects) map.bytes("corrects", office.corrects->bytes());
    return map.uint("knew", office.knew);
}

OfficePart read_office(const wire::Value& map) {
    OfficePart office;
    office.type = map.get("type").text(1, most_word);
    office.by = map.get("by").text(0, most_word);
    office.logged = map.get("logged").fixed<core::Hash>();
    if (const auto from = map.maybe("from")) office.from = wire::read_holder(from);
    if (const auto to = map.maybe("to")) office.to = wire::read_holder(to);
    office.half = enum_of(map.get("half"), model::Half::take);
    office.leg = enum_of(map.get("leg"), model::Leg::giving_back);
    office.transfer = map.maybe("transfer").maybe_fixed<model::TransferId>();
    office.corrects = map.maybe("corrects").maybe_fixed<core::EventId>();
    office.knew = map.get("knew").uint();
    return office;
}

}  // namespace

core::Bytes encode_entry(const Entry& entry) {
    wire::CborMap map;
    map.bytes("event", entry.event.bytes()).integer("received_us", core::count(entry.received));
    map.integer("at_us", core::count(entry.at)).text("trust", entry.trust).text("effect", entry.effect);
    map.text("doubt", entry.doubt).text("proofs", entry.proofs);
    map.uint("standing", static_cast<std::uint64_t>(entry.standing));
    if (const auto* office = std::get_if<OfficePart>(&entry.what))
        return map.map("office", encode_office(*office)).encode();
    const auto& fact = std::get<FactPart>(entry.what);
    return map.bytes("fact", fact.record).uint("chain", static_cast<std::uint64_t>(fact.chain)).encode();
}

core::Result<Entry> decode_entry(core::ByteView bytes) {
    const auto tree = wire::read_cbor(bytes);
    if (!tree) return tree.error();
    wire::Faults faults;
    const wire::Value map(faults, &*tree, "event");
    Entry entry;
    entry.event = map.get("event").fixed<core::EventId>();
    entry.received = core::time_us(map.get("received_us").integer());
    entry.at = core::time_us(map.get("at_us").integer());
    entry.trust = map.get("trust").text(0, most_word);
    entry.effect = map.get("effect").text(0, most_word);
    entry.doubt = map.get("doubt").text(0, most_word);
    entry.proofs = map.get("proofs").text(0, most_word);
    entry.standing = enum_of(map.get("standing"), model::Standing::blocked_aware);
    if (const auto office = map.maybe("office"))
        entry.what = read_office(office);
    else
        entry.what = FactPart{core::copy_of(map.get("fact").bytes(1, wire::max_message_bytes)),
                              enum_of(map.get("chain"), Chain::late)};
    return faults.finish(std::move(entry));
}

}  // namespace plus7::proof
