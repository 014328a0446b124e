// The custody file of one parcel (.p7custody, docs/custody-file.md): its events in central's order, each handheld's
// fact as the exact bytes it signed, and over all of it central's signature with its certificates. The same state of a
// parcel gives the same bytes. Says nothing of whether it is true: check.hpp. Values; any thread.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/model/custody_facts.hpp"
#include "shared/model/ids.hpp"

namespace plus7::proof {

// A courier's code, a depot's or point's name: no person's name is in the file.
struct NamedHolder {
    model::Holder holder;
    std::string name;
};

struct DeviceKey {
    core::DeviceId device;
    core::PublicKey key;
    core::Bytes certificate;  // DER, of the handheld; empty: central has none that names this key
};

// How a fact stood to the one before it in its handheld's chain when it came. The numbers are in the file.
enum class Chain : std::uint8_t { follows = 0, after_gap = 1, late = 2 };

struct FactPart {
    core::Bytes record;  // [body, sig]
    Chain chain = Chain::follows;
};

// What the office or central itself did: central's word.
struct OfficePart {
    std::string type;
    std::string by;  // staff, UUID text; empty: central itself
    std::optional<model::Holder> from, to;
    model::Half half = model::Half::none;
    model::Leg leg = model::Leg::delivery;
    std::optional<model::TransferId> transfer;
    std::optional<core::EventId> corrects;
    std::uint64_t knew = 0;  // custody version
    core::Hash logged;       // SHA-256 of the event's bytes in central's log
};

// One event, with what central made of it.
struct Entry {
    core::EventId event;
    core::TimeUs received{};
    core::TimeUs at{};   // when it happened, as far as central can tell
    std::string trust;   // why that is believed: gps, mono, wall, received, central
    std::string effect;  // model::Effect; empty: of a kind that custody does not read
    std::string doubt;   // model::CaseReason
    std::string proofs;  // "code,photo"; "code_wrong"
    model::Standing standing = model::Standing::good;
    std::variant<FactPart, OfficePart> what;
};

struct Head {
    model::ParcelId parcel;
    model::OrderId order;
    std::string number;              // of the order
    std::vector<std::string> codes;  // barcodes, ours first
    core::TimeUs upto{};             // when central took the last event
    std::string status;              // model::ParcelStatus
    std::uint64_t version = 0;       // of custody
    model::Holder holder;
    std::uint64_t missing = 0;
    bool is_clear = true;
    std::vector<core::EventId> way;
    std::vector<DeviceKey> keys;
    std::vector<NamedHolder> names;
    std::vector<core::Hash> entries;  // SHA-256 of each; seal() fills in these three
    core::Hash signer, authority;     // SHA-256 of the certificates' DER form
};

constexpr std::size_t most_entries = 5000;

struct Seal {
    const crypto::SigningKey& key;  // central-sign
    std::string certificate;        // PEM
    std::string authority;          // PEM of the CA
};
// limit: more entries than a file may have.
core::Result<core::Bytes> seal(Head head, const std::vector<Entry>& entries, const Seal& by);

struct ParcelFile {
    Head head;
    core::Bytes head_bytes;  // what is signed, after "p7-parcel-custody"
    core::Signature sig;
    core::Bytes signer, authority;  // DER
    std::vector<core::Bytes> entries;
};
// invalid: not such a file, or cut.
core::Result<ParcelFile> open(core::ByteView file);
core::Result<Entry> decode_entry(core::ByteView bytes);

// What `sig` signs: "p7-parcel-custody" ‖ SHA-256(head).
core::Bytes signed_message(core::ByteView head);

}  // namespace plus7::proof
