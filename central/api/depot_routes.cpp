#include "central/api/depot_routes.hpp"

#include <charconv>

#include "central/api/depot_codec.hpp"
#include "central/api/depot_papers.hpp"
#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/depot/bag_undo.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;
constexpr int most_closed = 15;
constexpr std::int64_t most_bag_events = 1'000'000;

core::Result<std::optional<std::pair<core::TimeUs, std::string>>> cursor_of(const PageAsked& page) {
    std::optional<std::pair<core::TimeUs, std::string>> before;
    if (page.cursor.empty()) return before;
    std::int64_t at = 0;
    const auto* end = page.cursor[0].data() + page.cursor[0].size();
    const auto read = std::from_chars(page.cursor[0].data(), end, at);
    if (read.ec != std::errc{} || read.ptr != end) return core::invalid("the cursor is not one of ours");
    before = {core::time_us(at), page.cursor[1]};
    return before;
}

}  // namespace

http::Response DepotRoutes::registries(const Call& call) {
    return calls_.show(call, [](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        FloorJson json(tx, floor.site);
        const auto items =
            json_list(store::floor_registries(tx, floor.site, most_closed), [&](const store::FloorRegistry& one) {
                return json.registry(one, store::registry_figures(tx, one.id, floor.depot));
            });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response DepotRoutes::registry(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::intake_board(tx, floor, call.request.param("registry"));
        if (!board) return board.error();
        return http::json(FloorJson(tx, floor.site).intake(*board));
    });
}

http::Response DepotRoutes::close_registry(const Call& call) {
    JsonBody body(call.request, true);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("registry");
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto closed = depot::close_registry(tx, floor, id);
        if (!closed) return closed.error();
        record_at_depot(tx, call, "depot.registry_closed", {{"registry", closed->number}});
        const auto board = depot::intake_board(tx, floor, id);
        if (!board) return board.error();
        const auto paper = act_of_discrepancies(tx, *board, floor);
        if (!paper) return paper.error();
        store::insert_act(tx, core::new_uuid_text(call.now), id, call.now, call.who().staff_id, core::view_of(*paper));
        return http::json(FloorJson(tx, floor.site).intake(*board));
    });
}

http::Response DepotRoutes::reopen_registry(const Call& call) {
    JsonBody body(call.request);
    const auto reason = body.text("reason", floor_note_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& id = call.request.param("registry");
    return calls_.change_floor(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto opened = depot::reopen_registry(tx, floor, id);
        if (!opened) return opened.error();
        record_at_depot(tx, call, "depot.registry_reopened", {{"registry", opened->number}, {"reason", reason}});
        const auto board = depot::intake_board(tx, floor, id);
        if (!board) return board.error();
        return http::json(FloorJson(tx, floor.site).intake(*board));
    });
}

http::Response DepotRoutes::act(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::intake_board(tx, floor, call.request.param("registry"));
        if (!board) return board.error();
        // As it was when it was closed and signed; before, as it stands.
        if (board->registry.state == "closed")
            if (const auto kept = store::newest_act(tx, board->registry.id))
                return pdf_response(std::string(core::text_of(*kept)), "act.pdf");
        auto paper = act_of_discrepancies(tx, *board, floor);
        if (!paper) return paper.error();
        return pdf_response(std::move(*paper), "act.pdf");
    });
}

http::Response DepotRoutes::intake_scan(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    const auto registry = text_or_none(body, "registry", floor_id_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::take_in(tx, floor, registry, code); },
        [&](core::Tx& tx, const depot::Floor& floor) {
            return registry ? figures_json(store::registry_figures(tx, *registry, floor.depot)) : "null";
        });
}

http::Response DepotRoutes::intake_damage(const Call& call) {
    JsonBody body(call.request);
    const auto parcel = text_or_none(body, "parcel", floor_id_rule);
    const auto extra = text_or_none(body, "extra", floor_id_rule);
    const auto registry = text_or_none(body, "registry", floor_id_rule);
    const auto note = body.text("note", floor_note_rule);
    if (parcel.has_value() == extra.has_value()) body.fault("parcel", "required", "either parcel or extra");
    if (auto refused = body.refusal()) return std::move(*refused);
    const FloorCalls::Scan work = [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<depot::Scanned> {
        if (parcel) return depot::note_damage(tx, floor, *parcel, note);
        if (const auto noted = depot::note_extra(tx, floor, *extra, note); !noted) return noted.error();
        return depot::Scanned{.word = depot::Word::unknown, .extra = extra};
    };
    return calls_.scan(call, work, [&](core::Tx& tx, const depot::Floor& floor) {
        return registry ? figures_json(store::registry_figures(tx, *registry, floor.depot)) : "null";
    });
}

http::Response DepotRoutes::couriers(const Call& call) {
    return calls_.show(call, [](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        FloorJson json(tx, floor.site);
        const auto items = json_list(store::courier_loads(tx, floor.depot, floor.site),
                                     [&](const store::CourierLoad& load) { return json.load(load); });
        return http::json(JsonObject().json("items", items).done());
    });
}

http::Response DepotRoutes::handout(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::handout_board(tx, floor, call.request.param("courier"));
        if (!board) return board.error();
        return http::json(FloorJson(tx, floor.site).handout(*board));
    });
}

http::Response DepotRoutes::handout_scan(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& courier = call.request.param("courier");
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::hand_out(tx, floor, courier, code); },
        [&](core::Tx& tx, const depot::Floor& floor) { return handout_figures(tx, floor, courier); });
}

http::Response DepotRoutes::handout_list(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::handout_board(tx, floor, call.request.param("courier"));
        if (!board) return board.error();
        auto paper = hand_out_list(tx, *board, floor);
        if (!paper) return paper.error();
        return pdf_response(std::move(*paper), "hand-out.pdf");
    });
}

http::Response DepotRoutes::returns(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto board = depot::return_board(tx, floor, call.request.param("courier"));
        if (!board) return board.error();
        return http::json(FloorJson(tx, floor.site).returns(*board));
    });
}

http::Response DepotRoutes::return_scan(const Call& call) {
    JsonBody body(call.request);
    const auto code = read_code(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& courier = call.request.param("courier");
    return calls_.scan(
        call, [&](core::Tx& tx, const depot::Floor& floor) { return depot::count_in(tx, floor, courier, code); },
        [&](core::Tx& tx, const depot::Floor& floor) { return return_figures(tx, floor, courier); });
}

http::Response DepotRoutes::close_return(const Call& call) {
    JsonBody body(call.request, true);
    const auto reason = text_or_none(body, "reason", floor_note_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    return calls_.change(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto closed = depot::close_count(tx, floor, call.request.param("courier"), reason);
        if (!closed) return closed.error();
        record_at_depot(tx, call, "depot.counted",
                        {{"courier", closed->count.courier},
                         {"expected", std::to_string(closed->count.expected)},
                         {"counted", std::to_string(closed->count.counted)}});
        return http::json(FloorJson(tx, floor.site).closed_count(*closed));
    });
}

http::Response DepotRoutes::counts(const Call& call) {
    const auto page = page_asked(call.request, 2);
    if (!page) return refuse(page.error());
    const auto before = cursor_of(*page);
    if (!before) return refuse(before.error());
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        auto counts = store::closed_counts(tx, floor.site, *before, page->limit + 1);
        std::optional<std::string> next;
        if (counts.size() > static_cast<std::size_t>(page->limit)) {
            counts.pop_back();
            next = to_cursor({std::to_string(core::count(*counts.back().closed)), counts.back().id});
        }
        FloorJson json(tx, floor.site);
        const auto items = json_list(counts, [&](const store::CountRow& one) { return json.count(one); });
        return http::json(JsonObject().json("items", items).text("next", next).done());
    });
}

http::Response DepotRoutes::count(const Call& call) {
    return calls_.show(call, [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<http::Response> {
        const auto closed = depot::closed_count(tx, floor, call.request.param("count"));
        if (!closed) return closed.error();
        return http::json(FloorJson(tx, floor.site).closed_count(*closed));
    });
}

http::Response DepotRoutes::undo(const Call& call) {
    JsonBody body(call.request);
    depot::Undo undo;
    const auto parcel = text_or_none(body, "parcel", floor_id_rule);
    const auto extra = text_or_none(body, "extra", floor_id_rule);
    const auto bag = text_or_none(body, "bag", floor_id_rule);
    const auto event = parcel ? core::from_uuid_text(body.text("event", floor_id_rule)) : std::nullopt;
    const auto scan = bag ? body.maybe_number("scan", 1, most_bag_events) : std::nullopt;
    const auto registry = text_or_none(body, "registry", floor_id_rule);
    undo.reason = text_or_none(body, "reason", floor_note_rule);
    if (parcel.has_value() + extra.has_value() + bag.has_value() != 1)
        body.fault("parcel", "required", "one of parcel, extra and bag");
    if (parcel && !event) body.fault("event", "malformed");
    if (bag && !scan) body.fault("scan", "required");
    if (auto refused = body.refusal()) return std::move(*refused);
    undo.parcel = parcel.value_or("");
    undo.event = event.value_or(core::EventId{});
    undo.may_late = app::accounts::allows(call.who().roles, app::accounts::Permission::correct_depot);
    const FloorCalls::Scan work = [&](core::Tx& tx, const depot::Floor& floor) -> core::Result<depot::Scanned> {
        record_at_depot(tx, call, "depot.undone",
                        {{bag ? "bag" : "parcel", bag.value_or(undo.parcel)}, {"reason", undo.reason.value_or("")}});
        if (parcel) return depot::undo_scan(tx, floor, undo);
        if (bag) return depot::undo_bag_scan(tx, floor, {*bag, *scan, undo.reason, undo.may_late});
        if (const auto done = depot::undo_extra(tx, floor, *extra); !done) return done.error();
        return depot::Scanned{.word = depot::Word::unknown, .extra = extra};
    };
    return calls_.scan(call, work, [&](core::Tx& tx, const depot::Floor& floor) {
        return registry ? figures_json(store::registry_figures(tx, *registry, floor.depot)) : "null";
    });
}

}  // namespace plus7::central::api
