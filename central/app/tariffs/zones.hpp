// Zones of delivery as the office keeps them: taken from a map drawn elsewhere (GeoJSON), changed in their data, found
// by a place. Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/zone_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::tariffs {

struct ZoneChange {
    std::optional<std::string> name;    // not that of another zone
    std::optional<std::string> colour;  // #rrggbb
    std::optional<std::int64_t> priority;
    std::optional<std::optional<std::string>> depot;
    std::optional<bool> open;
};

// One feature of a file. `depot` is an id or a name; `fault` is what the reader of the file already found.
struct ZoneDraft {
    std::string id;  // empty: found by its name
    ZoneChange data;
    store::Shape shape;
    std::string fault;
};

struct ImportLine {
    std::string name;
    enum class Change { added, changed, same, refused } change = Change::same;
    std::vector<std::string> members;  // what differs: shape, name, colour, priority, depot, state
    std::string fault;
};

bool is_colour(std::string_view text);

// What a file would do, and with `apply` does; zones that are not in it stay. With a refused line nothing is applied.
std::vector<ImportLine> import_zones(core::Tx& tx, const std::vector<ZoneDraft>& file, bool apply, core::TimeUs now);
bool is_refused(const std::vector<ImportLine>& lines);

// not_found; invalid: no such depot, a name that is taken.
core::Result<store::ZoneRow> change_zone(core::Tx& tx, const std::string& id, const ZoneChange& change);

// As long as no zone is open every place is served: all lies inside, in no zone.
enum class Lies { unknown, inside, outside };
struct Whereabouts {
    Lies lies = Lies::unknown;  // unknown: zones are open, and no place is given
    // The open zone there: where zones overlap the one of the highest priority, then the first by name.
    std::optional<store::ZoneRow> zone{};
};
Whereabouts locate(core::Tx& tx, const std::optional<core::LatLon>& place);
// For orders that nobody of the office looks at (API tokens, bot). invalid, beginning with "place": we do not deliver
// there, or the place is not known.
core::Status require_inside(core::Tx& tx, const std::optional<core::LatLon>& place);

}  // namespace plus7::central::app::tariffs
