#include "central/api/courier_routes.hpp"

#include "central/api/etag.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/accounts/permissions.hpp"
#include "central/app/couriers/couriers.hpp"
#include "central/app/dispatch/floor_view.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace couriers = app::couriers;
namespace devices = app::devices;

constexpr TextRule name_rule{1, 100, couriers::is_name};
constexpr TextRule code_rule{1, 12, couriers::is_code};
bool is_state(std::string_view text) { return text == "active" || text == "blocked"; }
constexpr TextRule state_rule{1, 10, is_state};
constexpr TextRule phone_rule{3, 16, couriers::is_phone};

bool is_device(std::string_view text) { return core::DeviceId::parse(text).has_value(); }
constexpr TextRule device_rule{13, 13, is_device};
constexpr TextRule site_rule{1, 36};

void record(core::Tx& tx, const Call& call, const std::string& courier, std::string action,
            std::vector<audit::Detail> detail = {}) {
    audit::record(
        tx, {call.actor(), std::move(action), audit::Subject{audit::SubjectKind::courier, courier}, std::move(detail)},
        call.now);
}

http::Response answer(const CourierView& view, int status = 200) {
    return http::json(json_of(view), status).with("ETag", etag_of(view.courier.version));
}

http::Response explain(const core::Error& error) {
    if (error.message.starts_with("site:")) return refuse(Refused::invalid, error.message, {{"site", "wrong", ""}});
    if (error.message != "another courier has this code") return refuse(error);
    return refuse(Refused::conflict, error.message, {{"code", "taken", ""}});
}

// Which members change; what they are is in the courier's row, not in the log of who did what.
std::vector<audit::Detail> details(const couriers::CourierChange& change, const store::CourierRow& before) {
    std::vector<audit::Detail> all;
    if (change.code) all.push_back({"code", *change.code, before.code});
    if (change.name) all.push_back({"name", "changed"});
    if (change.phone) all.push_back({"phone", "changed"});
    if (change.site) all.push_back({"site", change.site->value_or(""), before.site.value_or("")});
    if (change.blocked) all.push_back({"state", *change.blocked ? "blocked" : "active"});
    return all;
}

core::Result<store::CourierQuery> query_of(const http::Request& request) {
    const auto page = page_asked(request, 2);
    if (!page) return page.error();
    const auto typed = text_asked(request, "q", 100);
    if (!typed) return typed.error();
    store::CourierQuery query;
    query.name_like = couriers::name_pattern(*typed);
    query.limit = page->limit + 1;  // one more tells whether there is a next page
    if (!page->cursor.empty()) query.after = {page->cursor[0], page->cursor[1]};
    const auto state = request.query_value("state").value_or("active");
    if (state != "active" && state != "blocked") return core::invalid("state: active or blocked");
    query.blocked = state == "blocked";
    return query;
}

}  // namespace

http::Response CourierRoutes::list(const Call& call) {
    const auto query = query_of(call.request);
    if (!query) return refuse(query.error());
    auto views = side_.db.read([&](core::Tx& tx) {
        std::vector<CourierView> found;
        for (auto& row : store::couriers(tx, *query)) found.push_back(courier_view(tx, std::move(row)));
        return found;
    });
    if (!views) return refuse(views.error());
    std::optional<std::string> next;
    if (views->size() == static_cast<std::size_t>(query->limit)) {
        views->pop_back();
        next = to_cursor({views->back().courier.name_fold, views->back().courier.id});
    }
    const auto items = json_list(*views, [](const CourierView& view) { return json_of(view); });
    return http::json(JsonObject().json("items", items).text("next", next).done());
}

http::Response CourierRoutes::create(const Call& call) {
    JsonBody body(call.request);
    couriers::NewCourier courier;
    courier.name = body.text("name", name_rule);
    courier.code = body.text("code", code_rule);
    if (!body.gives_null("phone")) courier.phone = body.maybe_text("phone", phone_rule);
    std::optional<std::string> device;
    if (!body.gives_null("device")) device = body.maybe_text("device", device_rule);
    if (!body.gives_null("site")) courier.site = body.maybe_text("site", site_rule);
    if (auto refused = body.refusal()) return std::move(*refused);

    std::vector<devices::Carried> changes;
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        changes.clear();
        const auto made = couriers::create(tx, courier, call.now);
        if (!made) return made.error();
        record(tx, call, made->id, "courier.created", {{"code", made->code}});
        if (device) {
            auto bound = devices::bind(tx, made->id, *core::DeviceId::parse(*device));
            if (!bound) return bound.error();
            changes = std::move(*bound);
            audit_carried(tx, call.actor(), changes, call.now);
        }
        return answer(courier_view(tx, *store::find_courier(tx, made->id)), 201);
    };
    auto response = idempotency_.once(call, work, explain);
    tell_carried(side_, changes);
    return response;
}

http::Response CourierRoutes::show(const Call& call) {
    const auto& id = call.request.param("id");
    auto card = side_.db.read([&](core::Tx& tx) { return card_of(tx, id, call.now); });
    if (!card) return refuse(card.error());
    // The place is for those who may see places, and the look is entered in his access book.
    const bool sees_place = app::accounts::allows(call.who().roles, app::accounts::Permission::see_positions);
    if (!sees_place) card->live.reset();
    if (card->live && card->live->position) {
        const auto looked = side_.db.write(
            [&](core::Tx& tx) { return audit::record_look(tx, call.actor(), id, audit::Look::live, call.now); });
        if (!looked) return refuse(looked.error());
    }
    return http::json(json_of(*card, call.now)).with("ETag", etag_of(card->courier.version));
}

http::Response CourierRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    couriers::CourierChange change;
    change.name = body.maybe_text("name", name_rule);
    change.code = body.maybe_text("code", code_rule);
    if (body.gives_null("phone")) {
        change.phone = std::optional<std::string>{};
    } else if (const auto phone = body.maybe_text("phone", phone_rule)) {
        change.phone = phone;
    }
    if (body.gives_null("site"))
        change.site = std::optional<std::string>{};
    else if (const auto site = body.maybe_text("site", site_rule))
        change.site = site;
    if (const auto state = body.maybe_text("state", state_rule)) change.blocked = *state == "blocked";
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);

    const auto& id = call.request.param("id");
    std::vector<devices::Carried> changes;
    app::dispatch::Devices told;
    auto edited = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_courier(tx, id);
        if (!held) return core::not_found("no such courier");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        const auto changed = couriers::change(tx, id, change);
        if (!changed) return changed.error();
        record(tx, call, id, "courier.edited", details(change, *held));
        changes.clear();
        if (changed->blocked && !held->blocked) changes = devices::block(tx, id).value();
        if (!changed->blocked && held->blocked) devices::unblock(tx, id);
        audit_carried(tx, call.actor(), changes, call.now);
        told.clear();
        if (const auto own = devices::retell(tx, *changed)) told.push_back(*own);
        if (changed->site != held->site) app::dispatch::retell_courier(tx, id);
        for (const auto& floor : app::dispatch::retell_crew(tx, id)) told.push_back(floor);
        return answer(courier_view(tx, *store::find_courier(tx, id)));
    });
    if (!edited) return explain(edited.error());
    tell_carried(side_, changes);
    for (const auto& device : told) side_.views.changed(device);
    return std::move(*edited);
}

http::Response CourierRoutes::bind(const Call& call) {
    JsonBody body(call.request);
    const auto device = body.text("device", device_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("id");
    std::vector<devices::Carried> changes;
    auto bound = side_.db.write([&](core::Tx& tx) -> core::Result<http::Response> {
        auto done = devices::bind(tx, id, *core::DeviceId::parse(device));
        if (!done) return done.error();
        changes = std::move(*done);
        audit_carried(tx, call.actor(), changes, call.now);
        return answer(courier_view(tx, *store::find_courier(tx, id)));
    });
    if (!bound) return refuse(bound.error());
    tell_carried(side_, changes);
    return std::move(*bound);
}

http::Response CourierRoutes::unbind(const Call& call) {
    const auto changes = side_.db.write([&](core::Tx& tx) {
        auto done = devices::unbind(tx, call.request.param("id"));
        if (done) audit_carried(tx, call.actor(), *done, call.now);
        return done;
    });
    if (!changes) return refuse(changes.error());
    tell_carried(side_, *changes);
    return http::no_content();
}

core::Result<CourierCard> CourierRoutes::card_of(core::Tx& tx, const std::string& id, core::TimeUs now) const {
    auto courier = store::find_courier(tx, id);
    if (!courier) return core::not_found("no such courier");
    CourierCard card{std::move(*courier), {}, {}, {}, {}};
    if (card.courier.site) card.site = store::find_site(tx, *card.courier.site);
    if (auto device = store::device_of_courier(tx, id)) {
        card.live = side_.live.find(device->id);
        card.device = devices::card_of(tx, std::move(*device), now);
    }
    card.shift = store::last_shift_of_courier(tx, id);
    if (card.shift) card.breaks = store::breaks_of(tx, card.shift->shift_id);
    card.records = couriers::records_of_shift(tx, card.shift, now);
    return card;
}

}  // namespace plus7::central::api
