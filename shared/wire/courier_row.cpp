#include "shared/wire/courier_row.hpp"

#include <stdexcept>

#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/code_verifier.hpp"
#include "shared/wire/custody_data.hpp"

namespace plus7::wire {
namespace {

CborMap sign_in_map(const SignInRow& row) {
    CborMap map;
    map.bytes("badge", row.badge.bytes()).map("pin", verifier_map(row.pin));
    return map;
}

std::optional<SignInRow> maybe_sign_in(const Value& map) {
    if (!map) return std::nullopt;
    return SignInRow{map.get("badge").fixed<core::Hash>(), read_verifier(map.get("pin"))};
}

std::optional<model::Holder> maybe_site(const Value& map) {
    if (!map) return std::nullopt;
    const auto site = read_holder(map);
    if (site.kind != model::HolderKind::point && site.kind != model::HolderKind::depot) map.fault("is no site");
    return site;
}

}  // namespace

core::Bytes encode(const CourierRow& row) {
    CborMap map;
    map.bytes("id", row.id.bytes()).text("code", row.code);
    if (row.sign_in) map.map("sign_in", sign_in_map(*row.sign_in));
    if (row.site) map.map("site", holder_map(*row.site));
    auto bytes = map.encode();
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
    row.sign_in = maybe_sign_in(map.maybe("sign_in"));
    row.site = maybe_site(map.maybe("site"));
    return faults.finish(std::move(row));
}

}  // namespace plus7::wire
