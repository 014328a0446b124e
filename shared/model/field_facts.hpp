// What the field states, one struct per fact type, without who, when and where (those are the fact's own); `type` is
// its name on the wire. The agent's app makes them, its outbox encodes, chains and signs them (shared/wire/fact_data).
// Values, any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "shared/core/bytes.hpp"
#include "shared/core/ids.hpp"
#include "shared/model/custody_facts.hpp"

namespace plus7::model {

struct ShiftStarted {
    static constexpr std::string_view type = "shift.started";
    bool offline = false;  // badge and PIN were checked without central
    bool operator==(const ShiftStarted&) const = default;
};

enum class ShiftEnd : std::uint8_t {
    unknown = 0,  // also whoever a later version names
    courier = 1,
    dispatcher = 2,
    device = 3
};  // who ended it; the numbers are on the wire

struct ShiftEnded {
    static constexpr std::string_view type = "shift.ended";
    ShiftEnd by = ShiftEnd::courier;
    std::uint64_t distance_m = 0;  // along the recorded track
    bool operator==(const ShiftEnded&) const = default;
};

// Until it ends no place is recorded and none is sent.
struct BreakStarted {
    static constexpr std::string_view type = "shift.break_started";
    bool operator==(const BreakStarted&) const = default;
};

struct BreakEnded {
    static constexpr std::string_view type = "shift.break_ended";
    ShiftEnd by = ShiftEnd::courier;
    bool operator==(const BreakEnded&) const = default;
};

enum class Symbology : std::uint8_t {  // the numbers are on the wire
    unknown = 0,
    code128 = 1,
    code39 = 2,
    ean13 = 3,
    ean8 = 4,
    upc_a = 5,
    itf14 = 6,
    qr = 7,
    data_matrix = 8,
    pdf417 = 9,
    aztec = 10,
    typed = 11,  // keyed in by a person, no symbol was read
    code93 = 12,
    codabar = 13,
    upc_e = 14,
    itf = 15,  // Interleaved 2 of 5 of any length
    gs1_128 = 16,
    gs1_databar = 17,
    micro_qr = 18,
    maxicode = 19,
    msi = 20,
    nfc = 21,  // a tag or badge held near, no symbol
};

struct Scan {
    static constexpr std::string_view type = "scan";
    core::Bytes code;  // as the scanner gave it, 1 – 4096 bytes of any value
    Symbology symbology = Symbology::unknown;
    std::optional<RegistryId> registry{};  // that is being taken in at a depot
    bool operator==(const Scan&) const = default;
};

struct DeviceStarted {
    static constexpr std::string_view type = "device.started";
    std::string version;      // of the agent, ≤ 64 bytes
    bool clean_stop = false;  // the run before ended in order
    bool operator==(const DeviceStarted&) const = default;
};

struct DeviceStopped {  // in order; nothing more to tell
    static constexpr std::string_view type = "device.stopped";
    bool operator==(const DeviceStopped&) const = default;
};

struct DeviceGpsdLost {
    static constexpr std::string_view type = "device.gpsd_lost";
    std::chrono::milliseconds silent{0};  // since the last word of gpsd
    bool operator==(const DeviceGpsdLost&) const = default;
};

struct DeviceStorageLow {
    static constexpr std::string_view type = "device.storage_low";
    std::uint64_t free_bytes = 0;
    std::uint8_t step =
        1;  // of the storage ladder: 1 tracks thinned, 2 tracks stopped, 3 reserve freed; a later version's above
    bool operator==(const DeviceStorageLow&) const = default;
};

// A database file of the device was found damaged and begun anew.
struct DeviceStoreDamaged {
    static constexpr std::string_view type = "device.store_damaged";
    std::string file;           // its name, 1 – 64 bytes
    std::uint64_t rescued = 0;  // facts not yet acked that were taken over
    bool operator==(const DeviceStoreDamaged&) const = default;
};

struct DeviceBattery {
    static constexpr std::string_view type = "device.battery";
    std::uint8_t percent = 0;  // 0 – 100
    bool charging = false;
    bool operator==(const DeviceBattery&) const = default;
};

// Nothing personal is left on the device, as the office had asked.
struct DeviceWiped {
    static constexpr std::string_view type = "device.wiped";
    WipeId wipe;
    bool operator==(const DeviceWiped&) const = default;
};

// Facts from … to (both ends) are gone from the device; `before` is the hash of fact from − 1 as the device knew it.
struct FactGap {
    static constexpr std::string_view type = "fact.gap";
    std::uint64_t from = 1;
    std::uint64_t to = 1;
    core::Hash before;
    bool operator==(const FactGap&) const = default;
};

// The track records from … to (both ends): SHA-256 of their concatenated record hashes, in the order of seq.
struct TrackDigest {
    static constexpr std::string_view type = "track.digest";
    core::Epoch epoch;  // whose track lane; the fact itself may come again in a later one
    std::uint64_t from = 1;
    std::uint64_t to = 1;
    core::Hash hash;
    bool operator==(const TrackDigest&) const = default;
};

struct BlobLost {
    static constexpr std::string_view type = "blob.lost";
    core::Hash sha;  // of the whole blob, as the fact that named it gave it
    bool operator==(const BlobLost&) const = default;
};

// The fact that says it is signed by the old record key; `proof` is the new key's signature (wire::key_proof_message).
struct KeyRotated {
    static constexpr std::string_view type = "key.rotated";
    core::PublicKey old_key;
    core::PublicKey new_key;
    core::Signature proof;
    bool operator==(const KeyRotated&) const = default;
};

// What the courier wrote to the dispatcher; the event is the message's id, `about` names the order it is about. The
// text is a blob.
struct ChatSent {
    static constexpr std::string_view type = "chat.sent";
    core::Hash blob;  // its SHA-256: 16 random bytes, then 1 – 2000 characters
    bool operator==(const ChatSent&) const = default;
};

// The courier has seen the dispatchers' messages up to this one, in the order in which central numbered them.
struct ChatRead {
    static constexpr std::string_view type = "chat.read";
    core::EventId upto;  // the message's id
    bool operator==(const ChatRead&) const = default;
};

// THE list: a device states nothing else, and central knows all of it.
using FieldFact =
    std::variant<ShiftStarted, ShiftEnded, BreakStarted, BreakEnded, Scan, DeviceStarted, DeviceStopped, DeviceGpsdLost,
                 DeviceStorageLow, DeviceStoreDamaged, DeviceBattery, DeviceWiped, HandedOver, AttemptFailed, Damaged,
                 Corrected, MoneyTaken, ChatSent, ChatRead, FactGap, TrackDigest, BlobLost, KeyRotated>;

template <typename Data, typename List>
inline constexpr bool is_listed = false;
template <typename Data, typename... Listed>
inline constexpr bool is_listed<Data, std::variant<Listed...>> = (std::is_same_v<Data, Listed> || ...);

}  // namespace plus7::model
