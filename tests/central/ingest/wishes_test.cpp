// The time that a recipient asks for at the door: from the courier's fact to the order's slot, list and story.
#include "central/app/orders/wishes.hpp"

#include "tests/central/ingest/company.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

template <typename Engine>
std::optional<central::store::Slot> slot_of(Company<Engine>& company, const std::string& order) {
    return company.db->read([&](sql::Tx& tx) { return central::store::find_order_line(tx, order)->order.slot; })
        .value();
}

template <typename Engine>
void set_slot(Company<Engine>& company, const std::string& order, const central::store::Slot& slot) {
    company.db
        ->write([&](sql::Tx& tx) {
            orders::OrderChange change;
            change.slot.emplace(slot);
            return orders::change(tx, order, change, company.clock.now());
        })
        .value();
}

template <typename Engine>
std::vector<std::string> fates_of(Company<Engine>& company, const std::string& order) {
    return company.db
        ->read([&](sql::Tx& tx) {
            const auto all = central::store::slot_wishes(tx, order);
            std::vector<std::string> fates;
            for (const auto& wish : all)
                fates.emplace_back(orders::fate_of(wish, all, central::store::slot_word(tx, order)));
            return fates;
        })
        .value();
}

// Half a day after the device's clock, by hours.
central::store::Slot later(const HandDevice& device, int hours) {
    return {device.at + std::chrono::hours{hours}, device.at + std::chrono::hours{hours + 3}};
}

template <typename Who>
core::EventId fails(Who& who, const std::string& parcel, const central::store::Slot& again) {
    const auto ms = [](core::TimeUs at) { return std::chrono::floor<std::chrono::milliseconds>(at); };
    const model::AttemptFailed data{"rescheduled", {}, 0, {}, {{ms(again.from), ms(again.to)}}};
    who.state(std::string(data.type), wire::encode_data(data), parcel, 1);
    return who.last;
}

using Fates = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("the time a recipient asks for becomes the order's slot, on the list too, until it is taken back",
                   Engine, Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    const auto first = later(anna.device, 1);
    set_slot(company, order, first);
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    anna.device.at += 2h + 5min;  // after the office's word
    company.clock.advance(10min);
    const auto evening = later(anna.device, 6), tomorrow = later(anna.device, 24);
    const auto one = fails(anna, parcel, evening);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(slot_of(company, order) == evening);
    const wire::RowKey task{wire::RowKind::task, {core::from_uuid_text(order)->value}};
    const auto row =
        company.db->read([&](sql::Tx& tx) { return central::store::find_view_row(tx, anna.device.id, task); });
    CHECK(wire::decode_task_row((*row)->body).value().to == std::chrono::floor<std::chrono::milliseconds>(evening.to));

    const auto two = fails(anna, parcel, tomorrow);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(slot_of(company, order) == tomorrow);
    CHECK(fates_of(company, order) == Fates{"later", "slot"});
    for (const auto& event : {two, one}) {
        anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{event}), parcel, 1);
        CHECK(company.send(anna) == Outcome::applied);
        CHECK(slot_of(company, order) == (event == two ? evening : first));
    }
    CHECK(fates_of(company, order) == Fates{"undone", "undone"});
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("the slot that the office set after the attempt stands, and one it set before gives way", Engine,
                   Sqlite, Postgres) {
    Company<Engine> company;
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order();
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    const auto one = fails(anna, parcel, later(anna.device, 6));
    const auto office = later(anna.device, 30);
    set_slot(company, order, office);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(slot_of(company, order) == office);
    CHECK(fates_of(company, order) == Fates{"office"});

    anna.device.at += 4h;
    company.clock.advance(3h);
    const auto again = later(anna.device, 48);
    fails(anna, parcel, again);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(slot_of(company, order) == again);
    CHECK(fates_of(company, order) == Fates{"office", "slot"});
    anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{one}), parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(slot_of(company, order) == again);
    set_slot(company, order, office);
    CHECK(slot_of(company, order) == office);
    CHECK(fates_of(company, order) == Fates{"undone", "office"});
}
