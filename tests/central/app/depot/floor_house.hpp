// A depot with couriers, orders and registries, on either engine; its scans. Asserts by doctest.
#pragma once
#include "central/app/couriers/couriers.hpp"
#include "central/app/depot/handout.hpp"
#include "central/app/depot/intake.hpp"
#include "central/app/depot/returns.hpp"
#include "central/app/depot/undo.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/orders/orders.hpp"
#include "central/app/orders/sites.hpp"
#include "central/store/migrations.hpp"
#include "central/store/task_view.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

namespace depot = central::app::depot;
namespace custody = central::app::custody;
namespace store = central::store;
using depot::Word;
using model::HolderKind;

inline std::string any_id() { return core::to_uuid_text(core::random_id<core::EventId>()); }

template <typename Engine>
struct FloorHouse {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    core::TimeUs now = core::time_us(1'800'000'000'000'000);
    std::string staff = any_id();
    std::string site, other_site;

    FloorHouse() {
        sql::migrate(*db, store::migrations()).value();
        site = depot_named("Северный");
        other_site = depot_named("Южный");
    }
    custody::Acting who() const { return {staff, now}; }

    template <typename Fn>
    auto run(Fn fn) {
        auto result = db->write(fn);
        REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
        if constexpr (!std::is_void_v<std::invoke_result_t<Fn&, sql::Tx&>>) return std::move(*result);
    }
    // Within the open floor of the depot; a refusal comes back as an error.
    template <typename Fn>
    auto on_floor(Fn fn) {
        return db->write([&](sql::Tx& tx) -> decltype(fn(tx, std::declval<const depot::Floor&>())) {
            const auto floor = depot::open_floor(tx, who(), site);
            if (!floor) return floor.error();
            return fn(tx, *floor);
        });
    }

    std::string depot_named(const std::string& name) {
        central::app::orders::SiteChange change;
        change.name = name;
        change.address = "ул. Складская, 1";
        return run([&](sql::Tx& tx) { return central::app::orders::create_site(tx, true, change, now).value().id; });
    }
    std::string courier(const std::string& code) {
        return run([&](sql::Tx& tx) {
            return central::app::couriers::create(tx, {"Курьер " + code, code, {}}, now).value().id;
        });
    }
    // An order of as many parcels as codes: their ids.
    std::vector<std::string> order(const std::vector<std::string>& codes, const std::string& sender = "Лавка") {
        central::app::orders::NewOrder order;
        order.sender = sender;
        order.terms.recipient = {"Ольга", {}};
        order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        for (const auto& code : codes) order.parcels.push_back({code, {}, {}});
        return run([&](sql::Tx& tx) {
            last_order = central::app::orders::create(
                             tx, who(), order, central::app::orders::prepare(central::app::orders::take_numbers(tx, 1)))
                             .value()
                             .id;
            std::vector<std::string> ids;
            for (const auto& parcel : store::parcels_of(tx, last_order)) ids.push_back(parcel.id);
            return ids;
        });
    }
    std::string last_order;
    std::string parcel(const std::string& code) { return order({code}).front(); }
    void plan(const std::string& courier_id) {
        run([&](sql::Tx& tx) {
            return central::app::dispatch::plan(tx, who(), {{last_order}, courier_id, false}).value();
        });
    }
    std::string registry(const std::string& number, const std::vector<std::string>& parcels, std::string at = {}) {
        const auto id = any_id();
        run([&](sql::Tx& tx) { make_registry(tx, id, number, at.empty() ? site : at, parcels); });
        return id;
    }
    void make_registry(sql::Tx& tx, const std::string& id, const std::string& number, const std::string& at,
                       const std::vector<std::string>& parcels) {
        tx.exec(
            "INSERT INTO registry (registry_id, number, sender, site_id, state, total, version, created_us, "
            "created_by) "
            "VALUES ($1, $2, 'Лавка', $3, 'open', $4, 1, $5, $6)",
            id, number, at, parcels.size(), now, staff);
        for (std::size_t line = 0; line < parcels.size(); ++line)
            tx.exec("INSERT INTO registry_line (registry_id, line, parcel_id) VALUES ($1, $2, $3)", id, line + 1,
                    parcels[line]);
    }

    depot::Scanned take_in(const depot::Code& code, std::optional<std::string> registry_id = {}) {
        return on_floor(
                   [&](sql::Tx& tx, const depot::Floor& floor) { return depot::take_in(tx, floor, registry_id, code); })
            .value();
    }
    depot::Scanned hand_out(const depot::Code& code, const std::string& courier_id) {
        return on_floor(
                   [&](sql::Tx& tx, const depot::Floor& floor) { return depot::hand_out(tx, floor, courier_id, code); })
            .value();
    }
    depot::Scanned count_in(const depot::Code& code, const std::string& courier_id) {
        return on_floor(
                   [&](sql::Tx& tx, const depot::Floor& floor) { return depot::count_in(tx, floor, courier_id, code); })
            .value();
    }
    core::Result<depot::ClosedCount> close_count(const std::string& courier_id,
                                                 std::optional<std::string> reason = {}) {
        return on_floor(
            [&](sql::Tx& tx, const depot::Floor& floor) { return depot::close_count(tx, floor, courier_id, reason); });
    }
    core::Result<depot::Scanned> undo(const depot::Scanned& scanned, std::optional<std::string> reason = {},
                                      bool may_late = false) {
        return on_floor([&](sql::Tx& tx, const depot::Floor& floor) {
            return depot::undo_scan(tx, floor, {scanned.parcel->id, *scanned.event, reason, may_late});
        });
    }
    // As a reader, who may lock nothing.
    template <typename Fn>
    auto look(Fn fn) {
        return db
            ->read([&](sql::Tx& tx) -> decltype(fn(tx, std::declval<const depot::Floor&>())) {
                return fn(tx, depot::open_floor(tx, who(), site).value());
            })
            .value();
    }
    depot::IntakeBoard board(const std::string& registry_id) {
        return look(
            [&](sql::Tx& tx, const depot::Floor& floor) { return depot::intake_board(tx, floor, registry_id); });
    }
    // What the courier's handheld told; `knew` is what central had told it.
    model::Effect handheld_says(const std::string& courier_id, const std::string& parcel_id, const model::Holder& from,
                                const model::Holder& to, std::uint64_t knew) {
        return run([&](sql::Tx& tx) {
            custody::ParcelEvent event;
            event.id = core::uuid_v7(std::chrono::floor<std::chrono::milliseconds>(now));
            event.parcel = parcel_id;
            event.type = "parcel.handover";
            event.by_kind = custody::ByKind::courier;
            event.by = courier_id;
            event.device = "0000000000" + courier_id.substr(0, 3);
            event.at = event.received = now;
            event.knew = knew;
            event.what = model::HandedOver{from, to, model::Half::none, model::Leg::delivery, {}, {}};
            return custody::take(tx, event).value().verdict.effect;
        });
    }
    model::Holder here() const { return {HolderKind::depot, {store::row_id(site).value}}; }
    store::FloorParcel now_of(const std::string& parcel_id) {
        return run([&](sql::Tx& tx) { return store::find_floor_parcel(tx, parcel_id).value(); });
    }
    std::string story_end(const std::string& effect_or_doubt) {
        return run([&](sql::Tx& tx) {
            return tx
                .one("SELECT " + effect_or_doubt +
                     " AS word FROM parcel_event ORDER BY received_us DESC, number "
                     "DESC LIMIT 1")
                ->template get<std::string>("word");
        });
    }
};

}  // namespace plus7::test
