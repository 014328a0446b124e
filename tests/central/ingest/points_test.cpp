// Pickup points: what their clerks' handhelds are told, what becomes of an order that is brought there, given out and
// sent back; and the log that gives it all again.
#include "central/app/orders/points.hpp"
#include "central/app/orders/recipient.hpp"
#include "central/app/orders/sites.hpp"
#include "central/app/orders/storage.hpp"
#include "central/store/assignment_store.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/central/ingest/company.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

template <typename Engine>
struct Points : Company<Engine> {
    using Courier = typename Company<Engine>::Courier;

    model::Holder point(const std::string& name) {
        orders::SiteChange site;
        site.name = name;
        site.address = "ул. Новая, 5";
        site.storage_days = 3;
        const auto id =
            this->db
                ->write([&](sql::Tx& tx) { return orders::create_site(tx, false, site, this->clock.now()).value().id; })
                .value();
        return {HolderKind::point, {core::from_uuid_text(id)->value}};
    }
    static std::string id_of(const model::Holder& holder) { return core::to_uuid_text(holder.id); }
    void works_at(const Courier& who, const std::optional<std::string>& site) {
        this->db
            ->write([&](sql::Tx& tx) {
                central::app::couriers::CourierChange change;
                change.site = site;
                const auto changed = central::app::couriers::change(tx, who.id, change).value();
                devices::retell(tx, changed);
                central::app::dispatch::retell_courier(tx, who.id);
            })
            .value();
    }
    Courier clerk(const std::string& code, const model::Holder& at) {
        auto made = this->courier(code);
        works_at(made, id_of(at));
        return made;
    }
    std::optional<wire::TaskRow> task(const Courier& who, const std::string& order) {
        const auto row = this->db
                             ->read([&](sql::Tx& tx) {
                                 return central::store::find_view_row(
                                     tx, who.device.id, {wire::RowKind::task, {core::from_uuid_text(order)->value}});
                             })
                             .value();
        if (!row) return std::nullopt;
        return wire::decode_task_row(row->body).value();
    }
    std::optional<std::string> planned_for(const std::string& order) {
        return this->db->read([&](sql::Tx& tx) { return central::store::find_order_line(tx, order)->courier; }).value();
    }
    std::optional<core::TimeUs> keep_until(const std::string& order) {
        return this->db
            ->read([&](sql::Tx& tx) { return orders::keep_until(tx, *central::store::find_order_line(tx, order)); })
            .value();
    }
    std::string recipient_reads(const std::string& order) {
        return this->db
            ->read([&](sql::Tx& tx) {
                const auto row = *central::store::find_order(tx, order);
                return std::string(orders::recipient_view(tx, orders::recipient_token(row))->status());
            })
            .value();
    }
    // Brought there by `who`, for whom it is planned.
    void bring(Courier& who, const std::string& order, const std::string& parcel, const model::Holder& to) {
        this->plan(order, who.id);
        who.hands(depot, who.holder, parcel, 0);
        CHECK(this->send(who) == Outcome::applied);
        who.hands(who.holder, to, parcel, 1);
        CHECK(this->send(who) == Outcome::applied);
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a handheld is told where its courier works, and no more when he drives again", Engine, Sqlite,
                   Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    const auto told = [&] {
        const auto row = company.db
                             ->read([&](sql::Tx& tx) {
                                 return central::store::find_view_row(tx, olga.device.id, wire::courier_row_key);
                             })
                             .value();
        return wire::decode_courier_row(row->body).value().site;
    };
    CHECK(told() == point);
    company.works_at(olga, std::nullopt);
    CHECK_FALSE(told());
}

TEST_CASE_TEMPLATE(
    "an order to a point is on the carrier's handheld with the point, and on the clerk's while it is carried", Engine,
    Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой"), elsewhere = company.point("У реки");
    auto olga = company.clerk("P-1", point), rita = company.clerk("P-2", elsewhere);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.plan(order, anna.id);
    REQUIRE(company.task(anna, order));
    CHECK(company.task(anna, order)->point == point.id);
    CHECK_FALSE(company.task(olga, order));
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    REQUIRE(company.task(olga, order));
    CHECK(company.task(olga, order)->point == point.id);
    CHECK(company.task(olga, order)->is_planned);
    CHECK_FALSE(company.task(olga, order)->keep_until);
    CHECK_FALSE(company.task(rita, order));
    const auto [door, door_parcel] = company.order();
    company.plan(door, anna.id);
    anna.hands(depot, anna.holder, door_parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK_FALSE(company.task(anna, door)->point);
    CHECK_FALSE(company.task(olga, door));
    // Back in the depot it does not come any more.
    anna.hands(anna.holder, depot, parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK_FALSE(company.task(olga, order));
}

TEST_CASE_TEMPLATE("taken in by the clerk it waits there, leaves the carrier's list, and is delivered by her", Engine,
                   Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.plan(order, anna.id);
    anna.hands(depot, anna.holder, parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.recipient_reads(order) == "out_for_delivery");
    olga.hands(anna.holder, point, parcel, 1);
    CHECK(company.send(olga) == Outcome::applied);
    CHECK(company.status(order) == "arrived_at_point");
    CHECK(company.recipient_reads(order) == "arrived_at_point");
    CHECK_FALSE(company.has_task(anna, order));
    CHECK_FALSE(company.planned_for(order));
    // It came on the 22nd; three storage days end with the 25th in Moscow.
    const auto until = *core::from_iso8601("2026-11-25T20:59:59.999Z");
    REQUIRE(company.keep_until(order));
    CHECK(*company.keep_until(order) == until);
    REQUIRE(company.task(olga, order));
    CHECK(company.task(olga, order)->keep_until == until);
    CHECK(company.task(olga, order)->is_planned);
    olga.hands(point, customer, parcel, 2);
    CHECK(company.send(olga) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    CHECK_FALSE(company.has_task(olga, order));
    CHECK_FALSE(company.keep_until(order));
    CHECK(company.cases(olga.device).empty());
    CHECK(company.story(order).back().by_id == olga.id);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("the carrier's and the clerk's word for the same handover are one, whichever comes first", Engine,
                   Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    const auto until = company.keep_until(order);
    const auto missing = company.custody(order).custody.missing;
    olga.hands(anna.holder, point, parcel, 1);
    CHECK(company.send(olga) == Outcome::applied);
    CHECK(company.status(order) == "arrived_at_point");
    CHECK(company.keep_until(order) == until);
    CHECK(company.custody(order).custody.missing == missing);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("called off at the point it goes back: the clerk is told, a courier takes it, the sender gets it",
                   Engine, Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    company.db
        ->write([&](sql::Tx& tx) {
            orders::cancel(tx, {std::nullopt, company.clock.now()}, order, "передумал").value();
            central::app::dispatch::retell_order(tx, order);
        })
        .value();
    CHECK(company.status(order) == "returning");
    REQUIRE(company.task(olga, order));
    CHECK(company.task(olga, order)->is_cancelled);
    CHECK_FALSE(company.task(olga, order)->keep_until);
    anna.hands(point, anna.holder, parcel, 2, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "returning");
    CHECK_FALSE(company.has_task(olga, order));
    REQUIRE(company.task(anna, order));
    CHECK(company.task(anna, order)->is_cancelled);
    anna.hands(anna.holder, {HolderKind::seller, {}}, parcel, 3, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "returned");
    CHECK_FALSE(company.has_task(anna, order));
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("storage over: a courier takes it for giving back, and it is shown as going back", Engine, Sqlite,
                   Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    anna.hands(point, anna.holder, parcel, 2, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "returning");
    CHECK_FALSE(company.has_task(olga, order));
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("what was brought to the wrong point is told to its clerk, not as her own; and not to the recipient",
                   Engine, Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой"), wrong = company.point("У реки");
    auto rita = company.clerk("P-2", wrong);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, wrong);
    REQUIRE(company.task(rita, order));
    CHECK_FALSE(company.task(rita, order)->is_planned);
    CHECK_FALSE(company.keep_until(order));
    CHECK(company.recipient_reads(order) == "at_depot");
    CHECK(company.planned_for(order) == anna.id);  // she has not done what she was to do
}

TEST_CASE_TEMPLATE("who becomes a clerk gets what lies at the point, and who leaves it loses that", Engine, Sqlite,
                   Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto anna = company.courier("C-1"), olga = company.courier("P-1");
    const auto [lying, lying_parcel] = company.order(Points<Engine>::id_of(point));
    const auto [coming, coming_parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, lying, lying_parcel, point);
    company.plan(coming, anna.id);
    anna.hands(depot, anna.holder, coming_parcel, 0);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK_FALSE(company.has_task(olga, lying));
    company.works_at(olga, Points<Engine>::id_of(point));
    CHECK(company.task(olga, lying)->keep_until.has_value());
    CHECK(company.task(olga, coming)->is_planned);
    company.works_at(olga, std::nullopt);
    CHECK_FALSE(company.has_task(olga, lying));
    CHECK_FALSE(company.has_task(olga, coming));
    CHECK(company.has_task(anna, coming));
}

TEST_CASE_TEMPLATE("a hand-over at the point that is taken back puts the order on its carrier's list again", Engine,
                   Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    const auto slip = anna.last;
    CHECK_FALSE(company.planned_for(order));
    anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{slip}), parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "out_for_delivery");
    CHECK(company.planned_for(order) == anna.id);
    CHECK(company.custody(order).planned == anna.id);
    REQUIRE(company.task(anna, order));
    CHECK(company.task(anna, order)->is_planned);
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("what a person planned or took away meanwhile stays when a hand-over at the point is taken back",
                   Engine, Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto anna = company.courier("C-1"), boris = company.courier("C-2");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    const auto slip = anna.last;
    company.plan(order, boris.id);
    anna.state(std::string(model::Corrected::type), wire::encode_data(model::Corrected{slip}), parcel, 1);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.planned_for(order) == boris.id);
}

TEST_CASE_TEMPLATE("storage over by the point's own day: it goes back, the clerk is told, and it all replays", Engine,
                   Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    const auto [coming, coming_parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    const auto turn = [&] {
        return company.db
            ->write([&](sql::Tx& tx) {
                std::vector<std::string> over;
                for (const auto& one : orders::kept_at_points(tx))
                    if (orders::end_storage(tx, one, company.clock.now())) {
                        over.push_back(one);
                        central::app::dispatch::retell_order(tx, one);
                    }
                return over;
            })
            .value();
    };
    const auto until = *company.keep_until(order);
    company.clock.advance(std::chrono::duration_cast<std::chrono::seconds>(until - company.clock.now()));
    CHECK(turn().empty());
    company.clock.advance(2s);
    CHECK(turn() == std::vector{order});
    CHECK(turn().empty());
    CHECK(company.status(order) == "returning");
    CHECK(company.story(order).back().type == "parcel.storage_over");
    REQUIRE(company.task(olga, order));
    CHECK(company.task(olga, order)->is_cancelled);         // to be handed back
    CHECK(company.task(olga, order)->keep_until == until);  // and why
    CHECK_FALSE(company.has_task(olga, coming));
    anna.hands(point, anna.holder, parcel, 2, model::Half::none, {}, model::Leg::giving_back);
    anna.hands(anna.holder, {HolderKind::seller, {}}, parcel, 2, model::Half::none, {}, model::Leg::giving_back);
    CHECK(company.send(anna) == Outcome::applied);
    CHECK(company.status(order) == "returned");
    CHECK(company.whole());
}

TEST_CASE_TEMPLATE("who comes after the storage days and gets it after all: the fact wins", Engine, Sqlite, Postgres) {
    Points<Engine> company;
    const auto point = company.point("На Новой");
    auto olga = company.clerk("P-1", point);
    auto anna = company.courier("C-1");
    const auto [order, parcel] = company.order(Points<Engine>::id_of(point));
    company.bring(anna, order, parcel, point);
    company.clock.advance(24h * 10);
    company.db->write([&](sql::Tx& tx) { CHECK(orders::end_storage(tx, order, company.clock.now())); }).value();
    olga.hands(point, customer, parcel, 2);
    CHECK(company.send(olga) == Outcome::applied);
    CHECK(company.status(order) == "delivered");
    CHECK(company.whole());
}
