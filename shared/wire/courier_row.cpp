#include "shared/wire/courier_row.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

core::Bytes encode(const CourierRow& row) {
    auto bytes = CborMap{}.bytes("id", row.id.bytes()).text("code", row.code).encode();
    if (const auto read = decode_courier_row(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

core::Result<CourierRow> decode_courier_row(core::ByteView body) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error();
    Faults faults;
    const Value map(faults, &*tree, "courier");
    CourierRow row;
    row.id = map.get("id").fixed<model::CourierId>();
    row.code = map.get("code").text(1, 12);
    return faults.finish(std::move(row));
}

}  // namespace plus7::wire
