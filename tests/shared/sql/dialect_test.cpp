#include <doctest/doctest.h>

#include "shared/sql/dialect.hpp"

using plus7::sql::Engine;
using plus7::sql::engine_text;
using plus7::sql::repeat_values;

TEST_CASE("the words of each engine are replaced and other braces left alone") {
    const char* text = "CREATE TABLE t (a {int}, b {bytes}, c TEXT DEFAULT '{}', d {other}) {strict}";
    CHECK(engine_text(Engine::sqlite, text) ==
          "CREATE TABLE t (a INTEGER, b BLOB, c TEXT DEFAULT '{}', d {other}) STRICT");
    CHECK(engine_text(Engine::postgres, text) == "CREATE TABLE t (a BIGINT, b BYTEA, c TEXT DEFAULT '{}', d {other}) ");
    CHECK(engine_text(Engine::postgres, "SELECT 1 {skip_locked}") == "SELECT 1 FOR UPDATE SKIP LOCKED");
    CHECK(engine_text(Engine::sqlite, "{") == "{");
}

TEST_CASE("an insert is repeated with its parameters numbered on") {
    CHECK(*repeat_values("INSERT INTO t (a, b) values ($1, $2) ON CONFLICT DO NOTHING", 2, 3) ==
          "INSERT INTO t (a, b) values ($1, $2),($3, $4),($5, $6) ON CONFLICT DO NOTHING");
    CHECK(*repeat_values("INSERT INTO t VALUES(abs($2),$1)", 2, 2) == "INSERT INTO t VALUES(abs($2),$1),(abs($4),$3)");
}

TEST_CASE("what cannot be repeated is left to run row by row") {
    CHECK_FALSE(repeat_values("UPDATE t SET a = $1", 1, 2).has_value());
    CHECK_FALSE(repeat_values("INSERT INTO t SELECT $1", 1, 2).has_value());
    CHECK_FALSE(repeat_values("INSERT INTO t VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = 1", 1, 2).has_value());
    CHECK_FALSE(repeat_values("INSERT INTO t VALUES ($1) RETURNING a", 1, 2).has_value());
    CHECK_FALSE(repeat_values("INSERT INTO t VALUES ($1) ON CONFLICT (a) WHERE b = $2 DO NOTHING", 2, 2).has_value());
    CHECK_FALSE(repeat_values("INSERT INTO my_values ($1", 1, 2).has_value());
}
