#include "shared/wire/access_rows.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_name = 400, max_role = 32;

LookKind kind_of(std::uint64_t number) {
    return number <= static_cast<std::uint64_t>(LookKind::events) ? static_cast<LookKind>(number) : LookKind::unknown;
}

LookEntry read_look(const Value& map) {
    LookEntry look;
    if (const auto name = map.maybe("name")) look.name = name.text(0, max_name);
    if (const auto role = map.maybe("role")) look.role = role.text(0, max_role);
    look.what = kind_of(map.get("what").uint());
    look.from = map.get("from_ms").time();
    const auto to = map.maybe("to_ms");
    look.to = to ? to.time() : look.from;
    if (look.to < look.from) map.fault("ends before it begins");
    if (const auto from = map.maybe("of_from_ms")) {
        look.of_from = from.time();
        look.of_to = map.get("of_to_ms").time();
    }
    return look;
}

core::Bytes encode_look(const LookEntry& look) {
    CborMap map;
    if (!look.name.empty()) map.text("name", look.name);
    if (!look.role.empty()) map.text("role", look.role);
    map.uint("what", static_cast<std::uint64_t>(look.what)).time("from_ms", look.from);
    if (look.to != look.from) map.time("to_ms", look.to);
    if (look.of_from) map.time("of_from_ms", *look.of_from);
    if (look.of_to) map.time("of_to_ms", *look.of_to);
    return map.encode();
}

}  // namespace

RowKey access_key(std::int64_t day) {
    RowKey key{RowKind::access, {}};
    for (std::size_t at = 0; at < 8; ++at)
        key.id.value[15 - at] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(day) >> (8 * at));
    return key;
}

core::Bytes encode(const AccessRow& row) {
    CborWriter looks;
    looks.array(row.looks.size());
    for (const auto& look : row.looks) looks.item(encode_look(look));
    auto bytes = CborMap{}.item("looks", looks.take()).encode();
    const auto read = decode_access_row(bytes);
    if (!read) throw std::invalid_argument(read.error().message);
    if (*read != row) throw std::invalid_argument("a look whose half of a track's time is missing");
    return bytes;
}

core::Result<AccessRow> decode_access_row(core::ByteView body) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error();
    Faults faults;
    AccessRow row;
    for (const auto& look : Value(faults, &*tree, "access").get("looks").items(1, max_looks))
        row.looks.push_back(read_look(look));
    return faults.finish(std::move(row));
}

}  // namespace plus7::wire
