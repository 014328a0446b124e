#include <future>
#include <thread>

#include "tests/shared/sql/engines.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using test::number;

namespace {

constexpr const char* table =
    "CREATE TABLE account (id BIGINT PRIMARY KEY, cents BIGINT NOT NULL); INSERT INTO account VALUES (1, 100), (2, "
    "100)";

std::string open_error(const std::string& dsn) {
    sql::DatabaseOptions options;
    options.dsn = dsn;
    return sql::Database::open(options, sql::postgres_factory()).error().message;
}

// A conflict is met alone or in a group, as the two threads happen to wake up.
bool ran_again(const sql::Database& database) {
    const auto stats = database.stats();
    return stats.retries + stats.broken_groups >= 1;
}

}  // namespace

TEST_CASE("a serialization conflict runs the unit again until both are in") {
    test::Postgres engine;
    sql::DatabaseOptions options;
    options.writers = 2;
    options.postgres_serializable = true;
    const auto database = engine.open(options);
    test::create(*database, table);
    std::atomic<int> inside{0}, runs{0};
    // Each reads both accounts before either writes: only one of the two orders can be serial.
    const auto withdraw = [&](int id) {
        return database->write([&, id](sql::Tx& tx) -> core::Status {
            ++runs;
            const auto total = tx.one("SELECT sum(cents) AS total FROM account")->get<std::int64_t>("total");
            ++inside;
            test::eventually([&] { return inside >= 2; });
            if (total < 200) return core::conflict("the other came first");
            tx.exec("UPDATE account SET cents = cents - 150 WHERE id = $1", id);
            return {};
        });
    };
    auto other = std::async(std::launch::async, [&] { return withdraw(1); });
    const auto mine = withdraw(2);
    const auto theirs = other.get();
    CHECK(mine.ok() != theirs.ok());
    CHECK((mine.ok() ? theirs : mine).error() == core::conflict("the other came first"));
    CHECK(runs >= 3);
    CHECK(ran_again(*database));
    CHECK(number(*database, "SELECT sum(cents) FROM account") == 50);
}

TEST_CASE("two units that lock each other out both end well") {
    test::Postgres engine;
    const auto database = engine.open();
    test::create(*database, table);
    std::atomic<int> inside{0};
    const auto move = [&](int from, int to) {
        return database->write([&, from, to](sql::Tx& tx) {
            tx.exec("UPDATE account SET cents = cents - 1 WHERE id = $1", from);
            ++inside;
            test::eventually([&] { return inside >= 2; });
            tx.exec("UPDATE account SET cents = cents + 1 WHERE id = $1", to);
        });
    };
    auto other = std::async(std::launch::async, [&] { return move(1, 2).ok(); });
    CHECK(move(2, 1).ok());
    CHECK(other.get());
    CHECK(ran_again(*database));
    CHECK(number(*database, "SELECT count(*) FROM account WHERE cents = 100") == 2);
}

TEST_CASE("a unit that conflicts for ever is given up after the bounded number of runs") {
    test::Postgres engine;
    sql::DatabaseOptions options;
    options.group.attempts = 3;
    const auto database = engine.open(options);
    int runs = 0;
    const auto given_up = database->write([&](sql::Tx& tx) {
        ++runs;
        tx.exec("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
    });
    CHECK(given_up.error().kind == core::ErrorKind::unavailable);
    CHECK(runs == 3);
}

TEST_CASE("a server that is stopped gives an error, and everything works again when it is back") {
    test::PostgresServer server;
    sql::DatabaseOptions options;
    test::Problems problems;
    options.dsn = server.fresh_database();
    options.on_problem = problems.hook();
    options.writers = 1;
    const auto database = std::move(sql::Database::open(options, sql::postgres_factory())).value();
    test::create(*database, table);
    CHECK(number(*database, "SELECT count(*) FROM account") == 2);

    const auto cut = database->write([&](sql::Tx& tx) {
        tx.exec("UPDATE account SET cents = 0 WHERE id = $1", 1);
        server.stop();
        tx.exec("UPDATE account SET cents = 0 WHERE id = $1", 2);
    });
    CHECK(cut.error().kind == core::ErrorKind::unavailable);
    CHECK(database->read([](sql::Tx&) { return 1; }).error().kind == core::ErrorKind::unavailable);
    CHECK(database->write([](sql::Tx&) { return 1; }).error().kind == core::ErrorKind::unavailable);

    server.start();
    CHECK(number(*database, "SELECT sum(cents) FROM account") == 200);
    CHECK(database->write([](sql::Tx& tx) { tx.exec("UPDATE account SET cents = 1 WHERE id = $1", 1); }).ok());
    server.stop();
    server.start();  // idle connections are stale now: nobody should notice
    CHECK(number(*database, "SELECT sum(cents) FROM account") == 101);
    CHECK(database->write([](sql::Tx& tx) { tx.exec("UPDATE account SET cents = 2 WHERE id = $1", 1); }).ok());
}

TEST_CASE("a connection lost at COMMIT is an unknown result, never a success, and is not run again") {
    test::Postgres engine;
    const auto database = engine.open();
    test::create(*database, table);
    // A deferred trigger that ends its own session: the cut comes inside COMMIT.
    test::create(*database,
                 "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                 " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
                 "CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON account DEFERRABLE INITIALLY DEFERRED"
                 " FOR EACH ROW EXECUTE FUNCTION cut()");
    int runs = 0;
    const auto lost = database->write([&](sql::Tx& tx) {
        ++runs;
        tx.exec("UPDATE account SET cents = 0 WHERE id = $1", 1);
    });
    REQUIRE_FALSE(lost.ok());
    CHECK(lost.error().kind == core::ErrorKind::unavailable);
    CHECK(lost.error().message.find("result is unknown") != std::string::npos);
    CHECK(runs == 1);
    CHECK(number(*database, "SELECT sum(cents) FROM account") == 200);
}

TEST_CASE("a unit that waits for a row in a group makes room and ends well alone") {
    test::Postgres engine;
    sql::DatabaseOptions options;
    options.writers = 1;
    const auto database = engine.open(options);
    test::create(*database, table);
    const auto holder = engine.connect();
    holder->begin(sql::Access::write);
    holder->run("UPDATE account SET cents = 5 WHERE id = 1", {}, {});
    std::atomic<bool> open{false};
    std::atomic<int> good{0};
    const auto send = [&](int id) {
        REQUIRE(database
                    ->submit(
                        [&, id](sql::Tx& tx) -> core::Status {
                            while (!open) std::this_thread::yield();
                            tx.exec("UPDATE account SET cents = cents + 1 WHERE id = $1", id);
                            return {};
                        },
                        [&](const core::Status& status) { good += status.ok(); })
                    .ok());
    };
    for (const int id : {2, 2, 1, 2}) send(id);
    open = true;
    REQUIRE(test::eventually([&] { return database->stats().broken_groups == 1; }));
    holder->commit();
    REQUIRE(test::eventually([&] { return good == 4; }));
    CHECK(number(*database, "SELECT cents FROM account WHERE id = 1") == 6);
    CHECK(number(*database, "SELECT cents FROM account WHERE id = 2") == 103);
}

TEST_CASE("work is taken by several connections without waiting for each other") {
    test::Postgres engine;
    const auto first = engine.connect();
    const auto second = engine.connect();
    test::create(*first, table);
    constexpr const char* take = "SELECT id FROM account ORDER BY id LIMIT 1 {skip_locked}";
    const auto taken = first->transaction([&](sql::Tx& tx) {
        const auto mine = tx.one(take)->get<int>(0);
        const auto theirs = second->transaction([&](sql::Tx& other) { return other.one(take)->get<int>(0); });
        return std::pair{mine, theirs.value()};
    });
    CHECK(taken.value() == std::pair{1, 2});
}

TEST_CASE("a PostgreSQL that cannot be used says why and keeps the password to itself") {
    auto& server = test::PostgresServer::shared();
    CHECK(open_error(server.base() + " dbname=absent").find("\"absent\" does not exist") != std::string::npos);
    CHECK(open_error("host=127.0.0.1 port=1 user=x dbname=x password=s3cret").find("refused") != std::string::npos);
    CHECK(open_error("host=127.0.0.1 password=s3 cret").find("cret") == std::string::npos);
    const std::string dsn = server.fresh_database();
    server.psql(dsn, "CREATE DATABASE odd_encoding_" + std::to_string(::getpid()) +
                         " TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    const auto refused = open_error(server.base() + " dbname=odd_encoding_" + std::to_string(::getpid()));
    CHECK(refused.find("LATIN1") != std::string::npos);
    CHECK(refused.find("UTF8 and C are needed") != std::string::npos);
    server.psql(dsn, "DROP DATABASE odd_encoding_" + std::to_string(::getpid()));
}

TEST_CASE("a login that the server refuses is reported in its words") {
    auto& server = test::PostgresServer::shared();
    const std::string dsn = server.fresh_database();
    const std::string role = "courier_" + std::to_string(::getpid());
    server.psql(dsn, "CREATE ROLE " + role);  // NOLOGIN
    const auto refused = open_error(dsn + " user=" + role);
    CHECK(refused.find("is not permitted to log in") != std::string::npos);
    server.psql(dsn, "DROP ROLE " + role);
}
