#include "central/maps/mvt.hpp"

#include <map>
#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

namespace plus7::central::maps {
namespace {

// Field numbers of vector_tile.proto.
namespace tile_field {
constexpr protozero::pbf_tag_type layers = 3;
}
namespace layer_field {
constexpr protozero::pbf_tag_type name = 1, features = 2, keys = 3, values = 4, extent = 5, version = 15;
}
namespace feature_field {
constexpr protozero::pbf_tag_type tags = 2, type = 3, geometry = 4;
}
namespace value_field {
constexpr protozero::pbf_tag_type text = 1, integer = 4, flag = 7;
}

class GeometryWriter {
  public:
    std::vector<std::uint32_t> commands;

    void points(const std::vector<Line>& parts) {
        command(move_to, parts.size());
        for (const Line& part : parts) step(part.front());
    }
    void line(const Line& line) {
        command(move_to, 1);
        step(line.front());
        command(line_to, line.size() - 1);
        for (std::size_t i = 1; i < line.size(); ++i) step(line[i]);
    }
    void ring(const Line& ring) {
        line(ring);
        command(close_path, 1);
    }

  private:
    static constexpr std::uint32_t move_to = 1, line_to = 2, close_path = 7;

    void command(std::uint32_t id, std::size_t count) {
        commands.push_back(id | (static_cast<std::uint32_t>(count) << 3));
    }
    void step(Point to) {
        commands.push_back(protozero::encode_zigzag32(to.x - cursor_.x));
        commands.push_back(protozero::encode_zigzag32(to.y - cursor_.y));
        cursor_ = to;
    }
    Point cursor_;
};

std::vector<std::uint32_t> geometry_of(const TilePiece& piece) {
    GeometryWriter writer;
    switch (piece.feature->shape) {
        case Shape::point:
            writer.points(piece.parts);
            break;
        case Shape::line:
            for (const Line& part : piece.parts) writer.line(part);
            break;
        case Shape::polygon:
            for (const Line& ring : piece.parts) writer.ring(ring);
            break;
    }
    return std::move(writer.commands);
}

class LayerWriter {
  public:
    explicit LayerWriter(Layer layer) : pbf_(bytes_) {
        pbf_.add_uint32(layer_field::version, 2);
        pbf_.add_string(layer_field::name, name_of(layer).data(), name_of(layer).size());
    }

    void add(const TilePiece& piece) {
        std::vector<std::uint32_t> tags;
        for (const Attribute& attribute : piece.feature->attributes) {
            tags.push_back(index_of(keys_, key_order_, attribute.key));
            tags.push_back(index_of(values_, value_order_, attribute.value));
        }
        const auto geometry = geometry_of(piece);
        protozero::pbf_writer feature{pbf_, layer_field::features};
        feature.add_packed_uint32(feature_field::tags, tags.begin(), tags.end());
        feature.add_enum(feature_field::type, static_cast<int>(piece.feature->shape));
        feature.add_packed_uint32(feature_field::geometry, geometry.begin(), geometry.end());
    }

    const std::string& finish() {
        for (const Key key : key_order_) pbf_.add_string(layer_field::keys, name_of(key).data(), name_of(key).size());
        for (const auto& value : value_order_) {
            protozero::pbf_writer writer{pbf_, layer_field::values};
            if (const auto* text = std::get_if<std::string>(&value)) writer.add_string(value_field::text, *text);
            if (const auto* number = std::get_if<std::int64_t>(&value)) writer.add_int64(value_field::integer, *number);
            if (const auto* flag = std::get_if<bool>(&value)) writer.add_bool(value_field::flag, *flag);
        }
        pbf_.add_uint32(layer_field::extent, static_cast<std::uint32_t>(tile_extent));
        return bytes_;
    }

  private:
    template <typename T>
    static std::uint32_t index_of(std::map<T, std::uint32_t>& known, std::vector<T>& order, const T& item) {
        const auto [place, fresh] = known.try_emplace(item, static_cast<std::uint32_t>(order.size()));
        if (fresh) order.push_back(item);
        return place->second;
    }

    using Value = decltype(Attribute::value);
    std::string bytes_;
    protozero::pbf_writer pbf_;
    std::map<Key, std::uint32_t> keys_;
    std::vector<Key> key_order_;
    std::map<Value, std::uint32_t> values_;
    std::vector<Value> value_order_;
};

}  // namespace

std::string encode_tile(const std::vector<TilePiece>& pieces) {
    std::string bytes;
    protozero::pbf_writer tile{bytes};
    for (std::size_t i = 0; i < pieces.size();) {
        const Layer layer = pieces[i].feature->layer;
        LayerWriter writer{layer};
        for (; i < pieces.size() && pieces[i].feature->layer == layer; ++i) writer.add(pieces[i]);
        tile.add_message(tile_field::layers, writer.finish());
    }
    return bytes;
}

}  // namespace plus7::central::maps
