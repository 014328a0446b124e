#include "tests/bench/ingest/couriers.hpp"

#include <stdexcept>

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/orders/orders.hpp"
#include "shared/core/uuid.hpp"
#include "tests/bench/ingest/handhelds.hpp"

namespace plus7::bench {
namespace {

namespace app = central::app;
namespace store = central::store;

template <typename Value>
Value need(core::Result<Value> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

// The slow hash of the recipient's code is made once for all.
std::string make_order(sql::Tx& tx, core::TimeUs now, app::orders::Prepared& prepared) {
    const auto number = app::orders::take_numbers(tx, 1);
    prepared.number = "A-" + std::to_string(number);
    app::orders::NewOrder order;
    order.sender = "Лавка";
    order.terms.recipient = {"Ольга", {}};
    order.terms.address = {"ул. Садовая, 14", {}, {}, {}, {}};
    order.parcels.resize(1);
    return need(app::orders::create(tx, {std::nullopt, now}, order, prepared)).id;
}

std::vector<model::ParcelId> plan_parcels(sql::Tx& tx, core::TimeUs now, const std::string& courier, std::size_t count,
                                          app::orders::Prepared& prepared) {
    app::dispatch::PlanRequest plan;
    plan.courier = courier;
    std::vector<model::ParcelId> parcels;
    for (std::size_t i = 0; i < count; ++i) {
        plan.orders.push_back(make_order(tx, now, prepared));
        const auto id = store::parcels_of(tx, plan.orders.back()).at(0).id;
        parcels.push_back(model::ParcelId{core::from_uuid_text(id)->value});
    }
    need(app::dispatch::plan(tx, {std::nullopt, now}, plan));
    app::dispatch::retell_courier(tx, courier);
    return parcels;
}

}  // namespace

Couriers::Couriers(sql::Database& db, std::size_t couriers, std::size_t parcels_each) : all_(couriers) {
    const auto now = core::SystemClock().now();
    auto prepared = app::orders::prepare(1);
    std::vector<test::HandDevice> devices;
    for (const auto& courier : all_) devices.push_back(courier.device);
    enrol(db, devices);
    int number = 0;
    for (auto& courier : all_) {
        const auto code = "B-" + std::to_string(++number);
        const auto filled = db.write([&](sql::Tx& tx) {
            const auto id = need(app::couriers::create(tx, {"Курьер " + code, code, {}}, now)).id;
            if (auto bound = app::devices::bind(tx, id, courier.device.id); !bound)
                throw std::runtime_error(bound.error().message);
            courier.device.courier.value = core::from_uuid_text(id)->value;
            courier.parcels = plan_parcels(tx, now, id, parcels_each, prepared);
        });
        if (!filled) throw std::runtime_error(filled.error().message);
    }
}

std::vector<LoadLine> Couriers::hellos() {
    std::vector<LoadLine> lines;
    for (const auto& courier : all_) lines.push_back(hello_of(courier.device));
    return lines;
}

core::Bytes Couriers::hand_over(Courier& courier, const model::ParcelId& parcel, bool is_delivery) {
    const model::Holder seller{model::HolderKind::seller, {}}, customer{model::HolderKind::customer, {}};
    const model::Holder own{model::HolderKind::courier, {courier.device.courier.value}};
    const model::HandedOver data{is_delivery ? own : seller, is_delivery ? customer : own, model::Half::none,
                                 model::Leg::delivery, {}, {}};
    auto fact = courier.device.draft(std::string(data.type), wire::encode_data(data));
    fact.about.parcel = parcel;
    fact.about.custody_version = is_delivery ? 1 : 0;
    return courier.device.seal(fact);
}

void Couriers::add_batches(Courier& courier, std::size_t from, std::size_t count, bool is_delivery, LoadLine& line) {
    for (std::size_t at = from; at < from + count; at += facts_per_batch) {
        const auto first = courier.device.seq + 1;
        std::vector<core::Bytes> facts;
        for (std::size_t i = at; i < at + facts_per_batch; ++i)
            facts.push_back(hand_over(courier, courier.parcels.at(i), is_delivery));
        line.messages.push_back(courier.device.batch(facts, first));
    }
}

std::vector<LoadLine> Couriers::day(std::size_t parcels_each) {
    std::vector<LoadLine> lines;
    for (auto& courier : all_) {
        const auto before = courier.device.seq;
        LoadLine line{wire::topic_name(courier.device.id, wire::TopicKind::fact), {},
                      wire::topic_name(courier.device.id, wire::TopicKind::ack), [before](core::ByteView payload) {
                          const auto upto = acked_by(payload, wire::Lane::fact);
                          return upto > before ? (upto - before) / facts_per_batch : 0;
                      }};
        for (const bool is_delivery : {false, true})
            add_batches(courier, courier.at, parcels_each, is_delivery, line);
        courier.at += parcels_each;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace plus7::bench
