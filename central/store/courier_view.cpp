#include "central/store/courier_view.hpp"

#include <stdexcept>

#include "shared/core/uuid.hpp"

namespace plus7::central::store {
namespace {

core::EventId id_of(const std::string& uuid) {
    const auto id = core::from_uuid_text(uuid);
    if (!id) throw std::logic_error("an id that is no UUID: " + uuid);
    return *id;
}

}  // namespace

core::Bytes courier_row_body(const CourierRow& courier, const std::optional<SignIn>& sign_in,
                             const std::optional<SiteRow>& site) {
    wire::CourierRow row{{id_of(courier.id).value}, courier.code};
    if (sign_in) row.sign_in = wire::SignInRow{sign_in->badge, sign_in->pin};
    if (site)
        row.site = model::Holder{site->is_depot ? model::HolderKind::depot : model::HolderKind::point,
                                 {id_of(site->id).value}};
    return wire::encode(row);
}

}  // namespace plus7::central::store
