#include "central/api/device_routes.hpp"

#include "central/api/device_codec.hpp"
#include "central/api/enrolment_link.hpp"
#include "central/api/etag.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/devices/enrolment.hpp"
#include "central/app/devices/registry.hpp"
#include "shared/print/qr.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace devices = app::devices;

constexpr TextRule label_rule{1, 60, devices::is_label};
constexpr TextRule reason_rule{1, 300};

core::Error unknown() { return core::not_found("no such device"); }

std::optional<core::DeviceId> device_of(const Call& call) { return core::DeviceId::parse(call.request.param("id")); }

void record(core::Tx& tx, const Call& call, const core::DeviceId& device, std::string action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(
        tx,
        {call.actor(), std::move(action), audit::Subject{audit::SubjectKind::device, device.text()}, std::move(detail)},
        call.now);
}

http::Response answer(const devices::DeviceCard& card, int status = 200) {
    return http::json(json_of(card), status).with("ETag", etag_of(card.device.version));
}

// One more row than asked for tells whether there is a next page.
core::Result<store::DeviceQuery> query_of(const http::Request& request) {
    const auto page = page_asked(request, 2);
    if (!page) return page.error();
    const auto typed = text_asked(request, "q", 100);
    if (!typed) return typed.error();
    store::DeviceQuery query;
    query.label_like = devices::label_pattern(*typed);
    query.limit = page->limit + 1;
    if (!page->cursor.empty()) query.after = {page->cursor[0], page->cursor[1]};
    if (const auto state = request.query_value("state")) {
        query.state = state_of_public_name(*state);
        if (!query.state) return core::invalid("state: created, enrolled, locked or revoked");
    }
    return query;
}

}  // namespace

DeviceRoutes::DeviceRoutes(const FieldSide& side, const Idempotency& idempotency)
    : side_(side), idempotency_(idempotency) {}

http::Response DeviceRoutes::list(const Call& call) {
    const auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    auto cards = side_.db.read([&](core::Tx& tx) {
        std::vector<devices::DeviceCard> found;
        for (auto& row : store::devices(tx, *query)) found.push_back(devices::card_of(tx, std::move(row), call.now));
        return found;
    });
    if (!cards) return refuse(cards.error());
    std::optional<std::string> next;
    if (cards->size() == static_cast<std::size_t>(query->limit)) {
        cards->pop_back();
        next = to_cursor({cards->back().device.label_fold, cards->back().device.id.text()});
    }
    const auto items = json_list(*cards, [](const devices::DeviceCard& card) { return json_of(card); });
    return http::json(JsonObject().json("items", items).text("next", next).done());
}

http::Response DeviceRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto label = body.text("name", label_rule);
    std::optional<std::string> courier;
    if (!body.gives_null("courier")) courier = body.maybe_text("courier", {1, 36});
    if (auto refused = body.refusal()) return std::move(*refused);

    std::vector<devices::Carried> changes;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        changes.clear();
        const auto made = devices::create_device(tx, label, call.now);
        if (!made) return made.error();
        record(tx, call, made->id, "device.created");
        if (courier) {
            auto bound = devices::bind(tx, *courier, made->id);
            if (!bound) return bound.error();
            changes = std::move(*bound);
            audit_carried(tx, call.actor(), changes, call.now);
        }
        const auto enrolment = enrolment_json(tx, made->id, call.now);
        if (!enrolment) return enrolment.error();
        const auto card = devices::card_of(tx, *store::find_device(tx, made->id), call.now);
        return http::json(JsonObject().json("device", json_of(card)).json("enrolment", *enrolment).done(), 201);
    };
    auto response = idempotency_.once(call, work);
    tell_carried(side_, changes);
    return response;
}

http::Response DeviceRoutes::show(const Call& call) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    const auto detail = side_.db.read([&](core::Tx& tx) -> core::Result<devices::DeviceDetail> {
        auto row = store::find_device(tx, *id);
        if (!row) return unknown();
        return devices::detail_of(tx, std::move(*row), call.now);
    });
    if (!detail) return refuse(detail.error());
    return http::json(json_of(*detail)).with("ETag", etag_of(detail->card.device.version));
}

http::Response DeviceRoutes::edit(const Call& call) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    JsonBody body(call.request);
    const auto label = body.text("name", label_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    auto edited = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_device(tx, *id);
        if (!held) return unknown();
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        auto renamed = devices::rename_device(tx, *id, label);
        if (!renamed) return renamed.error();
        record(tx, call, *id, "device.edited", {{"name", label, held->label}});
        return answer(devices::card_of(tx, std::move(*renamed), call.now));
    });
    return edited ? std::move(*edited) : refuse(edited.error());
}

http::Response DeviceRoutes::new_token(const Call& call) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    const auto enrolment = side_.db.write([&](core::Tx& tx) {
        auto made = enrolment_json(tx, *id, call.now);
        if (made) record(tx, call, *id, "device.token");
        return made;
    });
    if (!enrolment) return refuse(enrolment.error());
    return http::json(*enrolment).with("Cache-Control", "no-store");
}

http::Response DeviceRoutes::shut(const Call& call, const std::string& action, const Shutting& shutting) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    JsonBody body(call.request);
    const auto reason = body.text("reason", reason_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    auto shut = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        auto row = shutting(tx, *id, reason);
        if (!row) return row.error();
        record(tx, call, *id, action, {{"reason", reason}});
        return answer(devices::card_of(tx, std::move(*row), call.now));
    });
    if (!shut) return refuse(shut.error());
    side_.changes.changed(*id);
    side_.views.changed(*id);
    return std::move(*shut);
}

http::Response DeviceRoutes::lock(const Call& call) { return shut(call, "device.locked", devices::lock_device); }

http::Response DeviceRoutes::wipe(const Call& call) {
    return shut(call, "device.wipe_asked", [&](core::Tx& tx, const core::DeviceId& id, const std::string& reason) {
        return devices::wipe_device(tx, id, reason, call.now);
    });
}

http::Response DeviceRoutes::unlock(const Call& call) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    auto unlocked = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        auto row = devices::unlock_device(tx, *id);
        if (!row) return row.error();
        record(tx, call, *id, "device.unlocked");
        return answer(devices::card_of(tx, std::move(*row), call.now));
    });
    if (!unlocked) return refuse(unlocked.error());
    side_.changes.changed(*id);
    side_.views.changed(*id);
    return std::move(*unlocked);
}

http::Response DeviceRoutes::revoke(const Call& call) {
    const auto id = device_of(call);
    if (!id) return refuse(unknown());
    JsonBody body(call.request);
    const auto reason = body.text("reason", reason_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    struct Done {
        std::vector<std::string> serials;
        std::vector<devices::Carried> released;
        devices::DeviceCard card;
    };
    const auto done = side_.db.write([&](core::Tx& tx) -> core::Result<Done> {
        auto revoked = devices::revoke_device(tx, *id, reason, call.now);
        if (!revoked) return revoked.error();
        record(tx, call, *id, "device.revoked", {{"reason", reason}});
        audit_carried(tx, call.actor(), revoked->released, call.now);
        return Done{std::move(revoked->serials), std::move(revoked->released),
                    devices::card_of(tx, std::move(revoked->device), call.now)};
    });
    if (!done) return refuse(done.error());
    side_.changes.changed(*id);
    tell_carried(side_, done->released);
    // The list first: a device that is kicked must not find the door still open.
    const auto listed = side_.authority.revoke(done->serials);
    side_.gate.kick(*id);
    if (!listed) return refuse(listed.error());
    return answer(done->card);
}

// A new token with its QR, and the entry about it.
core::Result<std::string> DeviceRoutes::enrolment_json(core::Tx& tx, const core::DeviceId& device,
                                                       core::TimeUs now) const {
    const auto opened = devices::open_enrolment(tx, device, now);
    if (!opened) return opened.error();
    const auto url = enrolment_link(side_.places.public_url, opened->token, side_.authority.ca_fingerprint());
    const auto svg = print::qr_svg(url);
    if (!svg) return svg.error();
    return JsonObject().text("url", url).text("qr_svg", *svg).time("expires_ms", opened->expires).done();
}

}  // namespace plus7::central::api
