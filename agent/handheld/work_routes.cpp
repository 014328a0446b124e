#include "agent/handheld/work_routes.hpp"

#include "agent/app/codes.hpp"
#include "agent/app/money.hpp"
#include "agent/app/shift.hpp"
#include "agent/handheld/work_json.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using app::Money;
using app::Parcels;
using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t body_limit = 64 * 1024;
constexpr std::string_view no_picture = "this is no JPEG or PNG picture";
constexpr std::string_view many_parcels = "several parcels have this code: choose one in the list";

template <typename Id>
core::Result<Id> id_from(const std::string& hex, std::string_view otherwise) {
    const auto bytes = core::from_hex(hex);
    const auto id = bytes ? Id::from(*bytes) : std::nullopt;
    if (!id) return core::not_found(otherwise);
    return *id;
}

using Act = Parcels::Saved (*)(Parcels&, const app::ParcelIds&, const WorkRequest&);

Parcels::Saved take(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest&) { return parcels.take(ids); }

Parcels::Saved deliver(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest& request) {
    return parcels.deliver(ids, request.proofs);
}

Parcels::Saved fail(Parcels& parcels, const app::ParcelIds& ids, const WorkRequest& request) {
    return parcels.fail(ids, {request.reason, request.calls, request.photos, request.again});
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

using MoneyAct = core::Result<core::EventId> (*)(Money&, const model::OrderId&, const WorkRequest&);

core::Result<core::EventId> take_money(Money& money, const model::OrderId& order, const WorkRequest& asked) {
    return money.take(order, asked.minor, asked.currency, asked.way);
}

core::Result<core::EventId> undo_money(Money& money, const model::OrderId& order, const WorkRequest&) {
    return money.undo(order);
}

http::Handler about_money(Money& money, MoneyAct act) {
    return [&money, act](const Request& request) -> Response {
        const auto asked = read_work_request(request.body);
        if (!asked) return http::problem(asked.error(), request);
        const auto order = id_from<model::OrderId>(asked->order, Money::no_order);
        if (!order) return http::problem(order.error(), request);
        const auto saved = act(money, *order, *asked);
        if (!saved) return http::problem(saved.error(), request);
        return http::json(saved_json({*saved}), 201);
    };
}

// Of the order that is named, or of the one that the first parcel named is of.
core::Result<model::OrderId> order_of(const Parcels& parcels, const WorkRequest& asked) {
    if (asked.parcels.empty()) return id_from<model::OrderId>(asked.order, Money::no_order);
    const auto ids = parcels_of(parcels, asked.parcels);
    if (!ids) return ids.error();
    return parcels.work().parcel(ids->front())->order;
}

Response check_code(const Parcels& parcels, app::Codes& codes, const Request& request) {
    const auto asked = read_work_request(request.body);
    if (!asked) return http::problem(asked.error(), request);
    const auto order = order_of(parcels, *asked);
    if (!order) return http::problem(order.error(), request);
    const auto right = codes.check(*order, asked->code);
    if (!right) return http::problem(right.error(), request);
    return http::no_content();
}

bool is_picture(core::ByteView bytes) {
    constexpr std::uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
    constexpr std::uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    const auto begins_with = [&](core::ByteView magic) {
        return bytes.size() > magic.size() && core::equal(bytes.first(magic.size()), magic);
    };
    return begins_with(jpeg) || begins_with(png);
}

Response keep_blob(store::BlobStore& blobs, const Request& request) {
    if (!is_picture(request.body_bytes())) return http::problem(core::invalid(no_picture), request);
    const auto sha = blobs.put(request.body_bytes());
    if (!sha) return http::problem(sha.error(), request);
    return http::json(blob_json(*sha), 201);
}

}  // namespace

core::Result<app::ParcelIds> parcels_of(const Parcels& parcels, const std::vector<std::string>& names) {
    app::ParcelIds ids;
    for (const auto& name : names) {
        if (const auto id = id_from<model::ParcelId>(name, ""); id && parcels.work().parcel(*id)) {
            ids.push_back(*id);
            continue;
        }
        const auto found = parcels.work().with_code(name);
        if (found.empty()) return core::not_found(Parcels::no_parcel);
        if (found.size() > 1) return core::conflict(many_parcels);
        ids.push_back(found[0].id);
    }
    return ids;
}

std::vector<http::Route> work_routes(const Desk& desk) {
    auto& parcels = desk.parcels;
    auto& codes = desk.codes;
    auto& money = desk.money;
    auto& blobs = desk.blobs;
    return {
        {Method::get, "/work",
         [&parcels, &codes, &shift = desk.shift](const Request&) {
             return http::json(work_json(parcels.work(), codes, parcels.self(), shift.open().has_value()));
         }},
        {Method::post, "/parcels/take", acting(parcels, take), body_limit},
        {Method::post, "/parcels/deliver", acting(parcels, deliver), body_limit},
        {Method::post, "/parcels/fail", acting(parcels, fail), body_limit},
        {Method::post, "/parcels/return", acting(parcels, hand_back), body_limit},
        {Method::post, "/parcels/undo", acting(parcels, undo), body_limit},
        {Method::post, "/code",
         [&parcels, &codes](const Request& request) { return check_code(parcels, codes, request); }, body_limit},
        {Method::post, "/blobs", [&blobs](const Request& request) { return keep_blob(blobs, request); },
         store::BlobStore::max_content},
        {Method::post, "/money", about_money(money, take_money), body_limit},
        {Method::post, "/money/undo", about_money(money, undo_money), body_limit},
    };
}

}  // namespace plus7::agent::handheld
