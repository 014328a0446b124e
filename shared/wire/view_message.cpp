#include "shared/wire/view_message.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

// What a part needs besides its rows: envelope (≤ 130 bytes with signature), members, heads of the lists.
constexpr std::size_t part_overhead = 512;
constexpr std::size_t row_room = max_view_part_bytes - part_overhead;
constexpr std::size_t row_overhead = 1 + 5 + 17 + 9 + 5;  // list, kind, id, version, head of the body
constexpr std::size_t max_part_rows = 2048;
constexpr std::size_t part_items = 6 * max_part_rows;

core::Bytes encode_key(const RowKey& key) {
    return CborWriter{}.array(2).uint(static_cast<std::uint64_t>(key.kind)).bytes(key.id.bytes()).take();
}

RowKind read_kind(const Value& value) { return static_cast<RowKind>(value.uint32(1)); }

std::vector<ViewRow> read_put(const Value& list) {
    std::vector<ViewRow> rows;
    for (const auto& item : list.items(0, max_part_rows)) {
        const auto row = item.items(4, 4);
        if (row.size() != 4) return {};
        rows.push_back({{read_kind(row[0]), row[1].fixed<RowId>()},
                        row[2].uint(),
                        core::copy_of(row[3].bytes(0, max_row_body_bytes))});
    }
    return rows;
}

std::vector<RowKey> read_remove(const Value& list) {
    std::vector<RowKey> keys;
    for (const auto& item : list.items(0, max_part_rows)) {
        const auto key = item.items(2, 2);
        if (key.size() != 2) return {};
        keys.push_back({read_kind(key[0]), key[1].fixed<RowId>()});
    }
    return keys;
}

// Fills parts one after another.
class Splitter {
  public:
    explicit Splitter(const ViewDelta& delta) : delta_(delta) { open(); }

    // The part that has room for so many bytes more.
    ViewDelta& room_for(std::size_t bytes) {
        if (used_ + bytes > row_room || rows_ == max_part_rows) open();
        used_ += bytes;
        ++rows_;
        return parts_.back().delta;
    }

    std::vector<ViewPart> take() {
        for (auto& part : parts_) part.parts = static_cast<std::uint32_t>(parts_.size());
        return std::move(parts_);
    }

  private:
    void open() {
        ViewPart part;
        part.part = static_cast<std::uint32_t>(parts_.size() + 1);
        part.delta = {delta_.from, delta_.to, {}, {}, delta_.hash};
        parts_.push_back(std::move(part));
        used_ = rows_ = 0;
    }

    const ViewDelta& delta_;
    std::vector<ViewPart> parts_;
    std::size_t used_ = 0;
    std::size_t rows_ = 0;
};

}  // namespace

core::Result<std::vector<ViewPart>> split_view(const ViewDelta& delta) {
    Splitter splitter(delta);
    for (const auto& row : delta.put) {
        if (row.body.size() > max_row_body_bytes) return core::limit("a row of the view takes 32 KiB");
        splitter.room_for(row.body.size() + row_overhead).put.push_back(row);
    }
    for (const auto& key : delta.remove) splitter.room_for(row_overhead).remove.push_back(key);
    auto parts = splitter.take();
    if (parts.size() > max_view_parts) return core::limit("a view takes 1024 parts");
    return parts;
}

core::Bytes encode(const ViewPart& part) {
    CborWriter put;
    put.array(part.delta.put.size());
    for (const auto& row : part.delta.put) put.item(encode_row(row));
    CborWriter remove;
    remove.array(part.delta.remove.size());
    for (const auto& key : part.delta.remove) remove.item(encode_key(key));
    CborMap map;
    map.uint("from", part.delta.from).uint("to", part.delta.to).uint("part", part.part).uint("parts", part.parts);
    map.item("put", put.take()).item("remove", remove.take()).bytes("hash", part.delta.hash.bytes());
    auto bytes = map.encode();
    if (const auto read = decode_view_part(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<ViewPart> decode_view_part(core::ByteView body) {
    const auto tree = read_cbor(body, {.bytes = max_view_part_bytes, .items = part_items});
    if (!tree) return tree.error().context("view");
    Faults faults;
    const Value map(faults, &*tree, "view");
    ViewPart part;
    part.delta.from = map.get("from").uint();
    part.delta.to = map.get("to").uint();
    part.parts = map.get("parts").uint32(1, max_view_parts);
    part.part = map.get("part").uint32(1, max_view_parts);
    if (part.delta.to < part.delta.from) map.fault("ends before it begins");
    if (part.part > part.parts) map.fault("is a part beyond the last");
    part.delta.put = read_put(map.get("put"));
    part.delta.remove = read_remove(map.get("remove"));
    part.delta.hash = map.get("hash").fixed<core::Hash>();
    if (faults.any()) return faults.first().context("view");
    return part;
}

core::Bytes encode(const ViewApplied& applied) {
    return CborMap{}.uint("version", applied.version).bytes("hash", applied.hash.bytes()).encode();
}

core::Result<ViewApplied> decode_view_applied(core::ByteView message) {
    const auto tree = read_cbor(message);
    if (!tree) return tree.error().context("view answer");
    Faults faults;
    const Value map(faults, &*tree, "view answer");
    ViewApplied applied{map.get("version").uint(), map.get("hash").fixed<core::Hash>()};
    return faults.finish(applied);
}

}  // namespace plus7::wire
