#include "central/store/courier_view.hpp"

#include "shared/core/uuid.hpp"

namespace plus7::central::store {

core::Bytes courier_row_body(const CourierRow& courier) {
    const auto id = core::from_uuid_text(courier.id);
    if (!id) throw std::logic_error("a courier's id is no UUID");
    return wire::encode(wire::CourierRow{{id->value}, courier.code});
}

}  // namespace plus7::central::store
