#include "central/api/floor_calls.hpp"

#include <algorithm>

#include "central/api/depot_codec.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/dispatch/floor_view.hpp"
#include "central/app/orders/orders.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;
namespace depot = app::depot;
using app::custody::Acting;

constexpr std::size_t longest_code = 200;

Acting acting(const Call& call) { return {call.who().staff_id, call.now}; }

// "reason: …" is about that member.
http::Response explain(const core::Error& error) {
    if (error.kind == core::ErrorKind::invalid && error.message.starts_with("reason:"))
        return refuse(Refused::invalid, error.message, {{"reason", "required", ""}});
    return refuse(error);
}

// A scanner's code as people and scanners give it: without blanks around.
std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == text.npos) return "";
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

}  // namespace

const TextRule floor_id_rule{1, 36};
const TextRule floor_note_rule{1, 300, app::orders::is_text};

depot::Code read_code(JsonBody& body) {
    depot::Code code;
    code.text = trimmed(body.text("code", {1, longest_code, app::orders::is_text}));
    code.parcel = body.maybe_text("parcel", floor_id_rule);
    code.confirmed = body.maybe_flag("confirmed").value_or(false);
    return code;
}

std::optional<std::string> text_or_none(JsonBody& body, std::string_view member, const TextRule& rule) {
    if (body.gives_null(member)) return std::nullopt;
    return body.maybe_text(member, rule);
}

void record_at_depot(core::Tx& tx, const Call& call, std::string action, std::vector<audit::Detail> detail) {
    const audit::Subject site{audit::SubjectKind::site, call.request.param("id")};
    audit::record(tx, {call.actor(), std::move(action), site, std::move(detail)}, call.now);
}

http::Response pdf_response(std::string bytes, const std::string& name) {
    http::Response response;
    response.status = 200;
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"" + name + "\"");
    response.body = std::move(bytes);
    return response;
}

http::Response FloorCalls::show(const Call& call, const Show& show) const {
    auto shown = side_.db.read([&](core::Tx& tx) -> core::Result<http::Response> {
        const auto floor = depot::open_floor(tx, acting(call), call.request.param("id"));
        if (!floor) return floor.error();
        return show(tx, *floor);
    });
    return shown ? std::move(*shown) : refuse(shown.error());
}

http::Response FloorCalls::change(const Call& call, const Show& change) const {
    const Idempotency::Work work = [&](core::Tx& tx) -> core::Result<http::Response> {
        const auto floor = depot::open_floor(tx, acting(call), call.request.param("id"));
        if (!floor) return floor.error();
        return change(tx, *floor);
    };
    return idempotency_.once(call, work, explain);
}

http::Response FloorCalls::scan(const Call& call, const Scan& scan, const Figures& figures) const {
    app::dispatch::Devices told;
    const Show work = [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        told.clear();
        const auto scanned = scan(tx, floor);
        if (!scanned) return scanned.error();
        told = scanned->told;
        return http::json(FloorJson(tx, floor.site).scanned(*scanned, figures(tx, floor)));
    };
    auto response = change(call, work);
    tell(std::move(told));
    return response;
}

http::Response FloorCalls::change_floor(const Call& call, const Show& change_it) const {
    app::dispatch::Devices told;
    auto response = change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        auto changed = change_it(tx, floor);
        if (changed) told = app::dispatch::retell_floor(tx, floor.site);
        return changed;
    });
    tell(std::move(told));
    return response;
}

void FloorCalls::tell(app::dispatch::Devices devices) const {
    std::sort(devices.begin(), devices.end());
    devices.erase(std::unique(devices.begin(), devices.end()), devices.end());
    for (const auto& device : devices) side_.views.changed(device);
}

}  // namespace plus7::central::api
