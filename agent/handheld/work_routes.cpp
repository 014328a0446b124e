#include "agent/handheld/work_routes.hpp"

#include "agent/handheld/work_json.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using app::Parcels;
using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t body_limit = 64 * 1024;
constexpr std::string_view many_parcels = "several parcels have this code: choose one in the list";

template <typename Id>
core::Result<Id> id_from(const std::string& hex, std::string_view otherwise) {
    const auto bytes = core::from_hex(hex);
    const auto id = bytes ? Id::from(*bytes) : std::nullopt;
    if (!id) return core::not_found(std::string(otherwise));
    return *id;
}

// By id, or by a barcode that only one parcel here has.
core::Result<app::ParcelIds> parcels_of(const Parcels& parcels, const std::vector<std::string>& names) {
    app::ParcelIds ids;
    for (const auto& name : names) {
        if (const auto id = id_from<model::ParcelId>(name, ""); id && parcels.work().parcel(*id)) {
            ids.push_back(*id);
            continue;
        }
        const auto found = parcels.work().with_code(name);
        if (found.empty()) return core::not_found(std::string(Parcels::no_parcel));
        if (found.size() > 1) return core::conflict(std::string(many_parcels));
        ids.push_back(found[0].id);
    }
    return ids;
}

using Act = Parcels::Saved (*)(Parcels&, const app::ParcelIds&, const WorkRequest&);

Parcels::Saved take(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest&) { return parcels.take(ids); }

Parcels::Saved deliver(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest& request) {
    return parcels.deliver(ids, request.proofs);
}

Parcels::Saved fail(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest& request) {
    return parcels.fail(ids, {request.reason, request.calls, request.photos});
}

Parcels::Saved hand_back(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest& request) {
    const auto site = id_from<model::HolderId>(request.site, Parcels::no_site);
    if (!site) return site.error();
    return parcels.hand_back(ids, *site);
}

Parcels::Saved undo(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest&) { return parcels.undo(ids); }

http::Handler acting(Parcels& parcels, Act act) {
    return [&parcels, act](const Request& request) -> Response {
        const auto asked = read_work_request(request.body);
        if (!asked) return http::problem(asked.error(), request);
        const auto ids = parcels_of(parcels, asked->parcels);
        if (!ids) return http::problem(ids.error(), request);
        const auto saved = act(parcels, *ids, *asked);
        if (!saved) return http::problem(saved.error(), request);
        return http::json(saved_json(*saved), 201);
    };
}

Response money(Parcels& parcels, const Request& request) {
    const auto asked = read_work_request(request.body);
    if (!asked) return http::problem(asked.error(), request);
    const auto order = id_from<model::OrderId>(asked->order, Parcels::no_order);
    if (!order) return http::problem(order.error(), request);
    const auto way = asked->way == "cash"   ? model::MoneyWay::cash
                     : asked->way == "card" ? model::MoneyWay::card
                                            : model::MoneyWay::sbp;
    const auto saved = parcels.take_money(*order, asked->minor, asked->currency, way);
    if (!saved) return http::problem(saved.error(), request);
    return http::json(saved_json(*saved), 201);
}

Response check_code(app::Codes& codes, const Request& request) {
    const auto asked = read_work_request(request.body);
    if (!asked) return http::problem(asked.error(), request);
    const auto order = id_from<model::OrderId>(asked->order, Parcels::no_order);
    if (!order) return http::problem(order.error(), request);
    const auto right = codes.check(*order, asked->code);
    if (!right) return http::problem(right.error(), request);
    return http::no_content();
}

}  // namespace

std::vector<http::Route> work_routes(Parcels& parcels, app::Codes& codes) {
    return {
        {Method::get, "/work",
         [&parcels, &codes](const Request&) { return http::json(work_json(parcels.work(), codes, parcels.self())); }},
        {Method::post, "/parcels/take", acting(parcels, take), body_limit},
        {Method::post, "/parcels/deliver", acting(parcels, deliver), body_limit},
        {Method::post, "/parcels/fail", acting(parcels, fail), body_limit},
        {Method::post, "/parcels/return", acting(parcels, hand_back), body_limit},
        {Method::post, "/parcels/undo", acting(parcels, undo), body_limit},
        {Method::post, "/code", [&codes](const Request& request) { return check_code(codes, request); }, body_limit},
        {Method::post, "/money", [&parcels](const Request& request) { return money(parcels, request); }, body_limit},
    };
}

}  // namespace plus7::agent::handheld
