// The view row of kind `courier` (its id is zeros): who carries the device. A device without the row belongs to nobody
// and starts no shift. No personal data: a name is not needed to record facts. Any thread.
#pragma once
#include <optional>
#include <string>

#include "shared/core/result.hpp"
#include "shared/crypto/handover_code.hpp"
#include "shared/model/holder.hpp"
#include "shared/model/ids.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

constexpr RowKey courier_row_key{RowKind::courier, {}};

// How he proves that it is him, checked without a network: the badge's secret is long, so a plain hash hides it; the
// PIN is short, so its hash is slow.
struct SignInRow {
    core::Hash badge;  // badge_hash (badge_code.hpp)
    crypto::CodeVerifier pin;
    bool operator==(const SignInRow&) const = default;
};

struct CourierRow {
    model::CourierId id;
    std::string code;                    // what people call out, 1 – 12 bytes
    std::optional<SignInRow> sign_in{};  // none: he starts the shift without
    // The pickup point that he works at: he takes parcels for it and gives them out from it. None: he drives.
    std::optional<model::Holder> site{};
    bool operator==(const CourierRow&) const = default;
};

core::Bytes encode(const CourierRow& row);  // throws std::invalid_argument on a broken rule
core::Result<CourierRow> decode_courier_row(core::ByteView body);

}  // namespace plus7::wire
