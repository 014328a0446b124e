// A company at work on either engine: couriers with their handhelds, orders of one parcel, the office; and what became
// of it. Asserts by doctest.
#pragma once
#include "central/app/couriers/couriers.hpp"
#include "central/app/custody/office.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/orders/orders.hpp"
#include "central/ingest/verify.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/ingest/ingest_world.hpp"

namespace plus7::test {

namespace custody = central::app::custody;
namespace orders = central::app::orders;
namespace devices = central::app::devices;
using model::HolderKind;

inline const model::Holder seller{HolderKind::seller, {}};
inline const model::Holder depot{HolderKind::depot, model::HolderId{{9}}};
inline const model::Holder customer{HolderKind::customer, {}};

inline constexpr const char* clerk = "018f0000-0000-7000-8000-000000000001";  // of the office

template <typename Engine>
struct Company : On<Engine> {
    // A courier with his handheld.
    struct Courier {
        HandDevice device;
        std::string id;
        model::Holder holder;
        std::vector<core::Bytes> unsent;

        core::Bytes& state(const std::string& type, const core::Bytes& data, const std::string& parcel,
                           std::uint64_t knew, std::optional<model::TransferId> transfer = {}) {
            auto fact = device.draft(type, data);
            fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
            fact.about.custody_version = knew;
            fact.about.transfer = transfer;
            unsent.push_back(device.seal(fact));
            last = fact.id;
            return unsent.back();
        }
        void hands(const model::Holder& from, const model::Holder& to, const std::string& parcel, std::uint64_t knew,
                   model::Half half = model::Half::none, std::optional<model::TransferId> transfer = {},
                   model::Leg leg = model::Leg::delivery) {
            const model::HandedOver data{from, to, half, leg, {}, {}};
            state(std::string(data.type), wire::encode_data(data), parcel, knew, transfer);
        }
        core::EventId last;  // of the newest fact
    };

    Courier courier(const std::string& code) {
        Courier made;
        this->enrol(made.device);
        this->db
            ->write([&](sql::Tx& tx) {
                made.id =
                    central::app::couriers::create(tx, {"Курьер " + code, code, {}}, this->clock.now()).value().id;
                devices::bind(tx, made.id, made.device.id).value();
            })
            .value();
        made.device.courier.value = core::from_uuid_text(made.id)->value;
        made.holder = {HolderKind::courier, {made.device.courier.value}};
        this->hello(made.device);
        return made;
    }
    // An order of one parcel, to the door or to a pickup point: the ids of both.
    std::pair<std::string, std::string> order(const std::optional<std::string>& point = {}) {
        orders::NewOrder order;
        order.sender = "Лавка";
        order.terms.recipient = {"Ольга", {}};
        if (point)
            order.terms.point = point;
        else
            order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        order.parcels.resize(1);
        return this->db
            ->write([&](sql::Tx& tx) {
                const auto made = orders::create(tx, {std::nullopt, this->clock.now()}, order,
                                                 orders::prepare(orders::take_numbers(tx, 1)))
                                      .value()
                                      .id;
                return std::pair{made, central::store::parcels_of(tx, made)[0].id};
            })
            .value();
    }
    void plan(const std::string& order, const std::string& courier) {
        this->db
            ->write([&](sql::Tx& tx) {
                central::app::dispatch::plan(tx, {std::nullopt, this->clock.now()}, {{order}, courier, false}).value();
                central::app::dispatch::retell_order(tx, order);
            })
            .value();
    }
    // A staff member scans: the event that it made.
    custody::Taken scan(const std::string& parcel, const model::Holder& from, const model::Holder& to) {
        return office([&](sql::Tx& tx, const custody::Acting& who) {
            return custody::hand_over(tx, who, parcel, {from, to, model::Leg::delivery});
        });
    }
    template <typename Act>
    custody::Taken office(Act act) {
        return this->db
            ->write([&](sql::Tx& tx) {
                auto taken = act(tx, custody::Acting{std::string(clerk), this->clock.now()}).value();
                central::app::dispatch::retell_order(tx, taken.order);
                return taken;
            })
            .value();
    }
    Outcome send(Courier& who) {
        const auto facts = std::exchange(who.unsent, {});
        return this->take(who.device, facts, who.device.seq - facts.size() + 1);
    }
    central::store::CustodyRow custody(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::custody_of_order(tx, order).at(0); }).value();
    }
    std::vector<central::store::ParcelEventRow> story(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::story_of(tx, order); }).value();
    }
    std::string status(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::find_order_line(tx, order)->status; }).value();
    }
    bool has_task(const Courier& who, const std::string& order) {
        const wire::RowKey task{wire::RowKind::task, {core::from_uuid_text(order)->value}};
        return this->db
            ->read([&](sql::Tx& tx) { return central::store::find_view_row(tx, who.device.id, task).has_value(); })
            .value();
    }
    wire::ParcelRow parcel_row(const Courier& who, const std::string& parcel) {
        const wire::RowKey place{wire::RowKind::parcel, {core::from_uuid_text(parcel)->value}};
        return wire::decode_parcel_row(this->db
                                           ->read([&](sql::Tx& tx) {
                                               return central::store::find_view_row(tx, who.device.id, place).value();
                                           })
                                           .value()
                                           .body)
            .value();
    }
    bool whole() {
        const auto verified = central::ingest::verify(*this->db).value();
        INFO(verified.words);
        CHECK(verified.whole);
        return verified.whole;
    }
};

}  // namespace plus7::test
