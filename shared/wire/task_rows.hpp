// The view rows of a courier's work: tasks (one per order), parcels, recipients, sites. Recipients hold the personal
// data and are rows of their own, so that they can be sealed and dropped by themselves. Any thread; encoding throws
// std::invalid_argument on a broken rule.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/handover_code.hpp"
#include "shared/model/custody_facts.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

enum class TaskKind : std::uint8_t { unknown = 0, deliver = 1 };  // the numbers are on the wire

// Kind `task`, id = the order's.
struct TaskRow {
    TaskKind kind = TaskKind::deliver;
    std::string number;       // of the order, 1 – 32 bytes
    std::string sender;       // ≤ 400 bytes
    std::uint64_t place = 0;  // in his list, ascending
    std::optional<core::LatLon> where;
    std::optional<core::TimeMs> from, to;    // of the slot
    std::int64_t due_minor = 0;              // to take; 0: nothing
    std::string due_currency;                // ISO 4217; empty without money
    std::vector<model::ProofKind> proof;     // what is asked for, ≤ 8
    bool is_planned = false;                 // his; false: it was taken off his list, but he still holds parcels of it
    bool is_cancelled = false;               // to be handed back: called off, or its storage is over
    std::optional<model::HolderId> point;    // the pickup point that it goes to; none: to the recipient's door
    std::optional<core::TimeMs> keep_until;  // by the point, when it lies there
    bool operator==(const TaskRow&) const = default;
};

// Kind `parcel`, id = the parcel's.
struct ParcelRow {
    model::OrderId order;
    std::uint32_t number = 1;        // of the order's parcels
    std::vector<std::string> codes;  // 1 – 8 barcodes of 1 – 64 bytes
    std::uint64_t version = 0;       // of its custody
    model::Holder holder;
    std::string what;  // ≤ 800 bytes
    bool operator==(const ParcelRow&) const = default;
};

// Kind `recipient`, id = the order's. What is empty is not known.
struct RecipientRow {
    std::string name, phone, address, entrance, floor, intercom, comment;
    bool operator==(const RecipientRow&) const = default;
};

// Kind `site`, id = the depot's or point's.
struct SiteRow {
    model::HolderKind kind = model::HolderKind::depot;
    std::string name, address;
    std::optional<core::LatLon> where;
    bool operator==(const SiteRow&) const = default;
};

// Kind `verifier`, id = the order's: what tells a right code from a wrong one, and the key of the commitment.
struct VerifierRow {
    crypto::CodeVerifier verifier;
    crypto::CommitKey key;
    bool operator==(const VerifierRow&) const = default;
};

core::Bytes encode(const TaskRow& row);
core::Bytes encode(const ParcelRow& row);
core::Bytes encode(const RecipientRow& row);
core::Bytes encode(const SiteRow& row);
core::Bytes encode(const VerifierRow& row);

core::Result<TaskRow> decode_task_row(core::ByteView body);
core::Result<ParcelRow> decode_parcel_row(core::ByteView body);
core::Result<RecipientRow> decode_recipient_row(core::ByteView body);
core::Result<SiteRow> decode_site_row(core::ByteView body);
core::Result<VerifierRow> decode_verifier_row(core::ByteView body);

}  // namespace plus7::wire
