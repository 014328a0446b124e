// PostgreSQL's text formats of values, its error codes and connection settings. Private to shared/sql.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/sql/error.hpp"
#include "shared/sql/value.hpp"

namespace plus7::sql {

std::optional<std::string> postgres_parameter(const Param& param);
// `type` is the column's OID, `text` its text form (bytea_output = hex).
Value postgres_value(unsigned type, std::string_view text);

// Kind of a five-character SQLSTATE (PostgreSQL manual, appendix A).
DbErrorKind kind_of_sqlstate(std::string_view sqlstate);
// First line only, and without quoted values: DETAIL lines and class 22 messages repeat what people typed.
std::string postgres_message(std::string_view message, std::string_view sqlstate);

// Adds a connection timeout and a limit for unanswered TCP data unless `conninfo` sets them.
std::string with_timeouts(std::string conninfo);

}  // namespace plus7::sql
