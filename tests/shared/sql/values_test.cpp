#include <limits>

#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace std::string_literals;

namespace {

constexpr const char* table =
    "CREATE TABLE thing (id {int} PRIMARY KEY, number {int}, ratio {real}, words TEXT, raw {bytes}) {strict}";
using Label = core::Fixed<4, struct LabelTag>;

}  // namespace

TEST_CASE_TEMPLATE("every type comes back as it was stored, NULL included", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const core::Bytes raw{0, 1, 0, 255, 0};
    const std::string words = "Пакет №7 — «срочно» 📦 ' \" \\ $1";
    const auto done = connection->transaction([&](sql::Tx& tx) {
        tx.exec("INSERT INTO thing VALUES ($1, $2, $3, $4, $5)", 1, std::numeric_limits<std::int64_t>::min(), 0.1,
                words, raw);
        tx.exec("INSERT INTO thing VALUES ($1, $2, $3, $4, $5)", 2, std::numeric_limits<std::int64_t>::max(), -1e300,
                "", core::Bytes{});
        tx.exec("INSERT INTO thing VALUES ($1, $2, $3, $4, $5)", 3, nullptr, std::optional<double>{}, std::nullopt,
                sql::Value{});
    });
    REQUIRE(done.ok());
    const sql::Rows rows =
        connection->snapshot([](sql::Tx& tx) { return tx.query("SELECT * FROM thing ORDER BY id"); }).value();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].get<std::int64_t>("number") == std::numeric_limits<std::int64_t>::min());
    CHECK(rows[0].get<double>("ratio") == 0.1);
    CHECK(rows[0].get<std::string>("words") == words);
    CHECK(rows[0].get<core::Bytes>("raw") == raw);
    CHECK(rows[1].get<std::int64_t>(1) == std::numeric_limits<std::int64_t>::max());
    CHECK(rows[1].get<double>(2) == -1e300);
    CHECK(rows[1].get<std::optional<std::string>>("words") == "");
    CHECK(rows[1].get<std::optional<core::Bytes>>("raw") == core::Bytes{});
    for (const char* column : {"number", "ratio", "words", "raw"}) CHECK(rows[2].is_null(column));
    CHECK_FALSE(rows[2].get<std::optional<std::int64_t>>("number").has_value());
}

TEST_CASE_TEMPLATE("our own types are bound and read", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const Label label{{1, 0, 2, 3}};
    const auto id = core::DeviceId::random();
    const core::TimeUs at = core::time_us(1'795'342'200'123'456);
    const sql::Row row =
        connection
            ->transaction([&](sql::Tx& tx) {
                tx.exec("INSERT INTO thing (id, number, ratio, words, raw) VALUES ($1, $2, $3, $4, $5)", true, at, 2,
                        id, label);
                return *tx.one("SELECT id, number, ratio, words, raw FROM thing");
            })
            .value();
    CHECK(row.get<bool>("id"));
    CHECK(row.get<core::TimeUs>("number") == at);
    CHECK(row.get<double>("ratio") == 2.0);
    CHECK(row.get<core::DeviceId>("words") == id);
    CHECK(row.get<Label>("raw") == label);
    CHECK(row.get<std::optional<Label>>("raw") == label);
}

TEST_CASE_TEMPLATE("a wrong type or column is named in the exception", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const sql::Row row =
        connection
            ->transaction([&](sql::Tx& tx) {
                tx.exec("INSERT INTO thing VALUES ($1, $2, $3, $4, $5)", 300, nullptr, 1.5, "x", core::Bytes{1});
                return *tx.one("SELECT id, number, ratio, words, raw FROM thing");
            })
            .value();
    CHECK_THROWS_WITH_AS(row.get<std::int64_t>("words"), "column 'words' holds a text, wanted was an integer",
                         std::logic_error);
    CHECK_THROWS_WITH_AS(row.get<std::int64_t>("number"), "column 'number' holds NULL, wanted was an integer",
                         std::logic_error);
    CHECK_THROWS_WITH_AS(row.get<int>("nothing"), "a row has no column 'nothing', it has: id number ratio words raw",
                         std::logic_error);
    CHECK_THROWS_AS(row.get<Label>("raw"), std::logic_error);
    CHECK_THROWS_AS(row.get<bool>("id"), std::logic_error);
    CHECK_THROWS_AS(row.get<std::int8_t>("id"), std::logic_error);
    CHECK_THROWS_AS(row.get<core::DeviceId>("words"), std::logic_error);
    CHECK_THROWS_AS(row.get<int>(5), std::logic_error);
}

TEST_CASE_TEMPLATE("parameters are bound by their number, in any order and as often as named", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const sql::Row row =
        connection
            ->transaction([](sql::Tx& tx) {
                tx.exec("INSERT INTO thing (words, number, id) VALUES ($3, $2, $1)", 1, 2, "three");
                return *tx.one(
                    "SELECT CAST($2 AS {int}) AS b, CAST($1 AS {int}) AS a, CAST($2 AS {int}) AS again, words"
                    " FROM thing WHERE number = $2 AND id = $1",
                    1, 2);
            })
            .value();
    CHECK(row.get<int>("a") == 1);
    CHECK(row.get<int>("b") == 2);
    CHECK(row.get<int>("again") == 2);
    CHECK(row.get<std::string>("words") == "three");
}

TEST_CASE_TEMPLATE("a wrong number of parameters is refused", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto with = [&](auto... args) {
        return [&connection, args...] {
            (void)connection->transaction([&](sql::Tx& tx) { tx.exec("DELETE FROM thing WHERE id = $1", args...); });
        };
    };
    CHECK_THROWS_AS(with(1, 2)(), sql::DbError);
    CHECK_THROWS_AS(with()(), sql::DbError);
    CHECK_NOTHROW(with(1)());
}

TEST_CASE_TEMPLATE("values that cannot be stored are refused as invalid", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    test::create(*connection, table);
    const auto stores = [&](const auto& make) {
        try {
            (void)connection->transaction([&](sql::Tx& tx) {
                tx.exec("INSERT INTO thing (id, number, ratio, words) VALUES (1, $1, $2, $3)", make(0), make(1),
                        make(2));
            });
        } catch (const sql::DbError& error) {
            return error.kind();
        }
        return sql::DbErrorKind::other;
    };
    using Made = sql::Param;
    const auto at = [](int place, auto value) {
        return [place, value](int i) { return i == place ? Made(value) : Made(nullptr); };
    };
    CHECK(stores(at(2, "a\0b"s)) == sql::DbErrorKind::invalid);
    CHECK(stores(at(2, "\xC0\x80"s)) == sql::DbErrorKind::invalid);
    CHECK(stores(at(2, "\xED\xA0\x80"s)) == sql::DbErrorKind::invalid);
    CHECK(stores(at(2, "cut \xD0"s)) == sql::DbErrorKind::invalid);
    CHECK(stores(at(1, std::numeric_limits<double>::infinity())) == sql::DbErrorKind::invalid);
    CHECK(stores(at(0, std::numeric_limits<std::uint64_t>::max())) == sql::DbErrorKind::invalid);
    CHECK(stores(at(0, "not a number"s)) == sql::DbErrorKind::invalid);
}

TEST_CASE_TEMPLATE("sums and comparisons come as integers on both engines", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Connection> connection = engine.connect();
    const sql::Row row =
        connection
            ->snapshot([](sql::Tx& tx) {
                return *tx.one(
                    "SELECT sum(CAST(n AS {int})) AS total, count(*) AS rows_, 2 > 1 AS yes, 1 = 2 AS no"
                    " FROM (SELECT 9000000000 AS n UNION ALL SELECT 1) AS numbers");
            })
            .value();
    CHECK(row.get<std::int64_t>("total") == 9'000'000'001);
    CHECK(row.get<int>("rows_") == 2);
    CHECK(row.get<bool>("yes"));
    CHECK_FALSE(row.get<bool>("no"));
}
