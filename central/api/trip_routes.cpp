#include "central/api/trip_routes.hpp"

#include "central/api/depot_codec.hpp"
#include "central/api/haul_papers.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/depot/trip_scan.hpp"
#include "central/app/orders/orders.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

constexpr int most_closed = 15;
constexpr TextRule carrier_rule{1, 100, app::orders::is_text};
constexpr TextRule vehicle_rule{1, 40, app::orders::is_text};

core::Result<http::Response> board_of(core::Tx& tx, const depot::Floor& floor, const std::string& trip) {
    const auto board = depot::trip_board(tx, floor, trip);
    if (!board) return board.error();
    return http::json(FloorJson(tx, floor.site).trip_board(*board));
}

using Paper = core::Result<std::string> (*)(core::Tx&, const depot::TripBoard&, const depot::Floor&);

core::Result<http::Response> print(core::Tx& tx, const depot::Floor& floor, const std::string& trip, Paper paper,
                                   const char* name) {
    const auto board = depot::trip_board(tx, floor, trip);
    if (!board) return board.error();
    auto printed = paper(tx, *board, floor);
    if (!printed) return printed.error();
    return pdf_response(std::move(*printed), name);
}

}  // namespace

http::Response TripRoutes::trips(const Call& call) {
    return calls_.show(call, [](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        FloorJson json(tx, floor.site);
        const auto items = json_list(store::trips_at(tx, floor.site, most_closed),
                                     [&](const store::TripRow& one) { return json.trip(one); });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response TripRoutes::open(const Call& call) {
    JsonBody body(call.request);
    depot::NewTrip asked;
    asked.to = body.text("to", floor_id_rule);
    asked.courier = text_or_none(body, "courier", floor_id_rule);
    asked.carrier = text_or_none(body, "carrier", carrier_rule);
    asked.vehicle = text_or_none(body, "vehicle", vehicle_rule);
    if (asked.courier.has_value() == asked.carrier.has_value())
        body.fault("courier", "required", "either a courier of ours or a carrier's name");
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto trip = depot::open_trip(tx, floor, asked);
        if (!trip) return trip.error();
        record_at_depot(tx, call, "depot.trip_opened", {{"trip", trip->number}, {"to", trip->to}});
        return board_of(tx, floor, trip->id);
    });
}

http::Response TripRoutes::trip(const Call& call) {
    return calls_.show(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return board_of(tx, floor, call.request.param("trip")); });
}

http::Response TripRoutes::load(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("trip");
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::load(tx, floor, id, code); },
        [&](core::Tx& tx, const depot::Floor&) { return trip_figures(tx, id); });
}

http::Response TripRoutes::depart(const Call& call) {
    JsonBody body(call.request, true);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto trip = depot::send_off(tx, floor, call.request.param("trip"));
        if (!trip) return trip.error();
        record_at_depot(tx, call, "depot.trip_left",
                        {{"trip", trip->number}, {"parcels", std::to_string(depot::figures_of(tx, *trip).loaded)}});
        return board_of(tx, floor, trip->id);
    });
}

http::Response TripRoutes::unload(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("trip");
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::unload(tx, floor, id, code); },
        [&](core::Tx& tx, const depot::Floor&) { return trip_figures(tx, id); });
}

http::Response TripRoutes::close(const Call& call) {
    JsonBody body(call.request, true);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("trip");
    return calls_.change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto trip = depot::close_trip(tx, floor, id);
        if (!trip) return trip.error();
        const auto board = depot::trip_board(tx, floor, id);
        if (!board) return board.error();
        const auto paper = trip_act(tx, *board, floor);
        if (!paper) return paper.error();
        store::keep_trip_act(tx, id, core::view_of(*paper));
        record_at_depot(tx, call, "depot.trip_closed",
                        {{"trip", trip->number},
                         {"expected", std::to_string(board->figures.loaded)},
                         {"arrived", std::to_string(board->figures.arrived)}});
        return board_of(tx, floor, id);
    });
}

http::Response TripRoutes::list(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) {
        return print(tx, floor, call.request.param("trip"), &trip_list, "trip.pdf");
    });
}

http::Response TripRoutes::act(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto& id = call.request.param("trip");
        const auto trip = depot::trip_board(tx, floor, id);
        if (!trip) return trip.error();
        // As it was when it was closed and signed; before, as it stands.
        if (const auto kept = store::trip_act(tx, id))
            return pdf_response(std::string(core::text_of(*kept)), "trip-act.pdf");
        return print(tx, floor, id, &trip_act, "trip-act.pdf");
    });
}

}  // namespace plus7::central::api
