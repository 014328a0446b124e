#include "agent/handheld/transfer_routes.hpp"

#include "agent/app/transfers.hpp"
#include "agent/handheld/work_json.hpp"
#include "agent/handheld/work_routes.hpp"
#include "shared/http/problem.hpp"
#include "shared/print/qr.hpp"

namespace plus7::agent::handheld {
namespace {

using app::Transfers;
using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t body_limit = 64 * 1024;

Response shown(const core::Result<std::string>& code, const Request& request) {
    if (!code) return http::problem(code.error(), request);
    const auto picture = print::qr_svg(*code);
    if (!picture) return http::problem(core::limit(Transfers::too_much), request);
    return http::json(qr_json(*code, *picture));
}

Response give(const Desk& desk, const Request& request) {
    const auto asked = read_work_request(request.body);
    if (!asked) return http::problem(asked.error(), request);
    const auto ids = parcels_of(desk.parcels, asked->parcels);
    if (!ids) return http::problem(ids.error(), request);
    const auto saved = desk.transfers.give(*ids);
    if (!saved) return http::problem(saved.error(), request);
    return http::json(saved_json(*saved), 201);
}

Response goods(const Desk& desk, const Request& request) {
    const auto bytes = core::from_hex(request.query_value("order").value_or(""));
    const auto order = bytes ? model::OrderId::from(*bytes) : std::nullopt;
    if (!order) return http::problem(core::not_found(Transfers::nothing_given), request);
    return shown(desk.transfers.goods(*order), request);
}

}  // namespace

std::vector<http::Route> transfer_routes(const Desk& desk) {
    return {
        {Method::post, "/transfer/invite",
         [&desk](const Request& request) { return shown(desk.transfers.invite(), request); }, body_limit},
        {Method::post, "/transfer/give", [&desk](const Request& request) { return give(desk, request); }, body_limit},
        {Method::get, "/transfer/goods", [&desk](const Request& request) { return goods(desk, request); }},
    };
}

}  // namespace plus7::agent::handheld
