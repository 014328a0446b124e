#include "central/api/bag_routes.hpp"

#include "central/api/depot_codec.hpp"
#include "central/api/haul_papers.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/depot/sorting.hpp"
#include "central/app/orders/orders.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

constexpr TextRule cell_rule{1, 12, app::orders::is_text};
constexpr TextRule seal_rule{1, 40, app::orders::is_text};

// `kind` and `id`, which only couriers, depots and points have.
depot::Goal read_goal(JsonBody& body) {
    depot::Goal goal;
    const auto kind = depot::goal_kind_from(body.text("kind", {1, 10}));
    if (!kind) body.fault("kind", "unknown");
    goal.kind = kind.value_or(depot::GoalKind::none);
    goal.id = text_or_none(body, "id", floor_id_rule).value_or("");
    return goal;
}

core::Result<http::Response> board_of(core::Tx& tx, const depot::Floor& floor, const std::string& bag) {
    const auto board = depot::bag_board(tx, bag);
    if (!board) return board.error();
    return http::json(FloorJson(tx, floor.site).bag_board(*board));
}

}  // namespace

http::Response BagRoutes::bins(const Call& call) {
    return calls_.show(call, [](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        FloorJson json(tx, floor.site);
        const auto items = json_list(depot::bins(tx, floor), [&](const depot::Bin& one) { return json.bin(one); });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response BagRoutes::name_cell(const Call& call) {
    JsonBody body(call.request);
    const auto goal = read_goal(body);
    const auto cell = text_or_none(body, "cell", cell_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        if (const auto named = depot::name_cell(tx, floor, goal, cell); !named) return named.error();
        record_at_depot(
            tx, call, "depot.cell_named",
            {{"kind", std::string(depot::name_of(goal.kind))}, {"id", goal.id}, {"cell", cell.value_or("")}});
        FloorJson json(tx, floor.site);
        const auto items = json_list(depot::bins(tx, floor), [&](const depot::Bin& one) { return json.bin(one); });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response BagRoutes::sort_scan(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::sort(tx, floor, code); },
        [](core::Tx&, const depot::Floor&) { return "null"; });
}

http::Response BagRoutes::bags(const Call& call) {
    return calls_.show(call, [](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        FloorJson json(tx, floor.site);
        const auto items =
            json_list(store::bags_at(tx, floor.site), [&](const store::BagRow& one) { return json.bag(one); });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response BagRoutes::open(const Call& call) {
    JsonBody body(call.request);
    const auto goal = read_goal(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto bag = depot::open_bag(tx, floor, goal);
        if (!bag) return bag.error();
        record_at_depot(tx, call, "depot.bag_opened", {{"bag", bag->number}});
        return board_of(tx, floor, bag->id);
    });
}

http::Response BagRoutes::bag(const Call& call) {
    return calls_.show(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return board_of(tx, floor, call.request.param("bag")); });
}

http::Response BagRoutes::scan(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("bag");
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::put_into_bag(tx, floor, id, code); },
        [&](core::Tx& tx, const depot::Floor&) { return bag_figures(tx, id); });
}

http::Response BagRoutes::take_out(const Call& call) {
    JsonBody body(call.request);
    const auto parcel = body.text("parcel", floor_id_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("bag");
    return calls_.change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        if (const auto out = depot::take_from_bag(tx, floor, id, parcel); !out) return out.error();
        return board_of(tx, floor, id);
    });
}

http::Response BagRoutes::close(const Call& call) {
    JsonBody body(call.request, true);
    const auto seal = text_or_none(body, "seal", seal_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto bag = depot::close_bag(tx, floor, call.request.param("bag"), seal);
        if (!bag) return bag.error();
        record_at_depot(tx, call, "depot.bag_closed",
                        {{"bag", bag->number}, {"parcels", std::to_string(bag->parcels)}, {"seal", seal.value_or("")}});
        return board_of(tx, floor, bag->id);
    });
}

http::Response BagRoutes::reopen(const Call& call) {
    JsonBody body(call.request);
    const auto reason = body.text("reason", floor_note_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto bag = depot::reopen_bag(tx, floor, call.request.param("bag"), reason);
        if (!bag) return bag.error();
        record_at_depot(tx, call, "depot.bag_reopened", {{"bag", bag->number}, {"reason", reason}});
        return board_of(tx, floor, bag->id);
    });
}

http::Response BagRoutes::label(const Call& call) {
    const auto size = call.request.query_value("size").value_or("standard");
    if (size != "standard" && size != "small") return refuse(core::invalid("size: standard or small"));
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto bag = store::find_bag(tx, call.request.param("bag"));
        if (!bag) return core::not_found("no such bag");
        auto paper = bag_label(tx, *bag, floor, size == "small");
        if (!paper) return paper.error();
        return pdf_response(std::move(*paper), "bag-label.pdf");
    });
}

http::Response BagRoutes::list(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::bag_board(tx, call.request.param("bag"));
        if (!board) return board.error();
        auto paper = bag_list(tx, *board, floor);
        if (!paper) return paper.error();
        return pdf_response(std::move(*paper), "bag.pdf");
    });
}

}  // namespace plus7::central::api
