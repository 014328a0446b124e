#include "shared/wire/hand_codes.hpp"

#include <stdexcept>

#include "shared/crypto/base32.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/compression.hpp"

namespace plus7::wire {
namespace {

constexpr std::string_view badge_prefix = "P7B";
constexpr std::string_view invitation_prefix = "P7T";
constexpr std::string_view goods_prefix = "P7G";
constexpr std::string_view recipient_prefix = "P7C";
constexpr std::size_t check_bytes = 4;
constexpr std::size_t most_rows = 40;
constexpr std::size_t max_row = 4 * 1024;
constexpr std::size_t max_goods = 32 * 1024;  // inflated

core::Error misread() { return core::invalid("the code was misread: scan it again"); }

std::string framed(std::string_view prefix, const core::Bytes& content) {
    auto bytes = content;
    const auto check = crypto::sha256(content);
    bytes.insert(bytes.end(), check.value.begin(), check.value.begin() + check_bytes);
    return std::string(prefix) + crypto::to_base32(bytes);
}

core::Result<core::Bytes> content_of(std::string_view prefix, std::string_view text) {
    if (!text.starts_with(prefix)) return misread();
    auto bytes = crypto::from_base32(text.substr(prefix.size()));
    if (!bytes || bytes->size() <= check_bytes) return misread();
    const core::Bytes check(bytes->end() - check_bytes, bytes->end());
    bytes->resize(bytes->size() - check_bytes);
    const auto expected = crypto::sha256(*bytes);
    if (!std::equal(check.begin(), check.end(), expected.value.begin())) return misread();
    return std::move(*bytes);
}

// The content as a map, read by `read`.
template <typename Data>
core::Result<Data> read_map(core::ByteView content, void (*read)(const Value&, Data&)) {
    const auto tree = read_cbor(content);
    if (!tree) return misread();
    Faults faults;
    Data data;
    read(Value(faults, &*tree, "code"), data);
    if (faults.any()) return misread();
    return data;
}

void read_badge(const Value& map, Badge& badge) {
    badge.courier = map.get("c").fixed<model::CourierId>();
    badge.secret = map.get("s").fixed<BadgeSecret>();
}

void read_invitation(const Value& map, Invitation& invitation) {
    invitation.transfer = map.get("t").fixed<model::TransferId>();
    invitation.taker = map.get("c").fixed<model::CourierId>();
    invitation.code = map.get("n").text(1, 12);
}

void read_goods(const Value& map, Goods& goods) {
    goods.transfer = map.get("t").fixed<model::TransferId>();
    goods.giver = map.get("c").fixed<model::CourierId>();
    goods.code = map.get("n").text(1, 12);
    for (const auto& item : map.get("rows").items(1, most_rows)) {
        const auto members = item.items(3, 3);
        if (members.size() != 3) return;
        const RowKey key{static_cast<RowKind>(members[0].uint32()), members[1].fixed<RowId>()};
        goods.rows.emplace_back(key, core::copy_of(members[2].bytes(0, max_row)));
    }
}

void read_recipient(const Value& map, RecipientCode& code) {
    code.order = map.get("o").fixed<model::OrderId>();
    code.code = map.get("c").text(6, 6);
}

core::Bytes goods_map(const Goods& goods) {
    CborWriter rows;
    rows.array(goods.rows.size());
    for (const auto& [key, body] : goods.rows)
        rows.array(3).uint(static_cast<std::uint64_t>(key.kind)).bytes(key.id.bytes()).bytes(body);
    CborMap map;
    map.bytes("t", goods.transfer.bytes()).bytes("c", goods.giver.bytes()).text("n", goods.code);
    return map.item("rows", rows.take()).encode();
}

}  // namespace

HandCode hand_code_of(std::string_view text) {
    if (text.starts_with(badge_prefix)) return HandCode::badge;
    if (text.starts_with(invitation_prefix)) return HandCode::invitation;
    if (text.starts_with(goods_prefix)) return HandCode::goods;
    return text.starts_with(recipient_prefix) ? HandCode::recipient : HandCode::none;
}

core::Hash badge_hash(const BadgeSecret& secret) {
    return crypto::Sha256{}.update(core::view_of("p7-badge")).update(secret.bytes()).finish();
}

std::string to_code(const Badge& badge) {
    return framed(badge_prefix, CborMap{}.bytes("c", badge.courier.bytes()).bytes("s", badge.secret.bytes()).encode());
}

std::string to_code(const Invitation& invitation) {
    CborMap map;
    map.bytes("t", invitation.transfer.bytes()).bytes("c", invitation.taker.bytes()).text("n", invitation.code);
    return framed(invitation_prefix, map.encode());
}

std::string to_code(const RecipientCode& code) {
    return framed(recipient_prefix, CborMap{}.bytes("o", code.order.bytes()).text("c", code.code).encode());
}

// The length before the frame: what it inflates to is known and bounded before it is inflated.
std::string to_code(const Goods& goods) {
    const auto plain = goods_map(goods);
    if (plain.size() > max_goods) throw std::invalid_argument("goods of more than 32 KiB");
    if (!read_map<Goods>(plain, read_goods)) throw std::invalid_argument("goods that break a rule");
    core::Bytes content{static_cast<std::uint8_t>(plain.size() >> 8), static_cast<std::uint8_t>(plain.size() & 0xFF)};
    const auto frame = deflate(plain);
    content.insert(content.end(), frame.begin(), frame.end());
    return framed(goods_prefix, content);
}

core::Result<Badge> badge_from(std::string_view text) {
    const auto content = content_of(badge_prefix, text);
    if (!content) return content.error();
    return read_map<Badge>(*content, read_badge);
}

core::Result<Invitation> invitation_from(std::string_view text) {
    const auto content = content_of(invitation_prefix, text);
    if (!content) return content.error();
    return read_map<Invitation>(*content, read_invitation);
}

core::Result<RecipientCode> recipient_code_from(std::string_view text) {
    const auto content = content_of(recipient_prefix, text);
    if (!content) return content.error();
    return read_map<RecipientCode>(*content, read_recipient);
}

core::Result<Goods> goods_from(std::string_view text) {
    const auto content = content_of(goods_prefix, text);
    if (!content) return content.error();
    if (content->size() < 3) return misread();
    const auto size = static_cast<std::size_t>((*content)[0]) << 8 | (*content)[1];
    if (size > max_goods) return misread();
    const auto plain = inflate(core::ByteView(*content).subspan(2), size);
    if (!plain) return misread();
    return read_map<Goods>(*plain, read_goods);
}

}  // namespace plus7::wire
