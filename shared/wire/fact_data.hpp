// The `data` map of each fact type: typed structs (shared/model/field_facts.hpp) to bytes and back. Types that are not
// listed here belong to other parts and pass unread. Any thread; encoding throws std::invalid_argument on a broken
// rule.
#pragma once
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/model/field_facts.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::wire {

// The bytes for Fact::data of a fact of type Data::type.
core::Bytes encode_data(const model::ShiftStarted& data);
core::Bytes encode_data(const model::ShiftEnded& data);
core::Bytes encode_data(const model::BreakStarted& data);
core::Bytes encode_data(const model::BreakEnded& data);
core::Bytes encode_data(const model::Scan& data);
core::Bytes encode_data(const model::DeviceStarted& data);
core::Bytes encode_data(const model::DeviceStopped& data);
core::Bytes encode_data(const model::DeviceGpsdLost& data);
core::Bytes encode_data(const model::DeviceStorageLow& data);
core::Bytes encode_data(const model::DeviceStoreDamaged& data);
core::Bytes encode_data(const model::DeviceBattery& data);
core::Bytes encode_data(const model::ChatSent& data);
core::Bytes encode_data(const model::ChatRead& data);
core::Bytes encode_data(const model::DeviceWiped& data);
core::Bytes encode_data(const model::FactGap& data);
core::Bytes encode_data(const model::TrackDigest& data);
core::Bytes encode_data(const model::BlobLost& data);
core::Bytes encode_data(const model::KeyRotated& data);

// Of Fact::data of a fact of that type; instantiated for the structs above. Numbers of a later version read as unknown
// where the enumeration has such a value, else they are refused.
template <typename Data>
core::Result<Data> decode_data(core::ByteView data);

// SHA-256 of the concatenated hashes; a record's hash is SHA-256 of the record as encoded (`[kind, …]`).
core::Hash track_digest(const std::vector<core::Hash>& record_hashes);

// What the new key signs: "p7-key" ‖ epoch ‖ old public key ‖ new public key (6 + 16 + 32 + 32 bytes).
core::Bytes key_proof_message(const core::Epoch& epoch, const core::PublicKey& old_key, const core::PublicKey& new_key);
model::KeyRotated rotate_key(const core::Epoch& epoch, const core::PublicKey& old_key,
                             const crypto::SigningKey& new_key);
bool verify_rotation(const core::Epoch& epoch, const model::KeyRotated& data);

}  // namespace plus7::wire
