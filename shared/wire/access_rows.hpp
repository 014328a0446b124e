// The view rows of who looked at a courier's place: kind `access`, one row a day (UTC), so that a new look sends that
// day only. What is kept and for how long is central's (app/couriers/access). Any thread; encoding throws
// std::invalid_argument on a broken rule.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

enum class LookKind : std::uint8_t { unknown = 0, live = 1, track = 2, events = 3 };  // the numbers are on the wire

struct LookEntry {
    std::string name;  // of the member of staff, as the company shows him; ≤ 400 bytes, empty: not known any more
    std::string role;  // "dispatcher"; one that the page has no word for may come; ≤ 32 bytes
    LookKind what = LookKind::unknown;
    core::TimeMs from{}, to{};                       // the first and the last time he looked; the same for one look
    std::optional<core::TimeMs> of_from{}, of_to{};  // of a track: the time it shows; both or none
    bool operator==(const LookEntry&) const = default;
};

constexpr std::size_t max_looks = 200;

struct AccessRow {
    std::vector<LookEntry> looks;  // 1 – max_looks, by `from`
    bool operator==(const AccessRow&) const = default;
};

RowKey access_key(std::int64_t day);  // since 1970-01-01

core::Bytes encode(const AccessRow& row);
core::Result<AccessRow> decode_access_row(core::ByteView body);

}  // namespace plus7::wire
