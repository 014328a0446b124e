#include "shared/proof/parcel_file.hpp"

#include "shared/crypto/certificates.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/proof/entry_codec.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::proof {
namespace {

constexpr std::string_view format = "plus7-parcel-custody/1";
constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_text = 200;
constexpr std::size_t most_keys = 1000;
constexpr std::size_t most_certificate = 8192;

// A list of what is encoded already.
template <typename Items, typename Encode>
core::Bytes list_of(const Items& items, Encode encode) {
    wire::CborWriter list;
    list.array(items.size());
    for (const auto& item : items) encode(list, item);
    return list.take();
}

core::Bytes encode_key(const DeviceKey& key) {
    wire::CborMap map;
    map.text("device", key.device.text()).bytes("key", key.key.bytes());
    if (!key.certificate.empty()) map.bytes("certificate", key.certificate);
    return map.encode();
}

core::Bytes encode_name(const NamedHolder& named) {
    return wire::CborMap{}.map("holder", wire::holder_map(named.holder)).text("name", named.name).encode();
}

core::Bytes encode(const Head& head) {
    const auto hashes = [](wire::CborWriter& list, const auto& hash) { list.bytes(hash.bytes()); };
    wire::CborMap map;
    map.bytes("parcel", head.parcel.bytes()).bytes("order", head.order.bytes()).text("number", head.number);
    map.item("codes", list_of(head.codes, [](auto& list, const auto& code) { list.text(code); }));
    map.integer("upto_us", core::count(head.upto)).text("status", head.status).uint("version", head.version);
    map.map("holder", wire::holder_map(head.holder)).uint("missing", head.missing).boolean("is_clear", head.is_clear);
    map.item("way", list_of(head.way, hashes)).item("entries", list_of(head.entries, hashes));
    map.item("keys", list_of(head.keys, [](auto& list, const auto& key) { list.item(encode_key(key)); }));
    map.item("names", list_of(head.names, [](auto& list, const auto& name) { list.item(encode_name(name)); }));
    map.bytes("signer", head.signer.bytes()).bytes("authority", head.authority.bytes());
    return map.encode();
}

template <typename Fixed>
std::vector<Fixed> fixed_list(const wire::Value& list) {
    std::vector<Fixed> all;
    for (const auto& item : list.items(0, most_entries)) all.push_back(item.fixed<Fixed>());
    return all;
}

void read_keys(const wire::Value& list, Head& head) {
    for (const auto& item : list.items(0, most_keys)) {
        const auto device = item.get("device").device();
        if (!device) return;
        const auto certificate = item.maybe("certificate");
        head.keys.push_back({*device, item.get("key").fixed<core::PublicKey>(),
                             certificate ? core::copy_of(certificate.bytes(1, most_certificate)) : core::Bytes{}});
    }
}

core::Result<Head> decode_head(core::ByteView bytes) {
    const auto tree = wire::read_cbor(bytes, {most_bytes, 4 * most_entries, 8});
    if (!tree) return tree.error();
    wire::Faults faults;
    const wire::Value map(faults, &*tree, "head");
    Head head;
    head.parcel = map.get("parcel").fixed<model::ParcelId>();
    head.order = map.get("order").fixed<model::OrderId>();
    head.number = map.get("number").text(0, most_text);
    for (const auto& code : map.get("codes").items(0, 100)) head.codes.push_back(code.text(0, most_text));
    head.upto = core::time_us(map.get("upto_us").integer());
    head.status = map.get("status").text(0, most_text);
    head.version = map.get("version").uint();
    head.holder = wire::read_holder(map.get("holder"));
    head.missing = map.get("missing").uint();
    head.is_clear = map.get("is_clear").boolean();
    head.way = fixed_list<core::EventId>(map.get("way"));
    head.entries = fixed_list<core::Hash>(map.get("entries"));
    read_keys(map.get("keys"), head);
    for (const auto& item : map.get("names").items(0, most_keys))
        head.names.push_back({wire::read_holder(item.get("holder")), item.get("name").text(0, 2 * most_text)});
    head.signer = map.get("signer").fixed<core::Hash>();
    head.authority = map.get("authority").fixed<core::Hash>();
    return faults.finish(std::move(head));
}

core::Bytes frame(core::ByteView head, const core::Signature& sig, const std::vector<core::Bytes>& certificates,
                  const std::vector<core::Bytes>& entries) {
    const auto put = [](wire::CborWriter& list, const core::Bytes& bytes) { list.bytes(bytes); };
    wire::CborWriter file;
    file.array(6).text(format).bytes(head).bytes(sig.bytes());
    for (const auto& certificate : certificates) file.bytes(certificate);
    file.item(list_of(entries, put));
    return file.take();
}

}  // namespace

core::Bytes signed_message(core::ByteView head) {
    auto message = core::copy_of(core::view_of("p7-parcel-custody"));
    const auto hash = crypto::sha256(head);
    message.insert(message.end(), hash.value.begin(), hash.value.end());
    return message;
}

core::Result<core::Bytes> seal(Head head, const std::vector<Entry>& entries, const Seal& by) {
    if (entries.size() > most_entries) return core::limit("a parcel with more events than a custody file holds");
    std::vector<core::Bytes> encoded, certificates;
    head.entries.clear();
    for (const auto& entry : entries) {
        encoded.push_back(encode_entry(entry));
        head.entries.push_back(crypto::sha256(encoded.back()));
    }
    for (const auto* pem : {&by.certificate, &by.authority}) {
        auto der = crypto::der_from_pem(*pem);
        if (!der) return der.error();
        certificates.push_back(std::move(*der));
    }
    head.signer = crypto::sha256(certificates[0]);
    head.authority = crypto::sha256(certificates[1]);
    const auto bytes = encode(head);
    return frame(bytes, by.key.sign(signed_message(bytes)), certificates, encoded);
}

core::Result<ParcelFile> open(core::ByteView file) {
    const auto tree = wire::read_cbor(file, {most_bytes, 2 * most_entries, 8});
    if (!tree) return core::invalid("this is no custody file of a parcel, or it is cut: " + tree.error().message);
    wire::Faults faults;
    const auto parts = wire::Value(faults, &*tree, "custody file").items(6, 6);
    if (faults.any() || parts[0].text(0, most_text) != format)
        return core::invalid("this is no custody file of a parcel that this version knows");
    ParcelFile opened;
    opened.head_bytes = core::copy_of(parts[1].bytes(1, most_bytes));
    opened.sig = parts[2].fixed<core::Signature>();
    opened.signer = core::copy_of(parts[3].bytes(1, most_certificate));
    opened.authority = core::copy_of(parts[4].bytes(1, most_certificate));
    for (const auto& entry : parts[5].items(0, most_entries))
        opened.entries.push_back(core::copy_of(entry.bytes(1, most_bytes)));
    if (faults.any()) return faults.first();
    auto head = decode_head(opened.head_bytes);
    if (!head) return head.error();
    opened.head = std::move(*head);
    return opened;
}

}  // namespace plus7::proof
