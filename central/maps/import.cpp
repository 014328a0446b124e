#include "central/maps/import.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "central/maps/extract.hpp"
#include "central/maps/feature_spool.hpp"
#include "central/maps/map_file.hpp"
#include "central/maps/tile_builder.hpp"
#include "shared/sql/error.hpp"

namespace plus7::central::maps {
namespace {

constexpr std::string_view importer_version = "plus7 " PLUS7_VERSION " map 1";
// https://www.openstreetmap.org/copyright
constexpr std::string_view attribution =
    R"(<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap contributors</a>)";

std::string decimals(std::initializer_list<double> numbers) {
    std::string result;
    for (const double number : numbers) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.6f", number);
        result += (result.empty() ? "" : ",") + std::string{text.data()};
    }
    return result;
}

// The "json" row MBTiles asks for: which layers there are, with the type of each attribute.
std::string vector_layers(int min_zoom, int max_zoom) {
    struct Fields {
        Layer layer;
        std::string_view json;
    };
    static constexpr Fields layers[] = {
        {Layer::landuse, R"("class":"String","name":"String","name_en":"String")"},
        {Layer::green, R"("class":"String","name":"String","name_en":"String")"},
        {Layer::water, R"("class":"String","name":"String","name_en":"String")"},
        {Layer::boundary, R"("admin_level":"Number")"},
        {Layer::building, R"("levels":"Number","name":"String","name_en":"String")"},
        {Layer::road, R"("class":"String","kind":"String","name":"String","name_en":"String","ref":"String",)"
                      R"("oneway":"Number","bridge":"Boolean","tunnel":"Boolean","ramp":"Boolean")"},
        {Layer::housenumber, R"("number":"String")"},
        {Layer::poi, R"("class":"String","name":"String","name_en":"String")"},
        {Layer::place, R"("class":"String","name":"String","name_en":"String")"},
    };
    std::string list;
    for (const Fields& fields : layers) {
        if (!list.empty()) list += ',';
        list += R"({"id":")" + std::string{name_of(fields.layer)} + R"(","minzoom":)" + std::to_string(min_zoom) +
                R"(,"maxzoom":)" + std::to_string(max_zoom) + R"(,"fields":{)" + std::string{fields.json} + "}}";
    }
    return R"({"vector_layers":[)" + list + "]}";
}

void write_metadata(MapFile& file, const ImportOptions& options, const ImportReport& report) {
    const auto& [low, high] = report.bounds;
    const int center_zoom = std::clamp(13, options.min_zoom, options.max_zoom);
    file.set("name", "plus7 street map");
    file.set("format", "pbf");
    file.set("type", "baselayer");
    file.set("version", "1");
    file.set("bounds", decimals({low.lon, low.lat, high.lon, high.lat}));
    file.set("center",
             decimals({(low.lon + high.lon) / 2, (low.lat + high.lat) / 2}) + "," + std::to_string(center_zoom));
    file.set("minzoom", std::to_string(options.min_zoom));
    file.set("maxzoom", std::to_string(options.max_zoom));
    file.set("attribution", attribution);
    file.set("description", "Vector tiles, street graph and addresses from OpenStreetMap, ODbL 1.0");
    file.set("json", vector_layers(options.min_zoom, options.max_zoom));
    file.set("generator", importer_version);
    file.set("source_timestamp", report.source_timestamp);
}

core::Status check(const ImportOptions& options) {
    if (options.min_zoom < lowest_zoom || options.max_zoom > highest_zoom || options.min_zoom > options.max_zoom) {
        return core::invalid("zooms must lie within 10 … 15 and the first must not be above the last");
    }
    std::error_code error;
    const auto state = std::filesystem::status(options.input, error);
    if (!std::filesystem::exists(state)) return core::not_found("there is no file " + options.input);
    if (!std::filesystem::is_regular_file(state))
        return core::invalid(options.input + " is no file that can be read twice");
    if (::access(options.input.c_str(), R_OK) != 0)
        return core::denied("the file " + options.input + " may not be read");
    if (options.output.empty()) return core::invalid("the map file has no name");
    if (std::filesystem::is_directory(options.output, error)) return core::invalid(options.output + " is a folder");
    const auto folder = std::filesystem::path(options.output).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, error)) {
        return core::unavailable("there is no folder " + folder.string() + " to put the map file into");
    }
    return {};
}

core::Result<ImportReport> import_checked(const ImportOptions& options) {
    const auto folder = std::filesystem::path(options.output).parent_path().string();
    ImportReport report;
    MapFile file{options.output};
    FeatureSpool spool{folder.empty() ? "." : folder};
    TileBuilder tiles{spool, options.min_zoom, options.max_zoom};
    if (const auto read = read_extract(options, tiles, file, report); !read.ok()) return read.error();
    const auto keep = [&](const FinishedTile& tile) {
        ++report.tiles;
        report.tile_bytes += tile.data.size();
        file.add(tile);
    };
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
        if (options.progress) options.progress("tiles", done, total);
    };
    tiles.build(keep, progress);
    write_metadata(file, options, report);
    file.finish();
    return report;
}

}  // namespace

core::Result<ImportReport> import_map(const ImportOptions& options) {
    if (const auto checked = check(options); !checked.ok()) return checked.error();
    try {
        return import_checked(options);
    } catch (const sql::DbError& error) {
        if (error.kind() == sql::DbErrorKind::full || error.kind() == sql::DbErrorKind::io) {
            return core::unavailable("cannot write the map file " + options.output + "; is there space on the disk? (" +
                                     error.what() + ")");
        }
        return sql::to_error(error).context("map file " + options.output);
    } catch (const std::system_error& error) {
        return core::unavailable("cannot write the map file " + options.output + "; is there space on the disk? (" +
                                 error.what() + ")");
    }
}

}  // namespace plus7::central::maps
