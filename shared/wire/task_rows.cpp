#include "shared/wire/task_rows.hpp"

#include <stdexcept>

#include "shared/wire/code_verifier.hpp"
#include "shared/wire/custody_data.hpp"
#include "shared/wire/place_codec.hpp"

namespace plus7::wire {
namespace {

constexpr std::size_t max_text = 1200;  // 300 characters of four bytes

void put_text(CborMap& map, std::string_view key, const std::string& value) {
    if (!value.empty()) map.text(key, value);
}

std::string maybe_text(const Value& map, std::string_view key) {
    const auto value = map.maybe(key);
    return value ? value.text(0, 2 * max_text) : std::string{};
}

void put_where(CborMap& map, const std::optional<core::LatLon>& where) {
    if (!where) return;
    CborMap place;
    write_place(place, *where);
    map.map("where", place);
}

std::optional<core::LatLon> maybe_where(const Value& map) {
    const auto place = map.maybe("where");
    if (!place) return std::nullopt;
    return read_place(place);
}

std::optional<core::TimeMs> maybe_time(const Value& map, std::string_view key) {
    const auto time = map.maybe(key);
    if (!time) return std::nullopt;
    return time.time();
}

// What cannot be read back must not be sent.
template <typename Row>
core::Bytes checked(const CborMap& map, core::Result<Row> (*decode)(core::ByteView)) {
    auto bytes = map.encode();
    if (const auto read = decode(bytes); !read) throw std::invalid_argument(read.error().message);
    return bytes;
}

template <typename Row>
core::Result<Row> decode_with(core::ByteView body, std::string_view name, void (*read)(const Value&, Row&)) {
    const auto tree = read_cbor(body);
    if (!tree) return tree.error();
    Faults faults;
    Row row;
    read(Value(faults, &*tree, name), row);
    return faults.finish(std::move(row));
}

void read_task(const Value& map, TaskRow& row) {
    const auto kind = map.get("kind").uint();
    row.kind = kind == static_cast<std::uint64_t>(TaskKind::deliver) ? TaskKind::deliver : TaskKind::unknown;
    row.number = map.get("number").text(1, 32);
    row.sender = maybe_text(map, "sender");
    row.place = map.get("place").uint();
    row.where = maybe_where(map);
    row.from = maybe_time(map, "from_ms");
    row.to = maybe_time(map, "to_ms");
    if (const auto due = map.maybe("due")) {
        row.due_minor = due.get("minor").integer(1);
        row.due_currency = due.get("currency").text(3, 3);
    }
    if (const auto proof = map.maybe("proof"))
        for (const auto& kind_of_proof : proof.items(1, 8)) {
            const auto number = kind_of_proof.uint();
            const bool known = number <= static_cast<std::uint64_t>(model::ProofKind::recipient_qr);
            row.proof.push_back(known ? static_cast<model::ProofKind>(number) : model::ProofKind::unknown);
        }
    row.is_planned = map.get("planned").boolean();
    row.is_cancelled = map.get("cancelled").boolean();
    row.point = map.maybe("point").maybe_fixed<model::HolderId>();
    row.keep_until = maybe_time(map, "keep_until_ms");
}

void read_parcel(const Value& map, ParcelRow& row) {
    row.order = map.get("order").fixed<model::OrderId>();
    row.number = map.get("number").uint32(1);
    for (const auto& code : map.get("codes").items(1, 8)) row.codes.push_back(code.text(1, 64));
    row.version = map.get("version").uint();
    row.holder = read_holder(map.get("holder"));
    row.what = maybe_text(map, "what");
}

void read_recipient(const Value& map, RecipientRow& row) {
    row.name = maybe_text(map, "name");
    row.phone = maybe_text(map, "phone");
    row.address = maybe_text(map, "address");
    row.entrance = maybe_text(map, "entrance");
    row.floor = maybe_text(map, "floor");
    row.intercom = maybe_text(map, "intercom");
    row.comment = maybe_text(map, "comment");
}

void read_site(const Value& map, SiteRow& row) {
    const auto kind = map.get("kind").uint();
    row.kind = kind == static_cast<std::uint64_t>(model::HolderKind::point) ? model::HolderKind::point
                                                                            : model::HolderKind::depot;
    row.name = map.get("name").text(1, max_text);
    row.address = maybe_text(map, "address");
    row.where = maybe_where(map);
}

void read_verifier_row(const Value& map, VerifierRow& row) {
    row.verifier = read_verifier(map);
    row.key = map.get("key").fixed<crypto::CommitKey>();
}

}  // namespace

core::Result<TaskRow> decode_task_row(core::ByteView body) { return decode_with<TaskRow>(body, "task", read_task); }
core::Result<ParcelRow> decode_parcel_row(core::ByteView body) {
    return decode_with<ParcelRow>(body, "parcel", read_parcel);
}
core::Result<RecipientRow> decode_recipient_row(core::ByteView body) {
    return decode_with<RecipientRow>(body, "recipient", read_recipient);
}
core::Result<SiteRow> decode_site_row(core::ByteView body) { return decode_with<SiteRow>(body, "site", read_site); }

core::Result<VerifierRow> decode_verifier_row(core::ByteView body) {
    return decode_with<VerifierRow>(body, "verifier", read_verifier_row);
}

core::Bytes encode(const TaskRow& row) {
    CborMap map;
    map.uint("kind", static_cast<std::uint64_t>(row.kind)).text("number", row.number).uint("place", row.place);
    map.boolean("planned", row.is_planned).boolean("cancelled", row.is_cancelled);
    put_text(map, "sender", row.sender);
    put_where(map, row.where);
    if (row.from) map.time("from_ms", *row.from);
    if (row.to) map.time("to_ms", *row.to);
    if (row.point) map.bytes("point", row.point->bytes());
    if (row.keep_until) map.time("keep_until_ms", *row.keep_until);
    if (row.due_minor != 0)
        map.map("due", CborMap{}.integer("minor", row.due_minor).text("currency", row.due_currency));
    if (!row.proof.empty()) {
        CborWriter proof;
        proof.array(row.proof.size());
        for (const auto kind : row.proof) proof.uint(static_cast<std::uint64_t>(kind));
        map.item("proof", proof.take());
    }
    return checked(map, decode_task_row);
}

core::Bytes encode(const ParcelRow& row) {
    CborMap map;
    map.bytes("order", row.order.bytes()).uint("number", row.number).uint("version", row.version);
    map.map("holder", holder_map(row.holder));
    put_text(map, "what", row.what);
    CborWriter codes;
    codes.array(row.codes.size());
    for (const auto& code : row.codes) codes.text(code);
    map.item("codes", codes.take());
    return checked(map, decode_parcel_row);
}

core::Bytes encode(const RecipientRow& row) {
    CborMap map;
    put_text(map, "name", row.name);
    put_text(map, "phone", row.phone);
    put_text(map, "address", row.address);
    put_text(map, "entrance", row.entrance);
    put_text(map, "floor", row.floor);
    put_text(map, "intercom", row.intercom);
    put_text(map, "comment", row.comment);
    return checked(map, decode_recipient_row);
}

core::Bytes encode(const SiteRow& row) {
    CborMap map;
    map.uint("kind", static_cast<std::uint64_t>(row.kind)).text("name", row.name);
    put_text(map, "address", row.address);
    put_where(map, row.where);
    return checked(map, decode_site_row);
}

core::Bytes encode(const VerifierRow& row) {
    auto map = verifier_map(row.verifier);
    map.bytes("key", row.key.bytes());
    return checked(map, decode_verifier_row);
}

}  // namespace plus7::wire
