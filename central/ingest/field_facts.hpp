// From a fact of the wire to the rules' FieldEvent: ingest uses it live, rebuilding uses it again. Pure.
#pragma once
#include "central/ingest/batch.hpp"

namespace plus7::central::ingest {

// Reads the data of checked.fact and sets event, and key, gap, lost or tracks. invalid: a known type with data that is
// none, a gap or rotation that does not fit its fact. An unknown type is fine and flagged.
core::Status read_data(CheckedFact& checked, core::TimeUs received);

constexpr const char* unknown_type_flag = "unknown_type";

// Words in one text, separated by blanks.
void add_flag(std::string& flags, std::string_view word);

}  // namespace plus7::central::ingest
