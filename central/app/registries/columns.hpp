// The columns of a partner's file: which ones there are, and by which names they are known. Pure functions.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plus7::central::app::registries {

enum class Column : std::uint8_t {
    outer_ref,
    recipient,
    phone,
    address,
    entrance,
    floor,
    intercom,
    comment,
    lat,
    lon,
    slot_from,
    slot_to,
    due,
    currency,
    proof,
    barcode,
    what,
    weight_g,
    weight_kg,
};
constexpr std::size_t column_count = 19;

std::string_view name_of(Column column);  // "outer_ref", as faults name it
// How the columns are headed, in the order of the template.
struct Head {
    std::string_view name, russian, english;
    bool in_template = true;
};
std::vector<Head> heads();

struct Columns {
    std::array<std::optional<std::size_t>, column_count> places;
    std::vector<std::string> ignored;  // columns that say nothing to us
    std::vector<Column> missing, twice;

    bool has(Column column) const { return places[static_cast<std::size_t>(column)].has_value(); }
    // What the row has there, blanks at its ends taken off; nothing: no such column, or an empty cell.
    std::optional<std::string> cell(const std::vector<std::string>& row, Column column) const;
};
Columns find_columns(const std::vector<std::string>& header);

}  // namespace plus7::central::app::registries
