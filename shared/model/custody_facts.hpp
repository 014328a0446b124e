// What couriers, depots and points state about parcels. Which parcel, order, transfer and which custody version was
// known is in the fact's `about`; one fact per parcel, also when ten are handed over at one door. Values, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/custody.hpp"
#include "shared/model/parcel_status.hpp"

namespace plus7::model {

// One stop at one door: ties together what was done there.
using VisitId = core::Fixed<16, struct VisitIdTag>;

enum class ProofKind : std::uint8_t {  // the numbers are on the wire
    unknown = 0,                       // also whatever a later version names
    code = 1,
    signature = 2,
    photo = 3,
    document = 4,  // was looked at; nothing of it is kept
    recipient_qr = 5,
};

std::string_view name_of(ProofKind kind);          // "code" …
ProofKind proof_kind_from(std::string_view name);  // unknown for an unknown name

struct Proof {
    ProofKind kind = ProofKind::unknown;
    std::optional<core::Hash> blob;        // of the signature or photo
    std::optional<core::Hash> commitment;  // to the code that was given (docs/protocol.md)
    bool operator==(const Proof&) const = default;
};

struct HandedOver {
    static constexpr std::string_view type = "parcel.handover";
    Holder from, to;
    Half half = Half::none;  // then `about` has the transfer
    Leg leg = Leg::delivery;
    std::optional<VisitId> visit;
    std::vector<Proof> proofs;   // ≤ 8
    std::optional<BagId> bag{};  // that was scanned for it and the others in it
    bool operator==(const HandedOver&) const = default;
};

struct AttemptFailed {
    static constexpr std::string_view type = "parcel.attempt_failed";
    std::string reason;  // of the catalogue: a-z and _, 1 – 32
    VisitId visit;
    std::uint8_t calls = 0;          // tried before
    std::vector<core::Hash> photos;  // blobs, ≤ 8
    struct Again {                   // when the recipient wants the next attempt
        core::TimeMs from{}, to{};
        bool operator==(const Again&) const = default;
    };
    std::optional<Again> again{};
    bool operator==(const AttemptFailed&) const = default;
};

// Noted by whoever has the parcel before him, a handheld or the office: its status until the note is taken back.
struct Damaged {
    static constexpr std::string_view type = "parcel.damaged";
    std::string note;  // for people, 1 – 300 characters
    bool operator==(const Damaged&) const = default;
};

// K11: takes back an earlier fact of the same parcel or order.
struct Corrected {
    static constexpr std::string_view type = "corrected";
    core::EventId event;
    bool operator==(const Corrected&) const = default;
};

enum class MoneyWay : std::uint8_t { unknown = 0, cash = 1, card = 2, sbp = 3 };

std::string_view name_of(MoneyWay way);          // "cash" …
MoneyWay money_way_from(std::string_view name);  // unknown for an unknown name

struct MoneyTaken {
    static constexpr std::string_view type = "money.taken";
    std::int64_t minor = 0;  // > 0
    std::string currency;    // ISO 4217
    MoneyWay way = MoneyWay::cash;
    std::optional<VisitId> visit;
    bool operator==(const MoneyTaken&) const = default;
};

}  // namespace plus7::model
