#include "agent/store/strangers.hpp"

#include "agent/store/note_list.hpp"

namespace plus7::agent::store {
namespace {

constexpr std::size_t max_code_bytes = 3 * 4096;  // also one that is shown in hexadecimal

core::Bytes encode_one(const Stranger& one) {
    wire::CborMap map;
    map.text("code", one.code).bytes("scan", one.scan.bytes()).uint("view", one.view).time("at_ms", one.at);
    if (one.registry) map.bytes("registry", one.registry->bytes());
    if (one.parcel) map.bytes("parcel", one.parcel->bytes());
    return map.encode();
}

Stranger read_one(const wire::Value& map) {
    Stranger one;
    one.code = map.get("code").text(1, max_code_bytes);
    one.scan = map.get("scan").fixed<core::EventId>();
    one.view = map.get("view").uint();
    one.at = map.get("at_ms").time();
    one.registry = map.maybe("registry").maybe_fixed<model::RegistryId>();
    one.parcel = map.maybe("parcel").maybe_fixed<model::ParcelId>();
    return one;
}

}  // namespace

core::Bytes encode(const std::vector<Stranger>& strangers) {
    return encode_list(strangers, most_strangers, encode_one);
}

std::vector<Stranger> strangers_from(core::ByteView note) { return list_from(note, most_strangers, read_one); }

}  // namespace plus7::agent::store
