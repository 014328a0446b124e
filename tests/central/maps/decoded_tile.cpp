#include "tests/central/maps/decoded_tile.hpp"

#include <zlib.h>

#include <protozero/pbf_reader.hpp>
#include <stdexcept>

namespace plus7::test {
namespace {

using central::maps::Line;
using central::maps::Point;

void decode_geometry(const std::vector<std::uint32_t>& commands, DecodedFeature& feature) {
    Point cursor;
    bool closed = true;
    for (std::size_t i = 0; i < commands.size();) {
        const std::uint32_t id = commands[i] & 7U, count = commands[i] >> 3;
        ++i;
        if (id == 7) {
            feature.sound = feature.sound && count == 1 && feature.type == 3 && feature.parts.back().size() >= 3;
            closed = true;
            continue;
        }
        if ((id != 1 && id != 2) || count == 0 || i + 2 * count > commands.size())
            throw std::runtime_error("bad command");
        if (id == 1 && feature.type != 1) {
            feature.sound = feature.sound && count == 1 && (feature.type == 2 || closed);
            feature.parts.emplace_back();
        }
        closed = false;
        for (std::uint32_t n = 0; n < count; ++n, i += 2) {
            const std::int32_t dx = protozero::decode_zigzag32(commands[i]),
                               dy = protozero::decode_zigzag32(commands[i + 1]);
            if (id == 2) feature.sound = feature.sound && (dx != 0 || dy != 0);
            cursor = {cursor.x + dx, cursor.y + dy};
            if (feature.type == 1) feature.parts.emplace_back();
            feature.parts.back().push_back(cursor);
        }
    }
    if (feature.type == 3) feature.sound = feature.sound && closed;
}

std::string decode_value(protozero::pbf_reader value) {
    std::string result;
    while (value.next()) {
        if (value.tag() == 1)
            result = value.get_string();
        else if (value.tag() == 4)
            result = std::to_string(value.get_int64());
        else if (value.tag() == 7)
            result = value.get_bool() ? "true" : "false";
        else
            value.skip();
    }
    return result;
}

struct RawFeature {
    DecodedFeature feature;
    std::vector<std::uint32_t> tags;
};

RawFeature decode_feature(protozero::pbf_reader in) {
    RawFeature raw;
    std::vector<std::uint32_t> commands;
    while (in.next()) {
        if (in.tag() == 2) {
            for (const auto tag : in.get_packed_uint32()) raw.tags.push_back(tag);
        } else if (in.tag() == 3) {
            raw.feature.type = in.get_enum();
        } else if (in.tag() == 4) {
            for (const auto command : in.get_packed_uint32()) commands.push_back(command);
        } else {
            in.skip();
        }
    }
    decode_geometry(commands, raw.feature);
    return raw;
}

std::pair<std::string, DecodedLayer> decode_layer(protozero::pbf_reader in) {
    std::string name;
    DecodedLayer layer;
    std::vector<RawFeature> raw;
    std::vector<std::string> keys, values;
    while (in.next()) {
        switch (in.tag()) {
            case 15:
                layer.version = in.get_uint32();
                break;
            case 1:
                name = in.get_string();
                break;
            case 2:
                raw.push_back(decode_feature(in.get_message()));
                break;
            case 3:
                keys.push_back(in.get_string());
                break;
            case 4:
                values.push_back(decode_value(in.get_message()));
                break;
            case 5:
                layer.extent = in.get_uint32();
                break;
            default:
                in.skip();
        }
    }
    for (RawFeature& one : raw) {
        for (std::size_t i = 0; i + 1 < one.tags.size(); i += 2)
            one.feature.tags[keys.at(one.tags[i])] = values.at(one.tags[i + 1]);
        layer.features.push_back(std::move(one.feature));
    }
    return {name, std::move(layer)};
}

}  // namespace

std::string gunzip(std::string_view packed) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("inflateInit2");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string result;
    std::string piece(1 << 16, '\0');
    int outcome = Z_OK;
    while (outcome == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        outcome = inflate(&stream, Z_NO_FLUSH);
        result.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::runtime_error("not a whole gzip stream");
    return result;
}

DecodedTile decode_tile(std::string_view mvt) {
    DecodedTile tile;
    protozero::pbf_reader in{mvt.data(), mvt.size()};
    while (in.next()) {
        if (in.tag() != 3) throw std::runtime_error("a tile holds nothing but layers");
        auto [name, layer] = decode_layer(in.get_message());
        if (!tile.emplace(name, std::move(layer)).second) throw std::runtime_error("layer twice: " + name);
    }
    return tile;
}

}  // namespace plus7::test
