// `down/view` (one part of a delta or snapshot, the body inside the signed envelope) and its answer `up/view`. Any
// thread.
#pragma once
#include <cstdint>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

// What takes a view from version `from` to `to`; from = 0 is a snapshot: what is not put is gone.
struct ViewDelta {
    std::uint64_t from = 0;
    std::uint64_t to = 0;  // ≥ from
    std::vector<ViewRow> put;
    std::vector<RowKey> remove;
    core::Hash hash;  // of the view at `to`
    bool operator==(const ViewDelta&) const = default;
};

// Part 1 … parts of a delta. They are applied together, in one transaction, when the last has come.
struct ViewPart {
    std::uint32_t part = 1;
    std::uint32_t parts = 1;
    ViewDelta delta;  // this part's rows
    bool operator==(const ViewPart&) const = default;
};

constexpr std::uint32_t max_view_parts = 1024;
constexpr std::size_t max_row_body_bytes = 32 * 1024;

// Parts that fit 48 KiB with their envelope; an empty delta is one part. limit: a row or the whole is too large.
core::Result<std::vector<ViewPart>> split_view(const ViewDelta& delta);

core::Bytes encode(const ViewPart& part);  // throws std::invalid_argument on a broken rule
core::Result<ViewPart> decode_view_part(core::ByteView body);

// The device's word after each apply, and at once when the hash does not fit.
struct ViewApplied {
    std::uint64_t version = 0;
    core::Hash hash;
    bool operator==(const ViewApplied&) const = default;
};

core::Bytes encode(const ViewApplied& applied);
core::Result<ViewApplied> decode_view_applied(core::ByteView message);

}  // namespace plus7::wire
