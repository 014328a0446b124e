#include "shared/sql/migrations.hpp"

#include <array>
#include <future>

#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using sql::Migration;

namespace {

constexpr std::array<Migration, 3> history{{
    {1, "0001_parcel.sql",
     "CREATE TABLE parcel (id {int} PRIMARY KEY, photo {bytes}) {strict};\n"
     "-- a comment; with a semicolon\nINSERT INTO parcel VALUES (1, NULL);"},
    {2, "0002_weight.sql", "ALTER TABLE parcel ADD COLUMN weight {int} NOT NULL DEFAULT 0;"},
    {3, "0003_scan.sql", "CREATE TABLE scan (id {int} PRIMARY KEY) {strict}"},
}};

std::span<const Migration> first(std::size_t count) { return std::span{history}.first(count); }

}  // namespace

TEST_CASE_TEMPLATE("migrations run in order, once, and continue where they stopped", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    REQUIRE(sql::migrate(*database, first(2)).ok());
    REQUIRE(sql::migrate(*database, first(3)).ok());
    REQUIRE(sql::migrate(*database, first(3)).ok());
    CHECK(test::number(*database, "SELECT count(*) FROM parcel WHERE weight = 0") == 1);
    const sql::Rows names =
        database->read([](sql::Tx& tx) { return tx.query("SELECT * FROM schema_migration ORDER BY number"); }).value();
    REQUIRE(names.size() == 3);
    CHECK(names[2].get<std::string>("name") == "0003_scan.sql");
}

TEST_CASE_TEMPLATE("who only looks is told when the database is older, newer or empty, and changes nothing", T,
                   PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    CHECK(sql::expect_migrated(*database, first(3)).error().kind == core::ErrorKind::conflict);
    REQUIRE(sql::migrate(*database, first(2)).ok());
    CHECK(sql::expect_migrated(*database, first(3)).error().message == "the database is at migration 2 of 3");
    CHECK(sql::expect_migrated(*database, first(2)).ok());
    CHECK(sql::expect_migrated(*database, first(1)).error().kind == core::ErrorKind::conflict);
    CHECK(test::number(*database, "SELECT count(*) FROM schema_migration") == 2);
}

TEST_CASE_TEMPLATE("a program older than the database refuses", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    REQUIRE(sql::migrate(*connection, first(3)).ok());
    const auto refused = sql::migrate(*connection, first(2));
    CHECK(refused.error().message ==
          "the database has migration 3 (0003_scan.sql), this program knows only 2: install a newer program");
}

TEST_CASE_TEMPLATE("a changed text is refused and nothing new is applied", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    REQUIRE(sql::migrate(*connection, first(2)).ok());
    auto changed = history;
    changed[0].text = "CREATE TABLE parcel (id {int} PRIMARY KEY) {strict}";
    CHECK(sql::migrate(*connection, changed).error().kind == core::ErrorKind::conflict);
    CHECK(sql::migrate(*connection, first(2)).ok());
}

TEST_CASE_TEMPLATE("a failing migration leaves nothing behind and is named", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    auto broken = history;
    broken[1].text = "CREATE TABLE half (id {int} PRIMARY KEY) {strict}; INSERT INTO no_such_table VALUES (1)";
    const auto failed = sql::migrate(*connection, broken);
    CHECK(failed.error().message.find("2 (0002_weight.sql)") != std::string::npos);
    CHECK_THROWS_AS((void)connection->snapshot([](sql::Tx& tx) { tx.query("SELECT * FROM half"); }), sql::DbError);
    CHECK(sql::migrate(*connection, history).ok());
}

TEST_CASE_TEMPLATE("numbers with holes are a bug", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    CHECK_THROWS_AS((void)sql::migrate(*connection, std::span{history}.subspan(1)), std::logic_error);
}

TEST_CASE_TEMPLATE("two instances that start at once migrate once", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const auto start = [&] {
        const std::unique_ptr<sql::Connection> connection = engine.connect();
        return sql::migrate(*connection, history).ok();
    };
    auto other = std::async(std::launch::async, start);
    CHECK(start());
    CHECK(other.get());
}
