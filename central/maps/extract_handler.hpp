// The libosmium handlers behind extract.cpp; included by .cpp files of this folder only.
#pragma once
#include <osmium/handler.hpp>
#include <osmium/osm.hpp>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "central/maps/import.hpp"
#include "central/maps/map_file.hpp"
#include "central/maps/tile_builder.hpp"

namespace plus7::central::maps {

// What the first pass learns: where streets meet, and which ways are borders because a relation says so.
class WayIndex : public osmium::handler::Handler {
  public:
    void way(const osmium::Way& way);
    void relation(const osmium::Relation& relation);
    void prepare();  // after the pass, before the questions

    // Position in the list of junctions; −1: no junction. Ends of streets are junctions too.
    std::int64_t junction(osmium::object_id_type node) const;
    std::size_t junctions() const { return nodes_.size(); }
    std::optional<int> border_level(osmium::object_id_type way) const;

  private:
    std::vector<osmium::object_id_type> nodes_;
    std::unordered_map<osmium::object_id_type, int> borders_;
};

// Nodes come before ways, ways before relations: what follows cannot be placed otherwise.
class WrongOrder : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

class ExtractHandler : public osmium::handler::Handler {
  public:
    ExtractHandler(const WayIndex& index, TileBuilder& tiles, MapFile& file, ImportReport& report);

    void node(const osmium::Node& node);
    void way(const osmium::Way& way);
    void relation(const osmium::Relation& relation);
    void area(const osmium::Area& area);
    std::uint64_t areas() const { return areas_; }  // seen so far
    void finish();                                  // bounds and date, where the header gave none

  private:
    void note(const osmium::OSMObject& object);
    void emit(Feature feature);
    void emit_address(const osmium::TagList& tags, core::LatLon place);
    void emit_streets(const osmium::Way& way);
    void emit_edge(StreetEdge& edge);

    const WayIndex& index_;
    TileBuilder& tiles_;
    MapFile& file_;
    ImportReport& report_;
    std::vector<bool> node_written_;
    std::uint64_t areas_ = 0;
    osmium::Timestamp newest_;
    osmium::Box seen_;
};

}  // namespace plus7::central::maps
