#include "central/app/devices/revocations.hpp"
#include "central/store/view_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/courier_row.hpp"
#include "tests/central/app/devices/depot.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace std::chrono_literals;
using core::ErrorKind;
using test::Depot;
using test::Handheld;
using test::serial_of;

namespace {

template <typename T>
std::string courier(Depot<T>& depot, const std::string& code) {
    return depot.write([&](sql::Tx& tx) { return app::couriers::create(tx, {"Анна", code, {}}, depot.clock.at); })->id;
}

template <typename T>
auto give(Depot<T>& depot, const std::string& courier, const core::DeviceId& device) {
    return depot.write([&](sql::Tx& tx) { return app::devices::bind(tx, courier, device); });
}

template <typename T>
std::optional<wire::ViewRow> view_row(Depot<T>& depot, const core::DeviceId& device, const wire::RowKey& key) {
    return depot.read([&](sql::Tx& tx) { return store::find_view_row(tx, device, key); }).value();
}

template <typename T>
bool told_locked(Depot<T>& depot, const core::DeviceId& device) {
    return depot.read([&](sql::Tx& tx) { return store::policy_of(tx, device).locked; }).value();
}

}  // namespace

TEST_CASE_TEMPLATE("a device belongs to one courier, and a courier has one device", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto one = depot.create("one"), two = depot.create("two");
    const auto anna = courier(depot, "K-1"), boris = courier(depot, "K-2");
    CHECK(give(depot, anna, one)->size() == 1);
    CHECK(give(depot, anna, one)->empty());
    CHECK(give(depot, boris, two)->size() == 1);
    const auto swapped = give(depot, anna, two).value();
    CHECK(swapped.size() == 2);  // one is free, two has changed hands
    CHECK_FALSE(depot.row(one).courier.has_value());
    CHECK(depot.row(two).courier == anna);
    CHECK(depot.read([&](sql::Tx& tx) { return store::device_of_courier(tx, boris); }).value() == std::nullopt);
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::unbind(tx, anna); }).ok());
    CHECK_FALSE(depot.row(two).courier.has_value());
}

TEST_CASE_TEMPLATE("a device learns who carries it from its view", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto device = depot.create();
    const auto anna = courier(depot, "K-104");
    REQUIRE(give(depot, anna, device).ok());
    const auto told = view_row(depot, device, wire::courier_row_key);
    REQUIRE(told.has_value());
    const auto row = wire::decode_courier_row(told->body).value();
    CHECK(core::to_uuid_text(row.id) == anna);
    CHECK(row.code == "K-104");
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::unbind(tx, anna); }).ok());
    CHECK_FALSE(view_row(depot, device, wire::courier_row_key).has_value());
}

TEST_CASE_TEMPLATE("a blocked courier, an unknown one and a revoked device are not bound", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto device = depot.create();
    const auto anna = courier(depot, "K-1");
    CHECK(give(depot, "00000000-0000-7000-8000-000000000000", device).error().kind == ErrorKind::not_found);
    CHECK(give(depot, anna, core::DeviceId::random()).error().kind == ErrorKind::not_found);
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::revoke_device(tx, device, "lost", depot.clock.at); }));
    CHECK(give(depot, anna, device).error().kind == ErrorKind::conflict);
    app::couriers::CourierChange block;
    block.blocked = true;
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::couriers::change(tx, anna, block); }).ok());
    CHECK(give(depot, anna, depot.create()).error().kind == ErrorKind::conflict);
}

TEST_CASE_TEMPLATE("locking is told to the device and can be undone; a new device cannot be locked", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto lock = [&](const std::string& reason) {
        return depot.write([&](sql::Tx& tx) { return app::devices::lock_device(tx, id, reason); });
    };
    CHECK(lock("lost").error().kind == ErrorKind::conflict);
    REQUIRE(depot.enrol(id, Handheld{}).ok());
    CHECK(lock(" ").error().kind == ErrorKind::invalid);
    CHECK(lock("lost in the metro")->reason == "lost in the metro");
    CHECK(depot.row(id).state == store::DeviceState::locked);
    CHECK(told_locked(depot, id));
    // A new certificate does not unlock.
    REQUIRE(depot.enrol(id, Handheld{}).ok());
    CHECK(depot.row(id).state == store::DeviceState::locked);
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::unlock_device(tx, id); }).ok());
    CHECK(depot.row(id).state == store::DeviceState::enrolled);
    CHECK_FALSE(depot.row(id).reason.has_value());
    CHECK_FALSE(told_locked(depot, id));
}

TEST_CASE_TEMPLATE("a revoked device is out for good, and repeating names the certificates again", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto anna = courier(depot, "K-1");
    REQUIRE(give(depot, anna, id).ok());
    const Handheld handheld;
    const auto pem = depot.enrol(id, handheld).value();
    const auto revoke = [&] {
        return depot.write([&](sql::Tx& tx) { return app::devices::revoke_device(tx, id, "stolen", depot.clock.at); });
    };
    const auto revoked = revoke().value();
    CHECK(revoked.serials == std::vector<std::string>{serial_of(pem)});
    CHECK(revoked.device.state == store::DeviceState::revoked);
    CHECK_FALSE(revoked.device.courier.has_value());
    CHECK(revoke()->serials == revoked.serials);
    CHECK(depot.open(id).error().kind == ErrorKind::conflict);
    CHECK(depot.write([&](sql::Tx& tx) { return app::devices::unlock_device(tx, id); }).error().kind ==
          ErrorKind::conflict);
    CHECK(depot
              .read([&](sql::Tx& tx) {
                  return app::devices::check_renewal(tx, *depot.authority, handheld.renewal(pem, id), depot.clock.at);
              })
              .error()
              .kind == ErrorKind::denied);
}

TEST_CASE_TEMPLATE("a token that was open when the device was revoked finishes nothing", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto token = depot.open(id).value().token;
    const Handheld handheld;
    const auto request = handheld.finish(token, id, depot.start(token)->nonce);
    const auto checked = depot.check(request).value();
    const auto issued = depot.authority->issue_device(request.csr_pem, id, request.record_key).value();
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::revoke_device(tx, id, "stolen", depot.clock.at); }));
    CHECK_FALSE(depot.commit(request, checked, issued).ok());
    CHECK(test::number(*depot.database, "SELECT COUNT(*) FROM certificate") == 0);
}

TEST_CASE_TEMPLATE("a list that could not be written after a revocation is found missing at the next start", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const auto pem = depot.enrol(id, Handheld{}).value();
    REQUIRE(depot.write([&](sql::Tx& tx) { return app::devices::revoke_device(tx, id, "stolen", depot.clock.at); }));
    const auto missing = [&] {
        return depot
            .read([&](sql::Tx& tx) { return app::devices::missing_revocations(tx, *depot.authority, depot.clock.at); })
            .value();
    };
    CHECK(missing() == std::vector<std::string>{serial_of(pem)});
    REQUIRE(depot.authority->revoke(missing()).ok());
    CHECK(missing().empty());
}
