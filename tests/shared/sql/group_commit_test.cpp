#include <future>
#include <thread>

#include "tests/shared/sql/engines.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using test::number;

namespace {

constexpr const char* table = "CREATE TABLE event (id {int} PRIMARY KEY, worker {int} NOT NULL) {strict}";
constexpr const char* insert = "INSERT INTO event (id, worker) VALUES ($1, $2)";
constexpr auto limit = std::chrono::seconds{20};

// Holds every writer thread inside a unit until opened, so that what is submitted meanwhile must queue up.
class Gate {
  public:
    Gate(sql::Database& database, int threads) {
        for (int i = 0; i < threads; ++i) {
            const auto taken = database.submit(
                [this](sql::Tx&) -> core::Status {
                    ++held_;
                    opened_.wait_for(limit);
                    return {};
                },
                [](const core::Status&) {});
            REQUIRE(taken.ok());
            REQUIRE(test::eventually([&] { return held_ == i + 1; }));
        }
    }
    void open() { open_.set_value(); }

  private:
    std::promise<void> open_;
    std::shared_future<void> opened_ = open_.get_future().share();
    std::atomic<int> held_{0};
};

sql::DatabaseOptions one_writer() {
    sql::DatabaseOptions options;
    options.writers = 1;
    options.group.time = limit;
    return options;
}

}  // namespace

TEST_CASE_TEMPLATE("queued units share one commit, and a failing one does not harm its neighbours", T,
                   PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open(one_writer());
    test::create(*database, table);
    std::atomic<int> good{0}, bad{0};
    std::mutex mutex;
    std::vector<core::ErrorKind> kinds;
    {
        Gate gate(*database, 1);
        const auto before = database->stats();
        for (int i = 0; i < 50; ++i) {
            const auto taken = database->submit(
                [i](sql::Tx& tx) -> core::Status {
                    tx.exec(insert, i, 0);
                    if (i == 10) return core::denied("not this one");
                    if (i == 20) tx.exec(insert, 1, 0);  // violates the key
                    if (i == 30) throw std::runtime_error("a bug in a unit");
                    return {};
                },
                [&](const core::Status& status) {
                    ++(status.ok() ? good : bad);
                    if (status.ok()) return;
                    const std::lock_guard lock(mutex);
                    kinds.push_back(status.error().kind);
                });
            REQUIRE(taken.ok());
        }
        gate.open();
        REQUIRE(test::eventually([&] { return good + bad == 50; }));
        CHECK(database->stats().commits - before.commits == 2);  // the gate's own, and one for all fifty
    }
    CHECK(good == 47);
    CHECK(kinds == std::vector{core::ErrorKind::denied, core::ErrorKind::conflict, core::ErrorKind::internal});
    CHECK(number(*database, "SELECT count(*) FROM event") == 47);
    CHECK(number(*database, "SELECT count(*) FROM event WHERE id IN (10, 20, 30)") == 0);
    CHECK(database->stats().failed == 3);
}

TEST_CASE_TEMPLATE("writers on eight threads lose nothing", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    test::create(*database, table);
    test::create(*database,
                 "CREATE TABLE counter (id {int} PRIMARY KEY, value {int} NOT NULL) {strict};"
                 "INSERT INTO counter VALUES (1, 0)");
    constexpr int threads = 8;
    constexpr int each = 40;
    std::atomic<int> written{0};
    std::vector<std::thread> workers;
    for (int worker = 0; worker < threads; ++worker) {
        workers.emplace_back([&, worker] {
            for (int i = 0; i < each; ++i) {
                const auto value = database->write([&](sql::Tx& tx) {
                    tx.exec(insert, worker * each + i, worker);
                    const auto seen = tx.one("SELECT value FROM counter WHERE id = 1 {for_update}")->get<int>(0);
                    tx.exec("UPDATE counter SET value = $1 WHERE id = 1", seen + 1);
                    return seen;
                });
                written += value.ok();
            }
        });
    }
    for (auto& worker : workers) worker.join();
    CHECK(written == threads * each);
    CHECK(number(*database, "SELECT count(*) FROM event") == threads * each);
    CHECK(number(*database, "SELECT value FROM counter") == threads * each);
}

TEST_CASE_TEMPLATE("write returns the result, an error rolls back, exceptions reach the caller", T,
                   PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    test::create(*database, table);
    CHECK(database->write([](sql::Tx& tx) { return tx.exec(insert, 1, 1); }).value() == 1);
    const auto refused = database->write([](sql::Tx& tx) -> core::Result<int> {
        tx.exec(insert, 2, 1);
        return core::expired("too late");
    });
    CHECK(refused.error() == core::expired("too late"));
    CHECK(database->write([](sql::Tx& tx) { tx.exec(insert, 1, 1); }).error().kind == core::ErrorKind::conflict);
    CHECK_THROWS_AS((void)database->write([](sql::Tx&) { throw std::out_of_range("bug"); }), std::out_of_range);
    CHECK_THROWS_AS((void)database->write([](sql::Tx& tx) { tx.exec("SELEC"); }), sql::DbError);
    CHECK_THROWS_AS((void)database->read([](sql::Tx& tx) { tx.query("SELEC"); }), sql::DbError);
    CHECK(number(*database, "SELECT count(*) FROM event") == 1);
}

TEST_CASE_TEMPLATE("a unit that writes or submits from the writer thread is a bug", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    CHECK_THROWS_AS((void)database->write([&](sql::Tx&) { return database->write([](sql::Tx&) { return 1; }); }),
                    std::logic_error);
    CHECK_THROWS_AS((void)database->write([&](sql::Tx&) { return database->submit({}, {}); }), std::logic_error);
}

TEST_CASE_TEMPLATE("a reader sees one state while a writer goes on, and cannot write", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    test::create(*database, table);
    const auto seen = database->read([&](sql::Tx& tx) {
        const auto before = tx.one("SELECT count(*) FROM event")->get<int>(0);
        auto writing = std::async(std::launch::async, [&] {
            return database->write([](sql::Tx& writer) { writer.exec(insert, 1, 1); }).ok();
        });
        const bool in_time = writing.wait_for(limit) == std::future_status::ready;
        CHECK(in_time);
        CHECK(writing.get());
        return before + tx.one("SELECT count(*) FROM event")->get<int>(0);
    });
    CHECK(seen.value() == 0);
    CHECK(number(*database, "SELECT count(*) FROM event") == 1);
    CHECK_THROWS_AS((void)database->read([](sql::Tx& tx) { tx.exec("DELETE FROM event WHERE id = $1", 1); }),
                    sql::DbError);
}

TEST_CASE_TEMPLATE("closing finishes what is queued and refuses what comes later", T, PLUS7_BOTH_ENGINES) {
    T engine;
    auto database = engine.open(one_writer());
    test::create(*database, table);
    std::atomic<int> done{0};
    {
        Gate gate(*database, 1);
        for (int i = 0; i < 20; ++i) {
            REQUIRE(database
                        ->submit([i](sql::Tx& tx) -> core::Status { return tx.exec(insert, i, 0), core::Status{}; },
                                 [&](const core::Status& status) { done += status.ok(); })
                        .ok());
        }
        gate.open();
        database->close();
    }
    CHECK(done == 20);
    CHECK(database->submit([](sql::Tx&) -> core::Status { return {}; }, [](const core::Status&) {}).error().kind ==
          core::ErrorKind::unavailable);
    CHECK(database->read([](sql::Tx&) { return 1; }).error().kind == core::ErrorKind::unavailable);
    database = engine.open();
    CHECK(number(*database, "SELECT count(*) FROM event") == 20);
}

TEST_CASE_TEMPLATE("a full queue refuses instead of growing", T, PLUS7_BOTH_ENGINES) {
    T engine;
    auto options = one_writer();
    options.group.queued = 3;
    const std::unique_ptr<sql::Database> database = engine.open(options);
    Gate gate(*database, 1);
    int taken = 0;
    for (int i = 0; i < 5; ++i) {
        taken += database->submit([](sql::Tx&) -> core::Status { return {}; }, [](const core::Status&) {}).ok();
    }
    CHECK(taken == 3);
    gate.open();
    database->close();
}

TEST_CASE_TEMPLATE("a throwing completion is reported and harms nobody", T, PLUS7_BOTH_ENGINES) {
    T engine;
    const std::unique_ptr<sql::Database> database = engine.open();
    REQUIRE(database
                ->submit([](sql::Tx&) -> core::Status { return {}; },
                         [](const core::Status&) { throw std::runtime_error("bad completion"); })
                .ok());
    CHECK(database->write([](sql::Tx&) { return 7; }).value() == 7);
    REQUIRE(test::eventually([&] {
        const std::lock_guard lock(engine.problems.mutex);
        return engine.problems.texts == std::vector<std::string>{"a completion threw: bad completion"};
    }));
}
