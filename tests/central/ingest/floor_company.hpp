// A company with two depots and their workers, who carry handhelds.
#pragma once
#include "central/app/depot/bags.hpp"
#include "central/app/depot/intake.hpp"
#include "central/app/depot/returns.hpp"
#include "central/app/depot/trip_scan.hpp"
#include "central/app/depot/trips.hpp"
#include "central/app/depot/undo.hpp"
#include "central/app/dispatch/floor_view.hpp"
#include "central/app/orders/sites.hpp"
#include "central/store/bag_store.hpp"
#include "central/store/courier_block_store.hpp"
#include "central/store/task_view.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/floor_rows.hpp"
#include "tests/central/ingest/company.hpp"

namespace plus7::test {

using model::Effect;
using wire::FloorGoal;
using wire::RowKind;

namespace floors = central::app::depot;
namespace store = central::store;

template <typename Engine>
struct FloorCompany : Company<Engine> {
    using Courier = typename Company<Engine>::Courier;

    FloorCompany() { north = depot_named("Северный"), south = depot_named("Южный"); }

    template <typename Fn>
    auto run(Fn fn) {
        auto result = this->db->write(fn);
        REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
        return std::move(*result);
    }
    model::Holder depot_named(const std::string& name) {
        orders::SiteChange site;
        site.name = name;
        site.address = "ул. Складская, 1";
        return {HolderKind::depot, {core::from_uuid_text(run([&](sql::Tx& tx) {
                                        return orders::create_site(tx, true, site, this->clock.now()).value().id;
                                    }))->value}};
    }
    static std::string id_of(const model::Holder& holder) { return core::to_uuid_text(holder.id); }
    Courier worker(const std::string& code, const model::Holder& at) {
        auto made = this->courier(code);
        run([&](sql::Tx& tx) {
            central::app::couriers::CourierChange change;
            change.site = id_of(at);
            devices::retell(tx, central::app::couriers::change(tx, made.id, change).value());
            central::app::dispatch::retell_courier(tx, made.id);
            return core::Result(0);
        });
        return made;
    }
    std::string registry(const std::string& number, const std::vector<std::string>& parcels, const model::Holder& at) {
        const auto id = core::new_uuid_text(this->clock.now());
        run([&](sql::Tx& tx) {
            tx.exec(
                "INSERT INTO registry (registry_id, number, sender, site_id, state, total, version, created_us) "
                "VALUES ($1, $2, 'Лавка', $3, 'open', $4, 1, $5)",
                id, number, id_of(at), parcels.size(), this->clock.now());
            for (std::size_t line = 0; line < parcels.size(); ++line)
                tx.exec("INSERT INTO registry_line (registry_id, line, parcel_id) VALUES ($1, $2, $3)", id, line + 1,
                        parcels[line]);
            central::app::dispatch::retell_floor(tx, id_of(at));
            return core::Result(0);
        });
        return id;
    }
    std::optional<core::Bytes> body(const Courier& who, RowKind kind, const std::string& id) {
        return this->db
            ->read([&](sql::Tx& tx) -> core::Result<std::optional<core::Bytes>> {
                const auto row = store::find_view_row(tx, who.device.id, {kind, store::row_id(id)});
                if (!row) return std::optional<core::Bytes>{};
                return std::optional(row->body);
            })
            .value();
    }
    std::optional<wire::FloorRow> seen(const Courier& who, const std::string& parcel) {
        const auto row = body(who, RowKind::floor, parcel);
        if (!row) return std::nullopt;
        return wire::decode_floor_row(*row).value();
    }
    std::optional<wire::RegistryRow> figures(const Courier& who, const std::string& registry) {
        const auto row = body(who, RowKind::registry, registry);
        if (!row) return std::nullopt;
        return wire::decode_registry_row(*row).value();
    }
    bool in_crew(const Courier& who, const Courier& courier) {
        return body(who, RowKind::crew, courier.id).has_value();
    }
    void scans(Courier& who, const std::string& code, const std::optional<std::string>& registry = {}) {
        model::Scan scan{core::copy_of(core::view_of(code)), model::Symbology::code128};
        if (registry) scan.registry = model::RegistryId{core::from_uuid_text(*registry)->value};
        auto fact = who.device.draft("scan", wire::encode_data(scan));
        who.unsent.push_back(who.device.seal(fact));
    }
    std::optional<store::CountRow> open_count(const Courier& courier) {
        return this->db
            ->read([&](sql::Tx& tx) { return core::Result(store::find_open_count(tx, id_of(north), courier.id)); })
            .value();
    }
    std::vector<store::ExtraRow> extras(const std::string& registry) {
        return this->db->read([&](sql::Tx& tx) { return core::Result(store::extras_of(tx, registry)); }).value();
    }
    template <typename Fn>
    auto at_desk(Fn fn) {
        return run([&](sql::Tx& tx) -> decltype(fn(tx, std::declval<const floors::Floor&>())) {
            const auto floor = floors::open_floor(tx, {std::string(clerk), this->clock.now()}, id_of(north));
            return fn(tx, *floor);
        });
    }
    std::string code_of(const std::string& parcel) {
        return run([&](sql::Tx& tx) { return core::Result(store::find_floor_parcel(tx, parcel)->code); });
    }

    model::Holder north, south;
};

}  // namespace plus7::test
