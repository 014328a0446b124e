// What a courier is told of who looked at his place, on both engines.
#include "central/app/access/access.hpp"

#include "central/app/audit/audit.hpp"
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/registry.hpp"
#include "central/store/migrations.hpp"
#include "central/store/staff_store.hpp"
#include "central/store/view_store.hpp"
#include "shared/wire/access_rows.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace plus7::test;
using namespace std::chrono_literals;
using app::audit::Look;

namespace {

const core::TimeUs noon = *core::from_iso8601("2026-11-22T12:00:00Z");

core::TimeMs ms(core::TimeUs time) { return std::chrono::floor<std::chrono::milliseconds>(time); }

template <typename Engine>
struct Field {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    std::string anna, boris, ivan;
    std::optional<core::DeviceId> device;

    Field() {
        sql::migrate(*db, store::migrations()).value();
        anna = staff("anna", "Анна Диспетчер", "dispatcher,operator");
        boris = staff("boris", "Борис", "admin");
        ivan = courier("C-1");
        device = handheld_of(ivan);
    }
    template <typename Fn>
    auto write(Fn fn) {
        return *db->write(fn);
    }
    std::string staff(const std::string& login, const std::string& name, const std::string& roles) {
        store::StaffRow row;
        row.staff_id = "id-" + login;
        row.login = login;
        row.name = row.name_fold = name;
        row.roles = roles;
        row.state = "active";
        row.language = "ru";
        row.created = noon;
        REQUIRE(write([&](sql::Tx& tx) { return store::insert_staff(tx, row); }));
        return row.staff_id;
    }
    std::string courier(const std::string& code) {
        return write([&](sql::Tx& tx) { return app::couriers::create(tx, {"Иван", code, {}}, noon).value().id; });
    }
    core::DeviceId handheld_of(const std::string& who) {
        return write([&](sql::Tx& tx) {
            const auto made = app::devices::create_device(tx, "handheld", noon).value().id;
            app::devices::bind(tx, who, made).value();
            return made;
        });
    }
    void look(const std::string& who, Look what, core::TimeUs at, std::optional<app::audit::Shown> shown = {}) {
        write([&](sql::Tx& tx) {
            return app::audit::record_look(tx, app::audit::staff_actor(who, "192.0.2.7"), ivan, what, at, shown);
        });
    }
    bool retell(core::TimeUs at) {
        return write([&](sql::Tx& tx) { return app::access::retell(tx, *device, at); });
    }
    std::vector<wire::ViewRow> rows(const core::DeviceId& id) {
        return *db->read([&](sql::Tx& tx) { return store::live_view_rows(tx, id); });
    }
    std::vector<wire::LookEntry> told() { return told(*device); }
    std::vector<wire::LookEntry> told(const core::DeviceId& id) {
        std::vector<wire::LookEntry> all;
        for (const auto& row : rows(id)) {
            if (row.key.kind != wire::RowKind::access) continue;
            const auto day = wire::decode_access_row(row.body).value();
            all.insert(all.end(), day.looks.begin(), day.looks.end());
        }
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
        return all;
    }
};

store::LookRow look_at(const std::string& staff, const std::string& what, core::TimeUs at) {
    return {staff, "", "", what, at, at, {}};
}

}  // namespace

TEST_CASE("what one person watched without an hour's pause is one look, of each kind and each person") {
    const std::vector<store::LookRow> looks{look_at("a", "live", noon),          look_at("b", "live", noon + 5min),
                                            look_at("a", "live", noon + 60min),  look_at("a", "events", noon + 61min),
                                            look_at("a", "live", noon + 110min), look_at("a", "live", noon + 171min)};
    const auto entries = app::access::coalesce(looks);
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].staff == "a");
    CHECK(entries[0].from == noon);
    CHECK(entries[0].to == noon + 110min);
    CHECK(entries[1].staff == "b");
    CHECK(entries[2].what == "events");
    CHECK(entries[3].from == noon + 171min);
}

TEST_CASE("of very many looks the newest two hundred are told") {
    std::vector<store::LookRow> looks;
    for (int at = 0; at < 300; ++at) looks.push_back(look_at("a", "live", noon + 2h * at));
    const auto entries = app::access::coalesce(looks);
    REQUIRE(entries.size() == app::access::most_looks);
    CHECK(entries.front().from == noon + 2h * 100);
    CHECK(entries.back().from == noon + 2h * 299);
}

TEST_CASE_TEMPLATE("a courier's handheld is told who looked at what and when, and of a track also which time it showed",
                   Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.look(field.anna, Look::live, noon);
    field.look(field.anna, Look::live, noon + 30min);
    field.look(field.boris, Look::track, noon + 40min, app::audit::Shown{ms(noon - 30h), ms(noon - 20h)});
    CHECK(field.told().empty());
    REQUIRE(field.retell(noon + 1h));
    const auto told = field.told();
    REQUIRE(told.size() == 2);
    CHECK(told[0] == wire::LookEntry{"Анна Диспетчер", "dispatcher", wire::LookKind::live, ms(noon), ms(noon + 30min)});
    CHECK(told[1] == wire::LookEntry{"Борис", "admin", wire::LookKind::track, ms(noon + 40min), ms(noon + 40min),
                                     ms(noon - 30h), ms(noon - 20h)});
    CHECK_FALSE(field.retell(noon + 2h));  // nothing new: no version
}

TEST_CASE_TEMPLATE("tracks of two days looked at within a quarter of an hour are two looks", Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.look(field.anna, Look::track, noon, app::audit::Shown{ms(noon - 30h), ms(noon - 20h)});
    field.look(field.anna, Look::track, noon + 1min, app::audit::Shown{ms(noon - 54h), ms(noon - 44h)});
    field.look(field.anna, Look::track, noon + 2min, app::audit::Shown{ms(noon - 54h), ms(noon - 40h)});
    REQUIRE(field.retell(noon + 1h));
    CHECK(field.told().size() == 2);
}

TEST_CASE_TEMPLATE("a new look sends the row of its day alone; what is older than thirty days leaves the handheld",
                   Engine, Sqlite, Postgres) {
    Field<Engine> field;
    field.look(field.anna, Look::live, noon - 25 * 24h);
    REQUIRE(field.retell(noon));
    const auto version_of = [&](std::int64_t day) {
        for (const auto& row : field.rows(*field.device))
            if (row.key == wire::access_key(day)) return row.version;
        return std::uint64_t{0};
    };
    const auto today = std::chrono::floor<std::chrono::days>(noon).time_since_epoch().count();
    const auto old = version_of(today - 25);
    REQUIRE(old != 0);
    field.look(field.anna, Look::live, noon);
    REQUIRE(field.retell(noon));
    CHECK(version_of(today - 25) == old);
    CHECK(version_of(today) > old);
    REQUIRE(field.retell(noon + 6 * 24h));
    CHECK(version_of(today - 25) == 0);
    CHECK(field.told().size() == 1);
}

TEST_CASE_TEMPLATE("a handheld that goes to another courier keeps nothing of the first one's record", Engine, Sqlite,
                   Postgres) {
    Field<Engine> field;
    field.look(field.anna, Look::live, noon);
    REQUIRE(field.retell(noon));
    const auto other = field.courier("C-2");
    field.write([&](sql::Tx& tx) { return app::devices::bind(tx, other, *field.device).ok(); });
    CHECK(field.told().empty());
    field.device = field.handheld_of(field.ivan);
    REQUIRE(field.retell(noon));
    CHECK(field.told().size() == 1);
}

TEST_CASE_TEMPLATE("the job's turn is about couriers that somebody looked at since the last one", Engine, Sqlite,
                   Postgres) {
    Field<Engine> field;
    const auto due = [&](core::TimeUs at) {
        return *field.db->read([&](sql::Tx& tx) { return app::access::due(tx, at); });
    };
    CHECK(due(noon).empty());
    field.look(field.anna, Look::live, noon + 14min);
    REQUIRE(due(noon + 15min).size() == 1);
    CHECK(due(noon + 15min)[0] == *field.device);
    CHECK(due(noon + 25min).size() == 1);
    CHECK(due(noon + 2h).empty());
}
