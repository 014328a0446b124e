// Rows of the view (central's replicated table on a device) and their hashes: equal version ⇒ equal hash (I13). Any
// thread.
#pragma once
#include <compare>
#include <cstdint>

#include "shared/core/bytes.hpp"

namespace plus7::wire {

// What a row is about; the numbers are on the wire, unknown ones are kept and ignored.
enum class RowKind : std::uint32_t {
    task = 1,
    parcel = 2,     // expected
    recipient = 3,  // of today
    payment = 4,    // prices and QR payloads to show
    verifier = 5,   // of a recipient's code
    reason = 6,     // one of the catalogue of reasons
    zone = 7,
    chat = 8,
    policy = 9,
    command = 10,  // answered by a fact
    courier = 11,  // who carries the device (courier_row.hpp)
    site = 12,     // a depot or point (task_rows.hpp)
    access = 13,   // who looked at the courier's place, a row a day (access_rows.hpp)
    floor = 14,    // a parcel of a depot's floor; this and the next three for its workers (floor_rows.hpp)
    crew = 15,
    registry = 16,
    bag = 17,
};

using RowId = core::Fixed<16, struct RowIdTag>;  // zeros for what there is one of (policy)

struct RowKey {
    RowKind kind = RowKind::task;
    RowId id;
    auto operator<=>(const RowKey&) const = default;
};

struct ViewRow {
    RowKey key;
    std::uint64_t version = 0;
    core::Bytes body;  // opaque here
    bool operator==(const ViewRow&) const = default;
};

core::Bytes encode_row(const ViewRow& row);  // `[kind, id, version, body]`
core::Hash row_hash(const ViewRow& row);     // SHA-256 of encode_row

// The view hash is the XOR of the hashes of its rows, zeros for none: the same call adds a row and takes it out again.
void toggle_row(core::Hash& view_hash, const core::Hash& row_hash);

}  // namespace plus7::wire
