// The few words in which the two engines differ, and the multi-row form of an INSERT. Pure text work.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plus7::sql {

enum class Engine { sqlite, postgres };

std::string_view name_of(Engine engine);

// Replaces, wherever they stand (SQLite | PostgreSQL):
//   {int} INTEGER | BIGINT     {bytes} BLOB | BYTEA     {real} REAL | DOUBLE PRECISION    {strict} STRICT | nothing
//   {for_update} nothing | FOR UPDATE     {skip_locked} nothing | FOR UPDATE SKIP LOCKED
// Other braces are left alone.
std::string engine_text(Engine engine, std::string_view text);

// "INSERT … VALUES ($1,$2) …" with its tuple repeated `rows` times and the parameters numbered on; nothing when the
// text has no such form: parameters outside the tuple, a condition DO UPDATE (it may not touch one row twice in one
// statement, unless their keys are distinct), RETURNING. `parameters` is the number of parameters of one row.
enum class RowKeys { may_repeat, distinct };
std::optional<std::string> repeat_values(std::string_view insert, std::size_t parameters, std::size_t rows,
                                         RowKeys keys = RowKeys::may_repeat);

}  // namespace plus7::sql
