#include "central/maps/extract.hpp"

#include <osmium/area/assembler.hpp>
#include <osmium/area/multipolygon_manager.hpp>
#include <osmium/handler/node_locations_for_ways.hpp>
#include <osmium/index/map/flex_mem.hpp>
#include <osmium/io/any_input.hpp>
#include <osmium/visitor.hpp>

#include "central/maps/classify.hpp"
#include "central/maps/extract_handler.hpp"

namespace plus7::central::maps {
namespace {

// Small regions stay sparse (16 bytes a node), large ones turn dense by themselves.
using LocationIndex = osmium::index::map::FlexMem<osmium::unsigned_object_id_type, osmium::Location>;
using AreaManager = osmium::area::MultipolygonManager<osmium::area::Assembler>;

osmium::TagsFilter area_filter() {
    osmium::TagsFilter filter{false};
    for (const std::string& key : area_keys()) filter.add_rule(true, key);
    return filter;
}

template <typename EachBuffer>
void read_all(const ImportOptions& options, std::string_view stage, osmium::io::Reader& reader, EachBuffer each) {
    while (osmium::memory::Buffer buffer = reader.read()) {
        each(buffer);
        if (options.progress) options.progress(stage, reader.offset(), reader.file_size());
    }
    reader.close();
}

void read_header(const osmium::io::Header& header, ImportReport& report) {
    report.source_timestamp = header.get("osmosis_replication_timestamp", header.get("timestamp"));
    const osmium::Box box = header.joined_boxes();
    if (!box || !box.valid()) return;
    report.bounds = {{box.bottom_left().lat(), box.bottom_left().lon()},
                     {box.top_right().lat(), box.top_right().lon()}};
}

core::Error explained(const std::string& input, const std::string& reason) {
    return core::invalid("cannot read " + input + " as an OpenStreetMap extract: " + reason);
}

void read_objects(const ImportOptions& options, TileBuilder& tiles, MapFile& file, ImportReport& report) {
    const osmium::io::File source{options.input};
    osmium::area::AssemblerConfig assembling;
    assembling.create_empty_areas = false;  // a broken outline gives no area rather than one without rings
    AreaManager areas{assembling, area_filter()};
    WayIndex ways;
    osmium::io::Reader scan{source, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation};
    read_all(options, "scan", scan, [&](osmium::memory::Buffer& buffer) { osmium::apply(buffer, ways, areas); });
    areas.prepare_for_lookup();
    ways.prepare();

    LocationIndex index;
    osmium::handler::NodeLocationsForWays<LocationIndex> locations{index};
    locations.ignore_errors();  // the handler counts what is missing
    ExtractHandler objects{ways, tiles, file, report};
    auto& assembled = areas.handler([&](osmium::memory::Buffer&& buffer) { osmium::apply(buffer, objects); });
    osmium::io::Reader reader{source};
    read_header(reader.header(), report);
    read_all(options, "read", reader,
             [&](osmium::memory::Buffer& buffer) { osmium::apply(buffer, locations, objects, assembled); });
    objects.finish();
    areas.for_each_incomplete_relation(
        [&](const osmium::relations::RelationHandle&) { ++report.incomplete_relations; });
    report.broken_areas = areas.stats().from_ways + areas.stats().from_relations - objects.areas();
}

}  // namespace

core::Status read_extract(const ImportOptions& options, TileBuilder& tiles, MapFile& file, ImportReport& report) {
    try {
        read_objects(options, tiles, file, report);
    } catch (const WrongOrder& error) {
        return explained(options.input, std::string{error.what()} + "; osmium sort puts them in order");
    } catch (const osmium::out_of_order_error& error) {
        return explained(options.input, std::string{"its objects are not in order: "} + error.what() +
                                            "; osmium sort puts them right");
    } catch (const osmium::io_error& error) {
        return explained(options.input, error.what());
    } catch (const osmium::invalid_location& error) {
        return explained(options.input, error.what());
    } catch (const protozero::exception& error) {
        return explained(options.input, std::string{"damaged PBF data: "} + error.what());
    } catch (const std::length_error& error) {  // a text or list longer than the format allows
        return explained(options.input, error.what());
    } catch (const std::range_error& error) {
        return explained(options.input, error.what());
    }
    if (report.nodes == 0) return explained(options.input, "it holds no nodes, so nothing in it has a place");
    if (report.features == 0) return explained(options.input, "it holds nothing that a map shows");
    return {};
}

}  // namespace plus7::central::maps
