#include "tests/shared/sql/engines.hpp"

using namespace plus7;

namespace {

constexpr const char* table =
    "CREATE TABLE parcel (code TEXT PRIMARY KEY, weight {int} NOT NULL CHECK (weight >= 0)) {strict}";
constexpr const char* insert = "INSERT INTO parcel (code, weight) VALUES ($1, $2)";

std::vector<std::string> codes(sql::Connection& connection) {
    return connection
        .snapshot([](sql::Tx& tx) {
            std::vector<std::string> found;
            tx.each("SELECT code FROM parcel ORDER BY code", {},
                    [&](const sql::Row& row) { found.push_back(row.get<std::string>(0)); });
            return found;
        })
        .value();
}

sql::DbErrorKind kind_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const sql::DbError& error) {
        return error.kind();
    }
    throw std::runtime_error("nothing was thrown");
}

}  // namespace

TEST_CASE_TEMPLATE("RETURNING and ON CONFLICT work in one text, and changed rows are counted", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto done = connection->transaction([](sql::Tx& tx) {
        CHECK(tx.one("INSERT INTO parcel (code, weight) VALUES ($1, $2) RETURNING weight * 2 AS twice", "a", 21)
                  ->get<int>("twice") == 42);
        CHECK(tx.exec("INSERT INTO parcel (code, weight) VALUES ($1, $2) ON CONFLICT DO NOTHING", "a", 1) == 0);
        CHECK(tx.exec("INSERT INTO parcel (code, weight) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE"
                      " SET weight = parcel.weight + excluded.weight",
                      "a", 1) == 1);
        tx.exec(insert, "b", 5);
        CHECK(tx.exec("UPDATE parcel SET weight = weight + 1") == 2);
        CHECK(tx.exec("DELETE FROM parcel WHERE code = $1", "nobody") == 0);
        CHECK(tx.one("SELECT weight FROM parcel WHERE code = $1 {for_update}", "a")->get<int>(0) == 23);
        CHECK_FALSE(tx.one("SELECT weight FROM parcel WHERE code = $1", "c").has_value());
        CHECK_THROWS_AS(tx.one("SELECT code FROM parcel"), std::logic_error);
    });
    CHECK(done.ok());
}

TEST_CASE_TEMPLATE("an error result and an exception both roll back", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto refused = connection->transaction([](sql::Tx& tx) -> core::Result<int> {
        tx.exec(insert, "a", 1);
        return core::denied("no");
    });
    CHECK(refused.error().kind == core::ErrorKind::denied);
    CHECK_THROWS_AS((void)connection->transaction([](sql::Tx& tx) {
        tx.exec(insert, "b", 1);
        throw std::runtime_error("bug");
    }),
                    std::runtime_error);
    CHECK(codes(*connection).empty());
}

TEST_CASE_TEMPLATE("the engine's complaints have the same kinds", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    test::create(*connection, "CREATE TABLE scan (code TEXT NOT NULL REFERENCES parcel (code)) {strict}");
    const auto kind = [&](const char* text, auto... args) {
        return kind_of([&] { (void)connection->transaction([&](sql::Tx& tx) { tx.exec(text, args...); }); });
    };
    (void)connection->transaction([](sql::Tx& tx) { tx.exec(insert, "a", 1); });
    CHECK(kind(insert, "a", 2) == sql::DbErrorKind::constraint_unique);
    CHECK(kind(insert, "b", -1) == sql::DbErrorKind::constraint);
    CHECK(kind(insert, "b", nullptr) == sql::DbErrorKind::constraint);
    CHECK(kind("INSERT INTO scan (code) VALUES ($1)", "nobody") == sql::DbErrorKind::constraint);
    CHECK(kind("SELEC $1", 1) == sql::DbErrorKind::other);
    CHECK(kind("DELETE FROM no_such_table WHERE a = $1", 1) == sql::DbErrorKind::other);
    CHECK(kind("DELETE FROM parcel WHERE code = $1; DELETE FROM parcel", "a") == sql::DbErrorKind::other);
    CHECK(codes(*connection) == std::vector<std::string>{"a"});
}

TEST_CASE_TEMPLATE("a message about a violated key does not repeat what was typed", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    (void)connection->transaction([](sql::Tx& tx) { tx.exec(insert, "private-7", 1); });
    try {
        (void)connection->transaction([](sql::Tx& tx) { tx.exec(insert, "private-7", 1); });
        FAIL("the second insert was accepted");
    } catch (const sql::DbError& error) {
        CHECK(std::string{error.what()}.find("private-7") == std::string::npos);
    }
}

TEST_CASE_TEMPLATE("a savepoint undoes only its own work, also when nested", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto done = connection->transaction([](sql::Tx& tx) -> core::Status {
        tx.exec(insert, "a", 1);
        const auto twice = tx.savepoint([](sql::Tx& inner) -> core::Status {
            inner.exec(insert, "b", 1);
            inner.exec(insert, "a", 1);
            return {};
        });
        CHECK(twice.error().kind == core::ErrorKind::conflict);
        const auto nested = tx.savepoint([](sql::Tx& outer) -> core::Status {
            outer.exec(insert, "c", 1);
            CHECK_FALSE(outer
                            .savepoint([](sql::Tx& inner) -> core::Status {
                                inner.exec(insert, "d", 1);
                                return core::invalid("no");
                            })
                            .ok());
            return {};
        });
        CHECK(nested.ok());
        return {};
    });
    CHECK(done.ok());
    CHECK(codes(*connection) == std::vector<std::string>{"a", "c"});
}

TEST_CASE_TEMPLATE("a failure that was hidden outside a savepoint does not commit", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto hide = [](sql::Tx& tx) {
        tx.exec(insert, "a", 1);
        try {
            tx.exec(insert, "a", 1);
        } catch (const sql::DbError&) {
        }
    };
    CHECK_THROWS_AS((void)connection->transaction(hide), sql::DbError);
    CHECK(codes(*connection).empty());
}

TEST_CASE_TEMPLATE("many rows go in by one call, whatever their number", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    std::vector<std::string> names;
    for (int i = 0; i < 700; ++i) names.push_back("p" + std::to_string(1000 + i));
    const auto changed = connection->transaction([&](sql::Tx& tx) {
        std::vector<std::vector<sql::Param>> rows;
        for (const auto& name : names) rows.push_back({name, 3});
        rows.push_back({names.front(), 4});
        return tx.exec_many("INSERT INTO parcel (code, weight) VALUES ($1, $2) ON CONFLICT DO NOTHING", rows);
    });
    CHECK(changed.value() == 700);
    const auto updated = connection->transaction([&](sql::Tx& tx) {
        const std::vector<std::vector<sql::Param>> rows{{"p1000", 1}, {"p1000", 1}, {"p1001", 1}};
        return tx.exec_many(
            "INSERT INTO parcel (code, weight) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE"
            " SET weight = parcel.weight + excluded.weight",
            rows);
    });
    CHECK(updated.value() == 3);
    CHECK(codes(*connection) == names);
    CHECK(connection->snapshot([](sql::Tx& tx) { return tx.one("SELECT sum(weight) FROM parcel")->get<int>(0); })
              .value() == 2103);
}

TEST_CASE_TEMPLATE("rows are streamed, may be cut short, and other statements run in between", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto seen = connection->transaction([&](sql::Tx& tx) {
        for (int i = 0; i < 1200; ++i) tx.exec(insert, "p" + std::to_string(i), i);
        int all = 0;
        int same = 0;
        tx.each("SELECT code, weight FROM parcel WHERE weight >= $1", {0}, [&](const sql::Row& row) {
            ++all;
            same += tx.one("SELECT weight FROM parcel WHERE code = $1", row.get<std::string>("code"))->get<int>(0) ==
                    row.get<int>("weight");
        });
        CHECK(all == 1200);
        CHECK(same == 1200);
        int some = 0;
        tx.each("SELECT code FROM parcel", {}, [&](const sql::Row&) { return ++some < 3; });
        return some;
    });
    CHECK(seen.value() == 3);
}
