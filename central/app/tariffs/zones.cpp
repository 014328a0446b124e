#include "central/app/tariffs/zones.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "central/app/tariffs/shape.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::tariffs {
namespace {

constexpr std::size_t most_name = 100;

core::Result<std::string> depot_of(core::Tx& tx, const std::string& named) {
    const auto fold = text::fold(named);
    for (const auto& site : store::sites(tx))
        if (site.is_depot && (site.id == named || site.name_fold == fold)) return site.id;
    return core::invalid("no such depot");
}

core::Status apply(core::Tx& tx, store::ZoneRow& zone, const ZoneChange& change) {
    if (change.name) zone.name = *change.name;
    if (change.colour) zone.colour = *change.colour;
    if (change.priority) zone.priority = *change.priority;
    if (change.open) zone.is_open = *change.open;
    zone.name_fold = text::fold(zone.name);
    if (zone.name_fold.empty() || text::length(zone.name) > most_name) return core::invalid("a zone has a name");
    if (!is_colour(zone.colour)) return core::invalid("a colour is written as #2f6fde");
    if (zone.priority < -1000 || zone.priority > 1000) return core::invalid("a priority lies between -1000 and 1000");
    if (!change.depot) return {};
    zone.depot.reset();
    if (!*change.depot) return {};
    auto depot = depot_of(tx, **change.depot);
    if (!depot) return depot.error();
    zone.depot = std::move(*depot);
    return {};
}

std::vector<std::string> differences(const store::ZoneRow& a, const store::ZoneRow& b) {
    std::vector<std::string> members;
    if (a.shape != b.shape) members.emplace_back("shape");
    if (a.name != b.name) members.emplace_back("name");
    if (a.colour != b.colour) members.emplace_back("colour");
    if (a.priority != b.priority) members.emplace_back("priority");
    if (a.depot != b.depot) members.emplace_back("depot");
    if (a.is_open != b.is_open) members.emplace_back("state");
    return members;
}

double rounded(double degrees) { return static_cast<double>(std::llround(degrees * 1e7)) / 1e7; }

// As it is stored, so that the same file twice changes nothing.
store::Shape as_stored(store::Shape shape) {
    for (auto& polygon : shape)
        for (auto& ring : polygon)
            for (auto& point : ring) point = {rounded(point.lat), rounded(point.lon)};
    return shape;
}

struct Import {
    core::Tx& tx;
    core::TimeUs now;
    std::vector<store::ZoneRow> known;
    std::set<std::string> seen{};  // folded names of this file

    const store::ZoneRow* before(const ZoneDraft& draft) const {
        const auto fold = text::fold(draft.data.name.value_or(""));
        for (const auto& zone : known)
            if (!draft.id.empty() && zone.id == draft.id) return &zone;
        for (const auto& zone : known)
            if (zone.name_fold == fold) return &zone;
        return nullptr;
    }

    core::Status check(const store::ZoneRow& zone) {
        if (!seen.insert(zone.name_fold).second) return core::invalid("another zone of the file has the same name");
        const bool taken = std::any_of(known.begin(), known.end(), [&](const store::ZoneRow& other) {
            return other.id != zone.id && other.name_fold == zone.name_fold;
        });
        if (taken) return core::invalid("another zone has this name");
        return check_shape(zone.shape);
    }

    ImportLine line(const ZoneDraft& draft, store::ZoneRow& zone) {
        ImportLine line{draft.data.name.value_or(""), ImportLine::Change::refused, {}, draft.fault};
        const auto* old = before(draft);
        zone = old ? *old : store::ZoneRow{};
        if (!line.fault.empty()) return line;
        if (!old) {
            zone.id = core::new_uuid_text(now);
            zone.created = now;
        }
        zone.shape = as_stored(draft.shape);
        auto good = apply(tx, zone, draft.data);
        if (good) good = check(zone);
        if (!good) {
            line.fault = good.error().message;
            return line;
        }
        line.members = old ? differences(*old, zone) : std::vector<std::string>{};
        line.change = !old ? ImportLine::Change::added
                           : (line.members.empty() ? ImportLine::Change::same : ImportLine::Change::changed);
        return line;
    }
};

}  // namespace

bool is_colour(std::string_view text) {
    return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

bool is_refused(const std::vector<ImportLine>& lines) {
    return std::any_of(lines.begin(), lines.end(),
                       [](const ImportLine& line) { return line.change == ImportLine::Change::refused; });
}

std::vector<ImportLine> import_zones(core::Tx& tx, const std::vector<ZoneDraft>& file, bool apply, core::TimeUs now) {
    Import import{tx, now, store::zones(tx)};
    std::vector<ImportLine> lines;
    std::vector<store::ZoneRow> rows(file.size());
    for (std::size_t i = 0; i < file.size(); ++i) lines.push_back(import.line(file[i], rows[i]));
    if (!apply || is_refused(lines)) return lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (lines[i].change == ImportLine::Change::added) store::insert_zone(tx, rows[i]);
        if (lines[i].change == ImportLine::Change::changed) store::update_zone(tx, rows[i]);
    }
    return lines;
}

core::Result<store::ZoneRow> change_zone(core::Tx& tx, const std::string& id, const ZoneChange& change) {
    auto zone = store::lock_zone(tx, id);
    if (!zone) return core::not_found("no such zone");
    if (const auto good = apply(tx, *zone, change); !good) return good.error();
    for (const auto& other : store::zones(tx))
        if (other.id != id && other.name_fold == zone->name_fold) return core::invalid("another zone has this name");
    store::update_zone(tx, *zone);
    ++zone->version;
    return std::move(*zone);
}

Whereabouts locate(core::Tx& tx, const std::optional<core::LatLon>& place) {
    if (place)
        for (auto& zone : store::zones_near(tx, *place))
            if (holds(zone.shape, *place)) return {Lies::inside, std::move(zone)};
    if (!store::has_open_zones(tx)) return {Lies::inside};
    return {place ? Lies::outside : Lies::unknown};
}

core::Status require_inside(core::Tx& tx, const std::optional<core::LatLon>& place) {
    const auto lies = locate(tx, place).lies;
    if (lies == Lies::unknown)
        return core::invalid("place: latitude and longitude of the address are needed, to find its zone");
    if (lies == Lies::outside) return core::invalid("place: we do not deliver there, it lies in none of our zones");
    return {};
}

}  // namespace plus7::central::app::tariffs
