#include "central/api/badge_routes.hpp"

#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/couriers/sign_in.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/print/qr.hpp"
#include "shared/wire/hand_codes.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace couriers = app::couriers;

core::Error unknown() { return core::not_found("no such courier"); }

std::optional<model::CourierId> courier_of(const Call& call) {
    const auto id = core::from_uuid_text(call.request.param("id"));
    if (!id) return std::nullopt;
    return model::CourierId{id->value};
}

core::Result<std::string> badge_json(const wire::Badge& badge, const std::string& pin) {
    const auto code = wire::to_code(badge);
    const auto svg = print::qr_svg(code);
    if (!svg) return svg.error();
    return JsonObject().text("badge", code).text("qr_svg", *svg).text("pin", pin).done();
}

}  // namespace

http::Response BadgeRoutes::make(const Call& call) {
    const auto courier = courier_of(call);
    if (!courier) return refuse(unknown());
    const auto& id = call.request.param("id");
    const auto pin = couriers::make_pin();
    const wire::Badge badge{*courier, core::random_id<wire::BadgeSecret>()};
    std::optional<core::DeviceId> told;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto given = couriers::give_badge(tx, id, {wire::badge_hash(badge.secret), pin.verifier});
        if (!given) return given.error();
        told = changed(tx, call, "courier.badge_made");
        const auto json = badge_json(badge, pin.pin);
        if (!json) return json.error();
        return http::json(*json, 201).with("Cache-Control", "no-store");
    };
    auto response = idempotency_.once(call, work);
    tell(told);
    return response;
}

http::Response BadgeRoutes::new_pin(const Call& call) {
    const auto& id = call.request.param("id");
    const auto pin = couriers::make_pin();
    std::optional<core::DeviceId> told;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto given = couriers::give_pin(tx, id, pin.verifier);
        if (!given) return given.error();
        told = changed(tx, call, "courier.pin_made");
        return http::json(JsonObject().text("pin", pin.pin).done(), 201).with("Cache-Control", "no-store");
    };
    auto response = idempotency_.once(call, work);
    tell(told);
    return response;
}

http::Response BadgeRoutes::remove(const Call& call) {
    const auto told = side_.db.write([&](core::Tx& tx) -> core::Result<std::optional<core::DeviceId>> {
        const auto removed = couriers::remove_badge(tx, call.request.param("id"));
        if (!removed) return removed.error();
        return changed(tx, call, "courier.badge_removed");
    });
    if (!told) return refuse(told.error());
    tell(*told);
    return http::no_content();
}

std::optional<core::DeviceId> BadgeRoutes::changed(core::Tx& tx, const Call& call, const std::string& action) const {
    const auto& id = call.request.param("id");
    audit::record(tx, {call.actor(), action, audit::Subject{audit::SubjectKind::courier, id}}, call.now);
    return app::devices::retell(tx, *store::find_courier(tx, id));
}

void BadgeRoutes::tell(const std::optional<core::DeviceId>& device) const {
    if (device) side_.views.changed(*device);
}

}  // namespace plus7::central::api
