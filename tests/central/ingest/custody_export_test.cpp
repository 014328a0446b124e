// Whatever three handhelds and the office tell of a parcel, in whatever order it arrives: the custody file that is made
// of it is whole, so that its reader's rules and central's are the same. On both engines.
#include <random>

#include "central/api/custody_export.hpp"
#include "central/app/couriers/couriers.hpp"
#include "central/app/custody/office.hpp"
#include "central/app/orders/orders.hpp"
#include "central/store/certificate_store.hpp"
#include "central/store/courier_block_store.hpp"
#include "central/store/event_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/proof/check.hpp"
#include "tests/central/ingest/ingest_world.hpp"

using namespace plus7;
using namespace plus7::test;
namespace orders = central::app::orders;
namespace office = central::app::custody;
using model::Holder;
using model::HolderKind;

namespace {

template <typename Engine>
struct Day : On<Engine> {
    struct Courier {
        HandDevice device;
        std::vector<core::Bytes> unsent;
        std::vector<core::EventId> told;
        std::uint64_t knew = 0;
    };

    explicit Day(unsigned seed) : random(seed) {
        const auto tls = crypto::TlsKey::generate();
        for (auto& courier : couriers) {
            auto& device = courier.device;
            this->enrol(device);
            const auto csr = crypto::make_csr(tls, device.id.text()).value();
            const auto made =
                authority.issue_device(csr, device.id, device.key->public_key(), this->clock.now()).value();
            this->db
                ->write([&](sql::Tx& tx) {
                    central::store::CertificateRow row(made.serial, device.id);
                    row.csr_key = made.public_key_hash;
                    row.pem = made.pem;
                    row.issued = made.not_before;
                    row.not_after = made.not_after;
                    central::store::insert_certificate(tx, row);
                    const auto code = "C-" + std::to_string(places.size());
                    const auto id =
                        central::app::couriers::create(tx, {"Курьер", code, {}}, this->clock.now()).value().id;
                    device.courier.value = core::from_uuid_text(id)->value;
                })
                .value();
            this->hello(device);
            places.push_back({HolderKind::courier, {device.courier.value}});
        }
        orders::NewOrder order;
        order.sender = "Лавка";
        order.terms.recipient = {"Ольга", {}};
        order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
        order.parcels.resize(1);
        this->db
            ->write([&](sql::Tx& tx) {
                const auto made = orders::create(tx, {std::nullopt, this->clock.now()}, order,
                                                 orders::prepare(orders::take_numbers(tx, 1)))
                                      .value()
                                      .id;
                parcel = central::store::parcels_of(tx, made)[0].id;
                const auto& blocked = couriers[2].device;
                central::store::block_courier_on(tx, core::to_uuid_text(blocked.courier), blocked.id, 5);
            })
            .value();
    }

    std::size_t any(std::size_t count) { return random() % count; }

    // One thing that somebody does.
    void act() {
        auto& courier = couriers[any(couriers.size())];
        auto& device = courier.device;
        switch (any(10)) {
            case 0:
                courier.unsent.push_back(device.scan());
                return;
            case 1:
                return tell(courier, model::AttemptFailed{"no_answer", model::VisitId{{1}}, 2, {}});
            case 2:
                if (!courier.told.empty()) tell(courier, model::Corrected{courier.told[any(courier.told.size())]});
                return;
            case 3:
                return send(courier);
            case 9:
                return tell(courier, model::Damaged{"wet"});
            case 4:
            case 8:
                return office_acts();
            default: {
                const auto half = any(4) == 0 ? model::Half(1 + any(2)) : model::Half::none;
                return tell(
                    courier,
                    model::HandedOver{
                        places[any(places.size())], places[any(places.size())], half, model::Leg::delivery, {}, {}});
            }
        }
    }

    template <typename Data>
    void tell(Courier& courier, const Data& data) {
        courier.device.view = 4 + any(2);  // from 5 on a blocked one knows it
        auto fact = courier.device.draft(std::string(Data::type), wire::encode_data(data));
        fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
        fact.about.custody_version = courier.knew;
        if constexpr (std::is_same_v<Data, model::HandedOver>)
            if (data.half != model::Half::none) fact.about.transfer = transfers[any(2)];
        courier.told.push_back(fact.id);
        courier.unsent.push_back(courier.device.seal(fact));
    }

    void send(Courier& courier) {
        if (courier.unsent.empty()) return;
        const auto facts = std::exchange(courier.unsent, {});
        REQUIRE(this->take(courier.device, facts, courier.device.seq - facts.size() + 1) == Outcome::applied);
        courier.knew = custody().custody.version;
    }

    void office_acts() {
        this->db
            ->write([&](sql::Tx& tx) {
                const office::Acting who{std::nullopt, this->clock.now()};
                const auto courier = core::to_uuid_text(couriers[0].device.courier);
                switch (any(5)) {
                    case 0:
                        office::plan_parcel(tx, who, parcel, courier).value();
                        return;
                    case 1:
                        office::unplan_parcel(tx, who, parcel).value();
                        return;
                    case 2:
                        scanned.push_back(office::damage_parcel(tx, who, parcel, "bent").value().event);
                        return;
                    case 3:
                        if (!scanned.empty())
                            office::take_back(tx, who, parcel, scanned[any(scanned.size())], std::nullopt).value();
                        return;
                    default:
                        scanned.push_back(
                            office::hand_over(tx, who, parcel, {places[any(places.size())], places[any(places.size())]})
                                .value()
                                .event);
                }
            })
            .value();
    }

    central::store::CustodyRow custody() {
        return *this->db->read([&](sql::Tx& tx) { return central::store::find_custody(tx, parcel); }).value();
    }
    proof::Report report() {
        const proof::Seal seal{signing, signer.pem, authority.certificate().pem};
        const auto made =
            this->db->read([&](sql::Tx& tx) { return central::api::export_custody(tx, parcel, seal); }).value();
        return proof::check(made.file, authority.certificate().pem).value();
    }

    std::mt19937 random;
    crypto::Authority authority = crypto::Authority::create("test CA", this->clock.now()).value();
    crypto::SigningKey signing = crypto::SigningKey::generate();
    crypto::Certificate signer = authority.issue_signing(signing.public_key(), this->clock.now()).value();
    std::array<Courier, 3> couriers;
    std::vector<Holder> places{{HolderKind::seller, {}},
                               {HolderKind::depot, model::HolderId{{9}}},
                               {HolderKind::depot, model::HolderId{{8}}},
                               {HolderKind::customer, {}}};
    std::array<model::TransferId, 2> transfers{model::TransferId{{1}}, model::TransferId{{2}}};
    std::string parcel;
    std::vector<core::EventId> scanned;  // by the depot's staff
};

}  // namespace

TEST_CASE_TEMPLATE("the custody file of any day is whole: its reader's rules come to what central has", Engine, Sqlite,
                   Postgres) {
    std::size_t links = 0, doubts = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Day<Engine> day(seed);
        for (int at = 0; at < 40; ++at) day.act();
        for (auto& courier : day.couriers) day.send(courier);
        const auto report = day.report();
        for (const auto& fault : report.faults) FAIL_CHECK(fault);
        for (const auto& link : report.links) {
            for (const auto& fault : link.faults) FAIL_CHECK(link.number << ": " << fault);
            doubts += !link.doubt.empty();
        }
        CHECK(report.head.holder == day.custody().custody.holder);
        CHECK(report.head.version == day.custody().custody.version);
        links += report.links.size();
    }
    CHECK(links > 200);
    CHECK(doubts > 20);
}
