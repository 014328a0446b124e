#include "central/maps/tile_builder.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <limits>
#include <map>
#include <thread>

#include "central/maps/gzip.hpp"
#include "central/maps/mvt.hpp"
#include "central/maps/shape.hpp"

namespace plus7::central::maps {
namespace {

constexpr int square_zoom = 12;            // about 5 × 5 km at 56° N: the densest one still fits easily in memory
constexpr double thinning = 3.0;           // units: a third of a pixel of a 512 px tile
constexpr double smallest_ring = 32 * 32;  // square units, below the last zoom: 4 × 4 px of a 512 px tile

struct TileSpan {
    std::int32_t first_x, first_y, last_x, last_y;
};

TileSpan tiles_of(const Box& box, int zoom, int buffer) {
    const std::int32_t last = (1 << zoom) - 1;
    const auto tile = [last](std::int32_t unit) { return std::clamp(unit >> 12, 0, last); };
    return {tile(box.low.x - buffer), tile(box.low.y - buffer), tile(box.high.x + buffer), tile(box.high.y + buffer)};
}

int buffer_of(const Feature& feature) { return feature.shape == Shape::point ? 0 : tile_buffer; }

Box box_of_parts(const std::vector<Line>& parts) {
    Box box = box_of(parts.front());
    for (const Line& part : parts) {
        const Box own = box_of(part);
        box.low = {std::min(box.low.x, own.low.x), std::min(box.low.y, own.low.y)};
        box.high = {std::max(box.high.x, own.high.x), std::max(box.high.y, own.high.y)};
    }
    return box;
}

Rings thin_rings(const Rings& rings, int zoom, bool last_zoom) {
    Rings result;
    bool outer_kept = false;
    for (const Line& ring : rings) {
        const bool outer = signed_area(ring) > 0;
        if (!outer && !outer_kept) continue;
        Line thin = scaled(ring, zoom);
        while (thin.size() > 1 && thin.front() == thin.back()) thin.pop_back();
        if (!last_zoom) thin = simplified_ring(thin, thinning);
        const double area = signed_area(thin) * (outer ? 1 : -1);
        const bool kept = area > (last_zoom ? 0 : smallest_ring);
        if (outer) outer_kept = kept;
        if (kept) result.push_back(std::move(thin));
    }
    return result;
}

// The whole shape on one zoom, not yet cut: cutting comes after thinning, so that neighbours meet at the seam.
std::vector<Line> shape_on(const Feature& feature, int zoom, bool last_zoom) {
    if (feature.shape == Shape::polygon) return thin_rings(feature.parts, zoom, last_zoom);
    std::vector<Line> result;
    for (const Line& part : feature.parts) {
        Line line = scaled(part, zoom);
        if (feature.shape == Shape::line && !last_zoom) line = simplified(line, thinning);
        if (feature.shape == Shape::point || line.size() > 1) result.push_back(std::move(line));
    }
    return result;
}

std::vector<Line> cut(const std::vector<Line>& parts, Shape shape, const Box& box) {
    if (shape == Shape::point) return parts;
    if (shape == Shape::polygon) return clipped_rings(parts, box);
    std::vector<Line> result;
    for (const Line& part : parts) {
        for (Line& inside : clipped(part, box)) result.push_back(std::move(inside));
    }
    return result;
}

void move_to_origin(std::vector<Line>& parts, TileId tile) {
    for (Line& part : parts) {
        for (Point& point : part) point = {point.x - tile.x * tile_extent, point.y - tile.y * tile_extent};
    }
}

// The tiles of one zoom beneath a square, with what is in them.
using Canvas = std::map<TileId, std::vector<TilePiece>>;

void draw(const Feature& feature, TileId square, int zoom, bool last_zoom, Canvas& canvas) {
    const std::vector<Line> shape = shape_on(feature, zoom, last_zoom);
    if (shape.empty()) return;
    const int depth = zoom - square.zoom;
    TileSpan span = tiles_of(box_of_parts(shape), zoom, buffer_of(feature));
    span.first_x = std::max(span.first_x, square.x << depth);
    span.first_y = std::max(span.first_y, square.y << depth);
    span.last_x = std::min(span.last_x, ((square.x + 1) << depth) - 1);
    span.last_y = std::min(span.last_y, ((square.y + 1) << depth) - 1);
    constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max() / 2;
    for (std::int32_t x = span.first_x; x <= span.last_x; ++x) {
        // A column first: its tiles then cut only what is near them.
        const Box frame = tile_box({zoom, x, 0}, tile_buffer);
        const auto column = cut(shape, feature.shape, {{frame.low.x, -far}, {frame.high.x, far}});
        for (std::int32_t y = span.first_y; y <= span.last_y; ++y) {
            const TileId tile{zoom, x, y};
            auto parts = cut(column, feature.shape, tile_box(tile, tile_buffer));
            if (parts.empty()) continue;
            move_to_origin(parts, tile);
            canvas[tile].push_back({&feature, std::move(parts)});
        }
    }
}

}  // namespace

TileBuilder::TileBuilder(FeatureSpool& spool, int min_zoom, int max_zoom)
    : spool_(spool), min_zoom_(min_zoom), max_zoom_(max_zoom) {}

void TileBuilder::add(const Feature& feature) {
    if (feature.parts.empty() || feature.min_zoom > max_zoom_) return;
    const std::uint64_t offset = spool_.append(feature);
    const Box box = box_of_parts(feature.parts);
    const int last_square = std::min(max_zoom_, square_zoom);
    const int first_square = std::min(std::max<int>(min_zoom_, feature.min_zoom), last_square);
    for (int zoom = first_square; zoom <= last_square; ++zoom) {
        // One unit more than the buffer: rounding to the coarser zoom may move a point over the line.
        const TileSpan span = tiles_of({scaled(box.low, zoom), scaled(box.high, zoom)}, zoom, buffer_of(feature) + 1);
        for (std::int32_t x = span.first_x; x <= span.last_x; ++x) {
            for (std::int32_t y = span.first_y; y <= span.last_y; ++y) entries_.push_back({{zoom, x, y}, offset});
        }
    }
}

std::vector<FinishedTile> TileBuilder::build_square(TileId square, std::vector<std::uint64_t> offsets) const {
    std::vector<Feature> features;
    features.reserve(offsets.size());
    for (const std::uint64_t offset : offsets) features.push_back(spool_.at(offset));
    std::stable_sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) {
        return std::pair{a.layer, a.rank} < std::pair{b.layer, b.rank};
    });
    std::vector<FinishedTile> result;
    const int deepest = square.zoom == square_zoom ? max_zoom_ : square.zoom;
    for (int zoom = std::max(square.zoom, min_zoom_); zoom <= deepest; ++zoom) {
        Canvas canvas;
        for (const Feature& feature : features) {
            if (feature.min_zoom <= zoom) draw(feature, square, zoom, zoom == max_zoom_, canvas);
        }
        for (const auto& [tile, pieces] : canvas) result.push_back({tile, gzip(encode_tile(pieces))});
    }
    return result;
}

void TileBuilder::build(const Take& take, const Progress& progress) {
    spool_.seal();
    std::sort(entries_.begin(), entries_.end());
    std::uint64_t total = 0, done = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) total += i == 0 || entries_[i].square != entries_[i - 1].square;
    const std::size_t at_once = std::max(1U, std::thread::hardware_concurrency());
    std::deque<std::future<std::vector<FinishedTile>>> running;
    const auto collect = [&] {
        for (const FinishedTile& tile : running.front().get()) take(tile);
        running.pop_front();
        progress(++done, total);
    };
    for (std::size_t i = 0; i < entries_.size();) {
        const TileId square = entries_[i].square;
        std::vector<std::uint64_t> offsets;
        for (; i < entries_.size() && entries_[i].square == square; ++i) offsets.push_back(entries_[i].offset);
        if (running.size() >= at_once) collect();
        running.push_back(std::async(std::launch::async, &TileBuilder::build_square, this, square, std::move(offsets)));
    }
    while (!running.empty()) collect();
}

}  // namespace plus7::central::maps
