// The view row of kind `courier` (its id is zeros): who carries the device. A device without the row belongs to nobody
// and starts no shift. No personal data: a name is not needed to record facts. Any thread.
#pragma once
#include <string>

#include "shared/core/result.hpp"
#include "shared/model/ids.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

constexpr RowKey courier_row_key{RowKind::courier, {}};

struct CourierRow {
    model::CourierId id;
    std::string code;  // what people call out, 1 – 12 bytes
    bool operator==(const CourierRow&) const = default;
};

core::Bytes encode(const CourierRow& row);  // throws std::invalid_argument on a broken rule
core::Result<CourierRow> decode_courier_row(core::ByteView body);

}  // namespace plus7::wire
