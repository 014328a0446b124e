#include "shared/wire/fact_data.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_code_bytes = 4096;  // above the largest symbol there is (QR 40-L: 2953 bytes)
constexpr std::size_t max_version_bytes = 64;
constexpr std::size_t max_file_bytes = 64;
constexpr std::uint64_t max_digest_records = 1000;

void require(bool kept, const char* rule) {
    if (!kept) throw std::invalid_argument(rule);
}

void read(const Value& map, model::ShiftStarted& data) { data.offline = map.get("offline").boolean(); }

model::ShiftEnd shift_end_from(std::uint64_t by) {
    const auto last_known = static_cast<std::uint64_t>(model::ShiftEnd::device);
    return by <= last_known ? static_cast<model::ShiftEnd>(by) : model::ShiftEnd::unknown;
}

void read(const Value& map, model::ShiftEnded& data) {
    data.by = shift_end_from(map.get("by").uint());
    data.distance_m = map.get("distance_m").uint();
}

void read(const Value& map, model::BreakStarted&) { static_cast<void>(map.encoded_map()); }

void read(const Value& map, model::BreakEnded& data) { data.by = shift_end_from(map.get("by").uint()); }

void read(const Value& map, model::Scan& data) {
    data.code = core::copy_of(map.get("code").bytes(1, max_code_bytes));
    const auto symbology = map.get("symbology").uint();
    const auto last_known = static_cast<std::uint64_t>(model::Symbology::nfc);
    data.symbology = symbology <= last_known ? static_cast<model::Symbology>(symbology) : model::Symbology::unknown;
    data.registry = map.maybe("registry").maybe_fixed<model::RegistryId>();
}

void read(const Value& map, model::DeviceStarted& data) {
    data.version = map.get("version").text(1, max_version_bytes);
    data.clean_stop = map.get("clean_stop").boolean();
}

void read(const Value& map, model::DeviceStopped&) { static_cast<void>(map.encoded_map()); }

void read(const Value& map, model::DeviceGpsdLost& data) { data.silent = map.get("silent_ms").duration(); }

void read(const Value& map, model::DeviceStorageLow& data) {
    data.free_bytes = map.get("free_bytes").uint();
    data.step = static_cast<std::uint8_t>(std::min<std::uint64_t>(map.get("step").uint(1), 255));
}

void read(const Value& map, model::DeviceStoreDamaged& data) {
    data.file = map.get("file").text(1, max_file_bytes);
    data.rescued = map.get("rescued").uint();
}

void read(const Value& map, model::DeviceBattery& data) {
    data.percent = static_cast<std::uint8_t>(map.get("percent").uint(0, 100));
    data.charging = map.get("charging").boolean();
}

void read(const Value& map, model::ChatSent& data) { data.blob = map.get("blob").fixed<core::Hash>(); }

void read(const Value& map, model::ChatRead& data) { data.upto = map.get("upto").fixed<core::EventId>(); }

void read(const Value& map, model::DeviceWiped& data) { data.wipe = map.get("wipe").fixed<model::WipeId>(); }

void read_span(const Value& map, std::uint64_t& from, std::uint64_t& to) {
    from = map.get("from").uint(1);
    to = map.get("to").uint(1);
    if (from > to) map.fault("names a range that ends before it begins");
}

void read(const Value& map, model::FactGap& data) {
    read_span(map, data.from, data.to);
    data.before = map.get("before").fixed<core::Hash>();
}

void read(const Value& map, model::TrackDigest& data) {
    read_span(map, data.from, data.to);
    data.epoch = map.get("ep").fixed<core::Epoch>();
    data.hash = map.get("hash").fixed<core::Hash>();
    if (data.to - data.from >= max_digest_records) map.fault("covers too many records");
}

void read(const Value& map, model::BlobLost& data) { data.sha = map.get("sha").fixed<core::Hash>(); }

void read(const Value& map, model::KeyRotated& data) {
    data.old_key = map.get("old").fixed<core::PublicKey>();
    data.new_key = map.get("new").fixed<core::PublicKey>();
    data.proof = map.get("proof").fixed<core::Signature>();
}

CborMap span_map(std::uint64_t from, std::uint64_t to) {
    require(from >= 1 && from <= to, "a range of sequence numbers that is none");
    CborMap map;
    map.uint("from", from).uint("to", to);
    return map;
}

}  // namespace

template <typename Data>
core::Result<Data> decode_data(core::ByteView bytes) {
    const auto tree = read_cbor(bytes, {.bytes = max_fact_body_bytes});
    if (!tree) return tree.error().context(Data::type);
    Faults faults;
    Data data;
    read(Value(faults, &*tree, "data"), data);
    if (faults.any()) return faults.first().context(Data::type);
    return data;
}

template core::Result<model::ShiftStarted> decode_data(core::ByteView);
template core::Result<model::ShiftEnded> decode_data(core::ByteView);
template core::Result<model::BreakStarted> decode_data(core::ByteView);
template core::Result<model::BreakEnded> decode_data(core::ByteView);
template core::Result<model::Scan> decode_data(core::ByteView);
template core::Result<model::DeviceStarted> decode_data(core::ByteView);
template core::Result<model::DeviceStopped> decode_data(core::ByteView);
template core::Result<model::DeviceGpsdLost> decode_data(core::ByteView);
template core::Result<model::DeviceStorageLow> decode_data(core::ByteView);
template core::Result<model::DeviceStoreDamaged> decode_data(core::ByteView);
template core::Result<model::DeviceBattery> decode_data(core::ByteView);
template core::Result<model::ChatSent> decode_data(core::ByteView);
template core::Result<model::ChatRead> decode_data(core::ByteView);
template core::Result<model::DeviceWiped> decode_data(core::ByteView);
template core::Result<model::FactGap> decode_data(core::ByteView);
template core::Result<model::TrackDigest> decode_data(core::ByteView);
template core::Result<model::BlobLost> decode_data(core::ByteView);
template core::Result<model::KeyRotated> decode_data(core::ByteView);
template core::Result<model::HandedOver> decode_data(core::ByteView);
template core::Result<model::AttemptFailed> decode_data(core::ByteView);
template core::Result<model::Damaged> decode_data(core::ByteView);
template core::Result<model::Corrected> decode_data(core::ByteView);
template core::Result<model::MoneyTaken> decode_data(core::ByteView);

core::Bytes encode_data(const model::ShiftStarted& data) { return CborMap{}.boolean("offline", data.offline).encode(); }

core::Bytes encode_data(const model::ShiftEnded& data) {
    return CborMap{}.uint("by", static_cast<std::uint64_t>(data.by)).uint("distance_m", data.distance_m).encode();
}

core::Bytes encode_data(const model::BreakStarted&) { return CborMap{}.encode(); }

core::Bytes encode_data(const model::BreakEnded& data) {
    return CborMap{}.uint("by", static_cast<std::uint64_t>(data.by)).encode();
}

core::Bytes encode_data(const model::Scan& data) {
    require(!data.code.empty() && data.code.size() <= max_code_bytes, "scan: a code has 1 – 4096 bytes");
    CborMap map;
    map.bytes("code", data.code).uint("symbology", static_cast<std::uint64_t>(data.symbology));
    if (data.registry) map.bytes("registry", data.registry->bytes());
    return map.encode();
}

core::Bytes encode_data(const model::DeviceStarted& data) {
    require(!data.version.empty() && data.version.size() <= max_version_bytes, "a version has 1 – 64 bytes");
    return CborMap{}.text("version", data.version).boolean("clean_stop", data.clean_stop).encode();
}

core::Bytes encode_data(const model::DeviceStopped&) { return CborMap{}.encode(); }

core::Bytes encode_data(const model::DeviceGpsdLost& data) {
    require(data.silent.count() >= 0, "a silence cannot be negative");
    return CborMap{}.integer("silent_ms", data.silent.count()).encode();
}

core::Bytes encode_data(const model::DeviceStorageLow& data) {
    require(data.step >= 1 && data.step <= 3, "the storage ladder has three steps");
    return CborMap{}.uint("free_bytes", data.free_bytes).uint("step", data.step).encode();
}

core::Bytes encode_data(const model::DeviceStoreDamaged& data) {
    require(!data.file.empty() && data.file.size() <= max_file_bytes, "a file's name has 1 – 64 bytes");
    return CborMap{}.text("file", data.file).uint("rescued", data.rescued).encode();
}

core::Bytes encode_data(const model::DeviceBattery& data) {
    require(data.percent <= 100, "a battery holds 0 – 100 percent");
    return CborMap{}.uint("percent", data.percent).boolean("charging", data.charging).encode();
}

core::Bytes encode_data(const model::ChatSent& data) { return CborMap{}.bytes("blob", data.blob.bytes()).encode(); }

core::Bytes encode_data(const model::ChatRead& data) { return CborMap{}.bytes("upto", data.upto.bytes()).encode(); }

core::Bytes encode_data(const model::DeviceWiped& data) { return CborMap{}.bytes("wipe", data.wipe.bytes()).encode(); }

core::Bytes encode_data(const model::FactGap& data) {
    return span_map(data.from, data.to).bytes("before", data.before.bytes()).encode();
}

core::Bytes encode_data(const model::TrackDigest& data) {
    require(data.to - data.from < max_digest_records, "a digest covers at most 1000 records");
    return span_map(data.from, data.to).bytes("ep", data.epoch.bytes()).bytes("hash", data.hash.bytes()).encode();
}

core::Bytes encode_data(const model::BlobLost& data) { return CborMap{}.bytes("sha", data.sha.bytes()).encode(); }

core::Bytes encode_data(const model::KeyRotated& data) {
    return CborMap{}
        .bytes("old", data.old_key.bytes())
        .bytes("new", data.new_key.bytes())
        .bytes("proof", data.proof.bytes())
        .encode();
}

core::Hash track_digest(const std::vector<core::Hash>& record_hashes) {
    crypto::Sha256 sum;
    for (const auto& hash : record_hashes) sum.update(hash.bytes());
    return sum.finish();
}

core::Bytes key_proof_message(const core::Epoch& epoch, const core::PublicKey& old_key,
                              const core::PublicKey& new_key) {
    core::Bytes message = core::copy_of(core::view_of("p7-key"));
    for (const auto part : {epoch.bytes(), old_key.bytes(), new_key.bytes()}) {
        message.insert(message.end(), part.begin(), part.end());
    }
    return message;
}

model::KeyRotated rotate_key(const core::Epoch& epoch, const core::PublicKey& old_key,
                             const crypto::SigningKey& new_key) {
    return {old_key, new_key.public_key(), new_key.sign(key_proof_message(epoch, old_key, new_key.public_key()))};
}

bool verify_rotation(const core::Epoch& epoch, const model::KeyRotated& data) {
    return crypto::verify(data.new_key, key_proof_message(epoch, data.old_key, data.new_key), data.proof);
}

}  // namespace plus7::wire
