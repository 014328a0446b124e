// The record of who did and saw what, on both engines.
#include "central/app/audit/audit.hpp"

#include "central/store/migrations.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace plus7::test;
using namespace std::chrono_literals;
using app::audit::Entry;
using app::audit::Look;
using app::audit::Query;
using app::audit::Subject;
using app::audit::SubjectKind;

namespace {

const core::TimeUs noon = *core::from_iso8601("2026-11-22T12:00:00Z");
const auto admin = app::audit::staff_actor("a-1", "192.0.2.7");

template <typename Engine>
struct Book {
    Engine engine;
    std::unique_ptr<sql::Database> db = engine.open();
    Book() { sql::migrate(*db, store::migrations()).value(); }

    void record(const Entry& entry, core::TimeUs at) {
        REQUIRE(db->write([&](sql::Tx& tx) -> core::Status {
                      app::audit::record(tx, entry, at);
                      return {};
                  }).ok());
    }
    bool look(const std::string& courier, const app::audit::Actor& viewer, Look look, core::TimeUs at) {
        return *db->write([&](sql::Tx& tx) { return app::audit::record_look(tx, viewer, courier, look, at); });
    }
    std::vector<app::audit::Line> read(const Query& query) {
        return *db->read([&](sql::Tx& tx) { return app::audit::entries(tx, query); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("an entry comes back with who, what, to whom, from where and what changed", Engine, Sqlite,
                   Postgres) {
    Book<Engine> book;
    book.record({admin, "staff.edited", Subject{SubjectKind::staff, "s-1"}, {{"roles", "clerk", "depot"}}}, noon);
    book.record({app::audit::anonymous_actor("192.0.2.9"), "session.refused", std::nullopt, {{"step", "code"}}, false},
                noon + 1s);
    const auto all = book.read({});
    REQUIRE(all.size() == 2);
    CHECK(all[0].action == "session.refused");  // newest first
    CHECK_FALSE(all[0].ok);
    CHECK_FALSE(all[0].subject_id.has_value());
    CHECK(all[1].who_kind == "staff");
    CHECK(all[1].who_id == "a-1");
    CHECK(all[1].address == "192.0.2.7");
    CHECK(all[1].subject_id == "s-1");
    CHECK(all[1].detail == R"({"roles":["depot","clerk"]})");
    CHECK(all[1].at == noon);
}

TEST_CASE_TEMPLATE("the list is filtered by time, person, action or its group, and subject", Engine, Sqlite, Postgres) {
    Book<Engine> book;
    book.record({admin, "staff.edited", Subject{SubjectKind::staff, "s-1"}}, noon);
    book.record({admin, "staffing.other", Subject{SubjectKind::staff, "s-2"}}, noon + 1s);
    book.record({app::audit::device_actor("d-1"), "device.enrolled", Subject{SubjectKind::device, "d-1"}}, noon + 2s);
    struct Case {
        Query query;
        std::size_t found;
    };
    for (const auto& [query, found] : {
             Case{{.from = noon + 1s}, 2},
             Case{{.to = noon + 1s}, 1},
             Case{{.who = "a-1"}, 2},
             Case{{.action = "staff."}, 1},
             Case{{.action = "device.enrolled"}, 1},
             Case{{.action = "device"}, 0},
             Case{{.subject = "s-2"}, 1},
             Case{{.who = "a-1", .subject = "d-1"}, 0},
         })
        CHECK(book.read(query).size() == found);
}

TEST_CASE_TEMPLATE("pages follow each other without a gap or a repeat", Engine, Sqlite, Postgres) {
    Book<Engine> book;
    for (int i = 0; i < 5; ++i) book.record({admin, "n." + std::to_string(i), std::nullopt}, noon + 1s * i);
    std::string seen;
    Query query;
    query.limit = 2;
    for (auto page = book.read(query); !page.empty(); page = book.read(query)) {
        for (const auto& line : page) seen += line.action.back();
        query.before = page.back().audit_id;
    }
    CHECK(seen == "43210");
}

TEST_CASE_TEMPLATE("a look at a courier's position stands once per courier, viewer, kind and quarter of an hour",
                   Engine, Sqlite, Postgres) {
    Book<Engine> book;
    const auto other = app::audit::staff_actor("a-2", "192.0.2.8");
    CHECK(book.look("c-1", admin, Look::live, noon));
    CHECK_FALSE(book.look("c-1", admin, Look::live, noon + 14min));
    CHECK(book.look("c-1", admin, Look::track, noon));
    CHECK(book.look("c-1", other, Look::live, noon));
    CHECK(book.look("c-2", admin, Look::live, noon));
    CHECK(book.look("c-1", admin, Look::live, noon + 15min));
    const auto entries = book.read({.subject = "c-1"});
    CHECK(entries.size() == 4);
    CHECK(entries.back().subject_kind == "courier");
    CHECK(book.read({.action = "courier.track_seen"}).size() == 1);
}

TEST_CASE_TEMPLATE("many looks at once count the new ones", Engine, Sqlite, Postgres) {
    Book<Engine> book;
    CHECK(book.look("c-1", admin, Look::events, noon));
    const std::vector<std::string> couriers{"c-1", "c-2", "c-3", "c-2"};
    const auto added = book.db->write(
        [&](sql::Tx& tx) { return app::audit::record_looks(tx, admin, couriers, Look::events, noon + 1min); });
    CHECK(*added == 2);
}

TEST_CASE_TEMPLATE("what was recorded in a unit that is rolled back does not stand there", Engine, Sqlite, Postgres) {
    Book<Engine> book;
    const auto failed = book.db->write([&](sql::Tx& tx) -> core::Status {
        app::audit::record(tx, {admin, "staff.edited", std::nullopt}, noon);
        return core::conflict("no");
    });
    CHECK_FALSE(failed.ok());
    CHECK(book.read({}).empty());
}
