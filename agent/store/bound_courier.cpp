#include "agent/store/bound_courier.hpp"

#include "shared/wire/courier_row.hpp"

namespace plus7::agent::store {

core::Result<std::optional<BoundCourier>> bound_courier(const ViewStore& view) {
    const auto row = view.row(wire::courier_row_key);
    if (!row) return std::optional<BoundCourier>();
    const auto read = wire::decode_courier_row(row->body);
    if (!read) return read.error();
    BoundCourier courier{read->id, read->code, read->site, std::nullopt};
    if (read->sign_in) courier.sign_in = SignInCheck{read->sign_in->badge, read->sign_in->pin};
    return std::optional(courier);
}

}  // namespace plus7::agent::store
