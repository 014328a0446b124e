// CSV (RFC 4180 and what spreadsheets make of it), by libcsv. Pure functions; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::text {

struct CsvRow {
    std::size_t line = 0;  // of the file, at which it begins, from 1
    std::vector<std::string> cells;
};

// Rows that hold something, blanks at the ends of cells taken off. The separator (comma, semicolon or tab) is the one
// that stands most often in the first line. invalid: a quote that is never closed; limit: more rows than `most_rows`,
// told without reading the rest.
core::Result<std::vector<CsvRow>> read_csv(std::string_view utf8, std::size_t most_rows);

// A line with its CRLF; cells are quoted where they have to be.
std::string csv_line(const std::vector<std::string>& cells, char separator);

// What spreadsheets would run as a formula gets an apostrophe in front, and loses it when it is read again.
std::string harmless_cell(std::string_view cell);
std::string_view cell_as_meant(std::string_view cell);

}  // namespace plus7::text
