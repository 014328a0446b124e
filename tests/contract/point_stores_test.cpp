// What a pickup point has to do with orders and people, on both engines.
#include <set>

#include "central/store/courier_store.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/device_store.hpp"
#include "central/store/order_store.hpp"
#include "central/store/point_store.hpp"
#include "central/store/task_view.hpp"
#include "shared/core/uuid.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;
using model::HolderKind;
using model::ParcelStatus;

namespace {

std::string new_id() { return core::to_uuid_text(core::uuid_v7(core::time_ms(1'800'000'000'000))); }
model::HolderId holder_id(const std::string& id) { return {store::row_id(id).value}; }

template <typename Engine>
struct PointFixture : StoreFixture<Engine> {
    std::string point(bool is_open = true, bool is_depot = false) {
        store::SiteRow site;
        site.id = new_id();
        site.is_depot = is_depot;
        site.name = site.name_fold = "п";
        site.address = "ул. Новая, 5";
        site.is_open = is_open;
        this->run([&](sql::Tx& tx) { store::insert_site(tx, site); });
        return site.id;
    }
    // An order with one parcel that somebody holds.
    std::string order(const std::optional<std::string>& to, const model::Holder& holder, ParcelStatus status) {
        store::OrderRow row;
        row.id = new_id();
        row.point = to;
        this->run([&](sql::Tx& tx) {
            row.number = "A-" + std::to_string(store::take_order_numbers(tx, 1));
            store::insert_order(tx, row);
            store::CustodyRow custody;
            custody.parcel = parcel = new_id();
            custody.order = row.id;
            custody.custody.holder = holder;
            custody.status = status;
            store::put_custody(tx, custody);
            store::put_order_state(tx, row.id, status, this->now);
        });
        return row.id;
    }
    void came(const std::string& to, std::int64_t at_us, const std::string& effect = "applied") {
        store::ParcelEventRow event;
        event.parcel = parcel;
        event.number = ++events;
        event.order = this->ask([&](sql::Tx& tx) {
            return tx.one("SELECT order_id FROM custody WHERE parcel_id = $1", parcel)->template get<std::string>(0);
        });
        event.event = core::random_id<core::EventId>();
        event.by_kind = "courier";
        event.at = core::time_us(at_us);
        event.to = model::Holder{HolderKind::point, holder_id(to)};
        event.effect = effect;
        this->run([&](sql::Tx& tx) { store::insert_parcel_event(tx, event); });
    }
    std::string parcel;  // of the newest order
    std::uint64_t events = 0;
};

}  // namespace

TEST_CASE_TEMPLATE("an open point is found; a closed one, a depot and nothing are not", Engine, Sqlite, Postgres) {
    PointFixture<Engine> f;
    const auto open = f.point(), closed = f.point(false), depot = f.point(true, true);
    const auto finds = [&](const std::string& id) {
        return f.ask([&](sql::Tx& tx) { return store::find_open_point(tx, id).has_value(); });
    };
    CHECK(finds(open));
    CHECK_FALSE(finds(closed));
    CHECK_FALSE(finds(depot));
    CHECK_FALSE(finds("none"));
}

TEST_CASE_TEMPLATE("the clerks of a point are those couriers of it who carry a handheld", Engine, Sqlite, Postgres) {
    PointFixture<Engine> f;
    const auto point = f.point(), other = f.point();
    const auto add = [&](const std::string& code, const std::optional<std::string>& site) {
        store::CourierRow courier;
        courier.id = new_id();
        courier.code = courier.name = courier.name_fold = code;
        courier.site = site;
        f.run([&](sql::Tx& tx) { CHECK(store::insert_courier(tx, courier)); });
        return courier.id;
    };
    const auto clerk = add("P-1", point);
    add("P-2", point);
    add("C-1", std::nullopt);
    f.run([&](sql::Tx& tx) { store::set_courier(tx, f.device, clerk); });
    const auto clerks = f.ask([&](sql::Tx& tx) { return store::clerks_of(tx, point); });
    REQUIRE(clerks.size() == 1);
    CHECK(clerks[0].device == f.device);
    CHECK(clerks[0].courier == clerk);
    CHECK(f.ask([&](sql::Tx& tx) { return store::clerks_of(tx, other); }).empty());
    CHECK(f.ask([&](sql::Tx& tx) { return store::find_courier(tx, clerk); })->site == point);
}

TEST_CASE_TEMPLATE("what lies at a point and what is carried to it are told apart, and bounded", Engine, Sqlite,
                   Postgres) {
    PointFixture<Engine> f;
    const auto point = f.point(), other = f.point();
    const model::Holder at{HolderKind::point, holder_id(point)}, courier{HolderKind::courier, holder_id(new_id())};
    const auto lying = f.order(point, at, ParcelStatus::arrived_at_point);
    const auto second = f.order(std::nullopt, at, ParcelStatus::arrived_at_point);
    const auto coming = f.order(point, courier, ParcelStatus::out_for_delivery);
    f.order(other, courier, ParcelStatus::out_for_delivery);
    f.order(point, courier, ParcelStatus::returning);
    f.order(point, {HolderKind::customer, {}}, ParcelStatus::delivered);
    const auto lying_there = [&](int limit) {
        return f.ask([&](sql::Tx& tx) { return store::orders_at_point(tx, point, limit); });
    };
    const auto found = lying_there(10);
    CHECK(std::set<std::string>(found.begin(), found.end()) == std::set<std::string>{lying, second});
    CHECK(lying_there(1).size() == 1);
    const auto towards = [&](int limit) {
        return f.ask([&](sql::Tx& tx) { return store::orders_towards_point(tx, point, limit); });
    };
    CHECK(towards(10) == std::vector<std::string>{coming});
    CHECK(towards(0).empty());
}

TEST_CASE_TEMPLATE("it came to the point when the field says so: the last time, and not what has no effect", Engine,
                   Sqlite, Postgres) {
    PointFixture<Engine> f;
    const auto point = f.point(), other = f.point();
    const auto order = f.order(point, {HolderKind::point, holder_id(point)}, ParcelStatus::arrived_at_point);
    const auto arrived = [&](const std::string& at) {
        return f.ask([&](sql::Tx& tx) { return store::arrived_at(tx, order, at); });
    };
    CHECK_FALSE(arrived(point));
    f.came(point, 1'000);
    CHECK(arrived(point) == core::time_us(1'000));
    f.came(point, 3'000);
    f.came(point, 5'000, "late");
    f.came(other, 7'000);
    CHECK(arrived(point) == core::time_us(3'000));
    CHECK_FALSE(arrived(other));
}

TEST_CASE_TEMPLATE("orders that are not over follow the address of their point", Engine, Sqlite, Postgres) {
    PointFixture<Engine> f;
    const auto point = f.point(), other = f.point();
    const model::Holder sender{HolderKind::seller, {}}, customer{HolderKind::customer, {}};
    const auto open = f.order(point, sender, ParcelStatus::accepted);
    const auto over = f.order(point, customer, ParcelStatus::delivered);
    const auto foreign = f.order(other, sender, ParcelStatus::accepted);
    const auto changed = f.run([&](sql::Tx& tx) {
        auto site = *store::find_site(tx, point);
        site.address = "ул. Новая, 7";
        site.where = core::LatLon{55, 37};
        return store::readdress_orders(tx, site);
    });
    CHECK(changed == std::vector<std::string>{open});
    const auto address = [&](const std::string& id) {
        return f.ask([&](sql::Tx& tx) { return store::find_order(tx, id); })->address;
    };
    CHECK(address(open) == "ул. Новая, 7");
    CHECK(address(over).empty());
    CHECK(address(foreign).empty());
    CHECK(f.ask([&](sql::Tx& tx) { return store::find_order(tx, open); })->version == 2);
}
