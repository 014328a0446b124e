// What facts of the field change, on both engines.
#include "central/app/field/apply.hpp"

#include "central/store/break_store.hpp"
#include "central/store/field_store.hpp"
#include "central/store/migrations.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace plus7::test;
using namespace std::chrono_literals;
using app::field::FieldEvent;

namespace {

const core::TimeUs noon = *core::from_iso8601("2026-11-22T12:00:00Z");

template <typename Engine>
struct Field {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    core::DeviceId device = core::DeviceId::random();
    core::BootId boot = core::random_id<core::BootId>();
    model::CourierId courier = core::random_id<model::CourierId>();
    model::ShiftId shift = core::random_id<model::ShiftId>();

    Field() {
        const auto all = store::migrations();
        sql::migrate(*db, all).value();
    }
    FieldEvent event(app::field::FieldData data, std::string type, std::chrono::seconds mono) {
        FieldEvent event(core::random_id<core::EventId>(), device);
        event.type = std::move(type);
        event.courier = courier;
        event.shift = shift;
        event.at.boot = boot;
        event.at.mono = mono;
        event.at.gps = std::chrono::floor<std::chrono::milliseconds>(noon + mono);
        event.received = noon + 2h;
        event.data = std::move(data);
        return event;
    }
    app::field::Applied apply(const FieldEvent& event) {
        return *db->write([&](sql::Tx& tx) {
            app::field::Anchors anchors(tx);
            const auto applied = app::field::apply(tx, event, anchors);
            anchors.keep();
            return applied;
        });
    }
    std::vector<store::ActRow> acts(std::vector<std::string> types = {}) {
        store::ActQuery query;
        query.device = device;
        query.to = noon + 24h;
        query.types = std::move(types);
        return *db->read([&](sql::Tx& tx) { return store::acts(tx, query); });
    }
    std::vector<store::BreakRow> breaks() {
        return *db->read([&](sql::Tx& tx) { return store::breaks_of(tx, core::to_uuid_text(shift)); });
    }
    std::string courier_text() { return core::to_uuid_text(courier); }
};

}  // namespace

TEST_CASE_TEMPLATE("a scan becomes an act with its three clocks, its place and its true time", Engine, Sqlite,
                   Postgres) {
    Field<Engine> field;
    auto scan = field.event(model::Scan{}, "scan", 60s);
    scan.place = app::field::Place{{55.8123456, 37.6}, 7, 1500ms};
    scan.data_bytes = {0xa0};
    CHECK(field.apply(scan).is_new);
    const auto acts = field.acts();
    REQUIRE(acts.size() == 1);
    CHECK(acts[0].at == noon + 60s);
    CHECK(acts[0].trust == "gps");
    CHECK(acts[0].stamp == scan.at);
    CHECK(acts[0].lat_e7 == 558123456);
    CHECK(acts[0].accuracy_m == 7);
    CHECK(acts[0].place_age_ms == 1500);
    CHECK(acts[0].courier == field.courier_text());
    CHECK(acts[0].data == core::Bytes{0xa0});
}

TEST_CASE_TEMPLATE("the same fact applied again changes nothing", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    const auto start = field.event(model::ShiftStarted{}, "shift.started", 0s);
    CHECK(field.apply(start).is_new);
    const auto again = field.apply(start);
    CHECK_FALSE(again.is_new);
    CHECK_FALSE(again.shift_started);
    CHECK(field.acts().size() == 1);
}

TEST_CASE_TEMPLATE("a fact without GPS gets its time from the monotonic clock of its boot", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.apply(field.event(model::Scan{}, "scan", 60s));
    auto indoors = field.event(model::Scan{}, "scan", 600s);
    indoors.at.gps.reset();
    indoors.at.wall = core::time_ms(0);
    field.apply(indoors);
    const auto acts = field.acts();
    REQUIRE(acts.size() == 2);
    CHECK(acts[0].trust == "mono");
    CHECK(acts[0].at == noon + 600s);
}

TEST_CASE_TEMPLATE("a shift opens with its start and closes with its end, in whichever order they come", Engine, Sqlite,
                   Postgres) {
    Field<Engine> field;
    const auto start = field.event(model::ShiftStarted{}, "shift.started", 0s);
    const auto end = field.event(model::ShiftEnded{}, "shift.ended", 3600s);
    const auto open = [&] { return *field.db->read([&](sql::Tx& tx) { return store::open_shifts(tx).size(); }); };

    SUBCASE("in order") {
        CHECK(field.apply(start).shift_started == noon);
        CHECK(open() == 1);
        CHECK(field.apply(end).shift_ended);
    }
    SUBCASE("the end first") {
        field.apply(end);
        field.apply(start);
    }
    CHECK(open() == 0);
    const auto shift =
        *field.db->read([&](sql::Tx& tx) { return store::last_shift_of_courier(tx, field.courier_text()); });
    REQUIRE(shift);
    CHECK(shift->started == noon);
    CHECK(shift->ended == noon + 3600s);
}

TEST_CASE_TEMPLATE("a shift that never ended is not open once the device has begun another", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.apply(field.event(model::ShiftStarted{}, "shift.started", 0s));
    field.shift = core::random_id<model::ShiftId>();
    field.apply(field.event(model::ShiftStarted{}, "shift.started", 7200s));
    const auto open = *field.db->read([](sql::Tx& tx) { return store::open_shifts(tx); });
    REQUIRE(open.size() == 1);
    CHECK(open[0].started == noon + 7200s);
}

TEST_CASE_TEMPLATE("a break is kept with its true times, one at a time, and lasts until it or its shift ends", Engine,
                   Sqlite, Postgres) {
    Field<Engine> field;
    const auto open = [&] {
        return *field.db->read([&](sql::Tx& tx) { return store::open_break(tx, core::to_uuid_text(field.shift)); });
    };
    const auto starts = [&](std::chrono::seconds at) {
        return field.apply(field.event(model::BreakStarted{}, "shift.break_started", at)).break_changed;
    };
    field.apply(field.event(model::ShiftStarted{}, "shift.started", 0s));
    CHECK(starts(100s));
    CHECK(open() == noon + 100s);
    CHECK(field.apply(field.event(model::BreakEnded{}, "shift.break_ended", 400s)).break_changed);
    CHECK_FALSE(open());
    CHECK(starts(1000s));

    SUBCASE("another that begins ends it") {
        CHECK(starts(1500s));
        CHECK(open() == noon + 1500s);
    }
    SUBCASE("the end of the shift ends it") {
        field.apply(field.event(model::ShiftEnded{}, "shift.ended", 1500s));
        CHECK_FALSE(open());
    }
    const auto breaks = field.breaks();
    REQUIRE(breaks.size() >= 2);
    CHECK(breaks[0].started == noon + 100s);
    CHECK(breaks[0].ended == noon + 400s);
    CHECK(breaks[1].ended == noon + 1500s);
}

TEST_CASE_TEMPLATE("a break whose clocks disagree has no length below nothing", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.apply(field.event(model::BreakStarted{}, "shift.break_started", 100s));
    field.apply(field.event(model::BreakEnded{}, "shift.break_ended", 40s));
    REQUIRE(field.breaks().size() == 1);
    CHECK(field.breaks()[0].ended == field.breaks()[0].started);
}

TEST_CASE_TEMPLATE("acts are listed newest first, by type or prefix, page by page", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.apply(field.event(model::ShiftStarted{}, "shift.started", 0s));
    for (int i = 1; i <= 5; ++i) field.apply(field.event(model::Scan{}, "scan", std::chrono::seconds{i / 2}));
    field.apply(field.event(model::ShiftEnded{}, "shift.ended", 100s));
    CHECK(field.acts({"scan"}).size() == 5);
    CHECK(field.acts({"shift."}).size() == 2);
    CHECK(field.acts({"shift.", "scan"}).size() == 7);
    CHECK(field.acts({"shift"}).empty());

    store::ActQuery query;
    query.device = field.device;
    query.to = noon + 24h;
    query.limit = 2;
    std::vector<core::EventId> seen;
    for (;;) {
        const auto page = *field.db->read([&](sql::Tx& tx) { return store::acts(tx, query); });
        if (page.empty()) break;
        for (const auto& act : page) seen.push_back(act.event_id);
        query.before = {page.back().at, page.back().event_id};
    }
    CHECK(seen.size() == 7);
    std::sort(seen.begin(), seen.end());
    CHECK(std::unique(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE_TEMPLATE("the last position is replaced by a newer fix only", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    const auto keep = [&](std::chrono::seconds after, std::int64_t lat) {
        store::PositionRow row{field.device, {}, noon + after, noon + after, lat, 376000000, {}, {}, {}};
        field.db->write([&](sql::Tx& tx) { store::keep_newest_position(tx, row); }).value();
    };
    keep(10s, 1);
    keep(20s, 2);
    keep(15s, 3);
    const auto rows = *field.db->read([](sql::Tx& tx) { return store::last_positions(tx); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].lat_e7 == 2);
}
