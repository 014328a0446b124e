// The two engines as types for TEST_CASE_TEMPLATE: each test gets a database of its own.
#pragma once
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shared/sql/database.hpp"
#include "shared/sql/postgres_connection.hpp"
#include "tests/support/postgres.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

// Problems a Database reported, kept for looking at instead of stderr.
struct Problems {
    std::mutex mutex;
    std::vector<std::string> texts;

    std::function<void(std::string_view)> hook() {
        return [this](std::string_view text) {
            const std::lock_guard lock(mutex);
            texts.emplace_back(text);
        };
    }
};

struct Sqlite {
    static constexpr bool is_sqlite = true;
    TempDir folder;
    std::string dsn = "sqlite:" + folder.file("test.db");
    Problems problems;

    std::unique_ptr<sql::Database> open(sql::DatabaseOptions options = {}) {
        options.dsn = dsn;
        options.on_problem = problems.hook();
        return std::move(sql::Database::open(options)).value();
    }
    std::unique_ptr<sql::Connection> connect() {
        sql::SqliteOptions options;
        options.path = folder.file("test.db");
        return std::move(sql::SqliteConnection::open(options)).value();
    }
};

struct Postgres {
    static constexpr bool is_sqlite = false;
    std::string dsn = PostgresServer::shared().fresh_database();
    Problems problems;

    std::unique_ptr<sql::Database> open(sql::DatabaseOptions options = {}) {
        options.dsn = dsn;
        options.on_problem = problems.hook();
        return std::move(sql::Database::open(options, sql::postgres_factory())).value();
    }
    std::unique_ptr<sql::Connection> connect() { return std::move(sql::postgres_factory()({dsn, false})).value(); }
};

// Creates what the tests write into.
inline void create(sql::Connection& connection, const std::string& statements) {
    REQUIRE(connection.transaction([&](sql::Tx&) { connection.script(statements); }).ok());
}
inline void create(sql::Database& database, const std::string& statements) {
    REQUIRE(database
                .on_writer([&](sql::Connection& connection) -> core::Status {
                    create(connection, statements);
                    return {};
                })
                .ok());
}

template <typename... Args>
std::int64_t number(sql::Database& database, std::string_view text, const Args&... args) {
    return database.read([&](sql::Tx& tx) { return tx.one(text, args...)->template get<std::int64_t>(0); }).value();
}

}  // namespace plus7::test

TYPE_TO_STRING(plus7::test::Sqlite);
TYPE_TO_STRING(plus7::test::Postgres);
#define PLUS7_BOTH_ENGINES plus7::test::Sqlite, plus7::test::Postgres
