// The plan made by hand, and the board that shows it, on both engines.
#include "central/app/dispatch/plan.hpp"

#include "central/app/couriers/couriers.hpp"
#include "central/app/dispatch/board.hpp"
#include "central/app/orders/orders.hpp"
#include "central/store/migrations.hpp"
#include "shared/core/uuid.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace plus7::test;
using namespace std::chrono_literals;
namespace dispatch = app::dispatch;
using Ids = std::vector<std::string>;

namespace {

template <typename Engine>
struct Dispatch {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    core::TimeUs now = *core::from_iso8601("2026-11-22T12:00:00Z");
    std::string ivan, anna;
    Ids orders;  // A-10001 …

    explicit Dispatch(int count = 4) {
        sql::migrate(*db, store::migrations()).value();
        ivan = courier("C-1");
        anna = courier("C-2");
        for (int made = 0; made < count; ++made) orders.push_back(order());
    }
    template <typename Fn>
    auto write(Fn fn) {
        return db->write(fn);
    }
    std::string courier(const std::string& code) {
        return *write([&](sql::Tx& tx) { return app::couriers::create(tx, {"Иван", code, {}}, now).value().id; });
    }
    std::string order() {
        now += 1s;
        app::orders::NewOrder made;
        made.sender = "Лавка";
        made.terms.recipient = app::orders::OrderChange::Recipient{"Ольга", {}};
        app::orders::OrderChange::Address address;
        address.text = "ул. Садовая, 14";
        made.terms.address = address;
        made.parcels = {{}, {}};
        return *write([&](sql::Tx& tx) {
            return app::orders::create(tx, {{}, now}, made, app::orders::prepare(app::orders::take_numbers(tx, 1)))
                .value()
                .id;
        });
    }
    core::Result<dispatch::Planned> plan(const dispatch::PlanRequest& request) {
        return write([&](sql::Tx& tx) { return dispatch::plan(tx, {{}, now}, request); });
    }
    core::Result<dispatch::Planned> plan(const Ids& ids, const std::optional<std::string>& courier_id) {
        dispatch::PlanRequest request;
        request.orders = ids;
        request.courier = courier_id;
        return plan(request);
    }
    core::Result<Ids> fix(const Ids& ids, bool fixed) {
        return write([&](sql::Tx& tx) { return dispatch::fix(tx, ids, fixed); });
    }
    dispatch::Board board() {
        return *db->read([](sql::Tx& tx) { return dispatch::board(tx); });
    }
    Ids list(const std::string& courier_id) {
        Ids ids;
        for (const auto& one : board().couriers)
            if (one.courier.id == courier_id)
                for (const auto& stop : one.stops) ids.push_back(stop.line.order.id);
        return ids;
    }
    std::optional<std::string> mark(const std::string& id) {
        return *db->read([&](sql::Tx& tx) { return dispatch::mark_of(store::find_assignment(tx, id)); });
    }
    // As if the courier had taken them.
    void put_on_board(const std::string& id, const std::string& courier_id) {
        REQUIRE(write([&](sql::Tx& tx) -> core::Status {
                    for (auto row : store::custody_of_order(tx, id)) {
                        row.custody.holder = {model::HolderKind::courier, {core::from_uuid_text(courier_id)->value}};
                        row.status = model::ParcelStatus::out_for_delivery;
                        store::put_custody(tx, row);
                    }
                    store::put_order_state(tx, id, model::ParcelStatus::out_for_delivery, now);
                    return {};
                }).ok());
    }
};

std::string refused(const core::Result<dispatch::Planned>& planned) { return planned ? "" : planned.error().message; }

}  // namespace

TEST_CASE_TEMPLATE("orders go before another one of the list, to its beginning or to its end", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0], o[1], o[2]}, desk.ivan));
    dispatch::PlanRequest request;
    request.courier = desk.ivan;
    request.orders = {o[3], o[2]};
    request.before = o[1];
    const auto planned = desk.plan(request);
    REQUIRE(planned);
    CHECK(planned->changed.size() == 1);
    CHECK(planned->moved == Ids{o[2]});
    CHECK(desk.list(desk.ivan) == Ids{o[0], o[3], o[2], o[1]});
    request.orders = {o[3]};
    request.before.reset();
    request.to_end = true;
    REQUIRE(desk.plan(request));
    CHECK(desk.list(desk.ivan) == Ids{o[0], o[2], o[1], o[3]});
    request.orders = {o[0]};
    request.to_end = false;
    REQUIRE(desk.plan(request)->moved.empty());  // nothing said where: it stays
    CHECK(desk.list(desk.ivan) == Ids{o[0], o[2], o[1], o[3]});
}

TEST_CASE_TEMPLATE("orders that were to stand before one that has left the list stay where they are", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0]}, desk.ivan));
    dispatch::PlanRequest request;
    request.courier = desk.ivan;
    request.orders = {o[2]};
    request.before = o[1];
    CHECK(desk.plan(request).error().kind == core::ErrorKind::conflict);
    CHECK(desk.list(desk.ivan) == Ids{o[0]});
    CHECK_FALSE(desk.mark(o[2]).has_value());
}

TEST_CASE_TEMPLATE("two dispatchers who move the same order: the second is told, and nothing of his is done", Engine,
                   Sqlite, Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    dispatch::PlanRequest first, second;
    first.orders = {o[0]};
    first.courier = desk.ivan;
    first.seen = {std::nullopt};
    second.orders = {o[1], o[0]};
    second.courier = desk.anna;
    second.seen = {std::nullopt, std::nullopt};
    REQUIRE(desk.plan(first));
    CHECK(refused(desk.plan(second)) == "orders[1]" + std::string(dispatch::is_stale_words));
    CHECK(desk.list(desk.anna).empty());
    second.seen = {std::nullopt, desk.mark(o[0])};
    REQUIRE(desk.plan(second));
    CHECK(desk.list(desk.anna) == Ids{o[1], o[0]});
    CHECK(desk.list(desk.ivan).empty());
}

TEST_CASE_TEMPLATE("a move within the list is another mark, even in the same moment", Engine, Sqlite, Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0], o[1]}, desk.ivan));
    const auto before = desk.mark(o[1]), other = desk.mark(o[0]);
    dispatch::PlanRequest request;
    request.orders = {o[1]};
    request.courier = desk.ivan;
    request.from_start = true;
    request.seen = {before};
    REQUIRE(desk.plan(request));
    CHECK(desk.mark(o[1]) != before);
    CHECK(desk.mark(o[0]) == other);
    CHECK_FALSE(desk.plan(request));
}

TEST_CASE_TEMPLATE("a fixed order stays where several are moved, and goes when it is moved alone", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0], o[1], o[2]}, desk.ivan));
    CHECK(desk.fix({o[1]}, true).value() == Ids{o[1]});
    CHECK(desk.fix({o[1]}, true).value().empty());
    const auto bulk = desk.plan({o[0], o[1], o[2]}, desk.anna);
    REQUIRE(bulk);
    CHECK(bulk->kept == Ids{o[1]});
    CHECK(desk.list(desk.ivan) == Ids{o[1]});
    CHECK(desk.list(desk.anna) == Ids{o[0], o[2]});
    CHECK(desk.plan({o[1], o[0]}, std::nullopt)->kept == Ids{o[1]});
    CHECK(desk.plan({o[1]}, desk.anna)->changed.size() == 1);
    CHECK(desk.list(desk.anna) == Ids{o[2], o[1]});
    REQUIRE(desk.fix({o[1]}, true));
    CHECK(desk.fix({o[1], o[2]}, false).value() == Ids{o[1]});
    CHECK_FALSE(desk.fix({o[3]}, true));  // planned for nobody
}

TEST_CASE_TEMPLATE("a fixed order keeps its mark within its list", Engine, Sqlite, Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0], o[1]}, desk.ivan));
    REQUIRE(desk.fix({o[1]}, true));
    dispatch::PlanRequest request;
    request.orders = {o[1]};
    request.courier = desk.ivan;
    request.from_start = true;
    REQUIRE(desk.plan(request));
    CHECK(desk.board().couriers[0].stops[0].plan->is_fixed);
    CHECK_FALSE(desk.board().couriers[0].stops[1].plan->is_fixed);
}

TEST_CASE_TEMPLATE("an order on board of a courier is taken from him only when that was said", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[0], o[1]}, desk.ivan));
    desk.put_on_board(o[1], desk.ivan);
    dispatch::PlanRequest request;
    request.orders = {o[0], o[1]};
    request.courier = desk.anna;
    request.spare_carried = true;
    CHECK(refused(desk.plan(request)) == "orders[1]" + std::string(dispatch::is_carried_words));
    request.courier = desk.ivan;
    request.from_start = true;
    CHECK(desk.plan(request));  // he keeps it
    request.from_start = false;
    request.courier = desk.anna;
    request.spare_carried = false;
    CHECK(desk.plan(request)->changed.size() == 2);
    const auto stops = desk.board().couriers[1].stops;
    REQUIRE(stops.size() == 2);
    REQUIRE(stops[1].carried.size() == 1);
    CHECK(stops[1].carried[0].courier == desk.ivan);
    CHECK(stops[1].carried[0].parcels == 2);
    request.courier = desk.ivan;  // back to who has it
    request.spare_carried = true;
    CHECK(desk.plan(request));
}

TEST_CASE_TEMPLATE("the board has every courier with his list, and what nobody has, the oldest first", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    const auto& o = desk.orders;
    REQUIRE(desk.plan({o[2], o[0]}, desk.ivan));
    REQUIRE(desk.write([&](sql::Tx& tx) { return app::orders::cancel(tx, {{}, desk.now}, o[3], "передумал"); }).ok());
    const auto board = desk.board();
    REQUIRE(board.couriers.size() == 2);
    CHECK(board.couriers[0].courier.code == "C-1");
    CHECK(desk.list(desk.ivan) == Ids{o[2], o[0]});
    CHECK(board.couriers[1].stops.empty());
    REQUIRE(board.unplanned.size() == 1);
    CHECK(board.unplanned[0].line.order.id == o[1]);
    CHECK(board.unplanned[0].line.parcels == 2);
    CHECK_FALSE(board.more);
}

TEST_CASE_TEMPLATE("a blocked courier stands on the board as long as something is planned for him", Engine, Sqlite,
                   Postgres) {
    Dispatch<Engine> desk;
    REQUIRE(desk.plan({desk.orders[0]}, desk.ivan));
    REQUIRE(desk.write([&](sql::Tx& tx) -> core::Status {
                    app::couriers::CourierChange change;
                    change.blocked = true;
                    app::couriers::change(tx, desk.ivan, change).value();
                    app::couriers::change(tx, desk.anna, change).value();
                    return {};
                })
                .ok());
    REQUIRE(desk.board().couriers.size() == 1);
    CHECK(desk.board().couriers[0].courier.blocked);
    REQUIRE(desk.plan({desk.orders[0]}, std::nullopt));
    CHECK(desk.board().couriers.empty());
}
