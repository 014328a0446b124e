#include "central/app/field/parcel_fact.hpp"

#include "shared/core/uuid.hpp"

namespace plus7::central::app::field {
namespace {

model::Standing standing_of(const FieldEvent& event) {
    const auto has = [&](std::string_view word) { return event.flags.find(word) != event.flags.npos; };
    if (has(blocked_aware_flag)) return model::Standing::blocked_aware;
    return has(blocked_unaware_flag) ? model::Standing::blocked_unaware : model::Standing::good;
}

std::optional<custody::What> what_of(const FieldData& data) {
    if (const auto* handed = std::get_if<model::HandedOver>(&data)) return custody::What{*handed};
    if (const auto* failed = std::get_if<model::AttemptFailed>(&data)) return custody::What{*failed};
    if (const auto* damaged = std::get_if<model::Damaged>(&data)) return custody::What{*damaged};
    if (const auto* corrected = std::get_if<model::Corrected>(&data)) return custody::What{*corrected};
    return std::nullopt;
}

}  // namespace

bool is_about_parcel(const FieldEvent& event) { return event.about.parcel && what_of(event.data); }

core::Result<custody::Taken> apply_to_parcel(core::Tx& tx, const FieldEvent& event, const ActTime& act) {
    custody::ParcelEvent happened;
    happened.id = event.id;
    happened.parcel = core::to_uuid_text(*event.about.parcel);
    happened.type = event.type;
    happened.by_kind = event.courier ? custody::ByKind::courier : custody::ByKind::system;
    if (event.courier) happened.by = core::to_uuid_text(*event.courier);
    happened.device = event.device.text();
    happened.at = act.at;
    happened.trust = act.trust;
    happened.received = event.received;
    if (event.place) happened.where = event.place->at;
    happened.knew = event.about.knew;
    happened.transfer = event.about.transfer;
    happened.standing = standing_of(event);
    happened.what = what_of(event.data).value();
    return custody::take(tx, happened);
}

}  // namespace plus7::central::app::field
