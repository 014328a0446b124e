#include "central/api/tariff_routes.hpp"

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/tariff_codec.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace tariffs = app::tariffs;

bool holds(core::Tx& tx, const store::TariffRow& tariff, core::TimeUs now) {
    const auto current = store::tariff_at(tx, tariff.currency, now);
    return current && current->id == tariff.id;
}

http::Response answer(core::Tx& tx, const Call& call, const std::string& id, int status) {
    const auto tariff = store::find_tariff(tx, id).value();
    return http::json(tariff_json(tariff, holds(tx, tariff, call.now)), status).with("ETag", etag_of(tariff.version));
}

void record(core::Tx& tx, const Call& call, const store::TariffRow& tariff, const char* action) {
    audit::record(
        tx, {call.actor(), action, audit::Subject{audit::SubjectKind::tariff, tariff.id}, {{"name", tariff.name}}},
        call.now);
}

}  // namespace

http::Response TariffRoutes::list(const Call& call) {
    const auto items = db_.read([&](core::Tx& tx) {
        return json_list(store::tariffs(tx), [&](const store::TariffRow& tariff) {
            return tariff_json(tariff, holds(tx, tariff, call.now));
        });
    });
    if (!items) return refuse(items.error());
    return http::json(JsonObject().json("items", *items).done());
}

http::Response TariffRoutes::create(const Call& call) {
    JsonBody body(call.request);
    const auto tariff = read_tariff(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto made = tariffs::create_tariff(tx, tariff, call.now);
        if (!made) return made.error();
        record(tx, call, *made, "tariff.created");
        return answer(tx, call, made->id, 201);
    };
    return idempotency_.once(call, work);
}

http::Response TariffRoutes::edit(const Call& call) {
    JsonBody body(call.request);
    const auto state = body.text("state");
    if (!state.empty() && state != "open" && state != "archived") body.fault("state", "malformed", "open or archived");
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = require_if_match(call.request)) return std::move(*refused);
    const auto& id = call.request.param("id");
    auto edited = db_.write([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto held = store::lock_tariff(tx, id);
        if (!held) return core::not_found("no such tariff");
        if (auto stale = check_if_match(call.request, held->version)) return std::move(*stale);
        store::update_tariff_state(tx, id, state == "open");
        record(tx, call, *held, state == "open" ? "tariff.opened" : "tariff.archived");
        return answer(tx, call, id, 200);
    });
    if (!edited) return refuse(edited.error());
    return std::move(*edited);
}

http::Response TariffRoutes::price(const Call& call) {
    JsonBody body(call.request);
    const auto question = read_question(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto told = db_.read([&](core::Tx& tx) -> core::Result<std::string> {
        const auto found = tariffs::quote(tx, question, call.now);
        if (!found) return found.error();
        return quote_json(*found);
    });
    if (!told) return refuse(told.error());
    return http::json(*told);
}

}  // namespace plus7::central::api
