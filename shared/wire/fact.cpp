#include "shared/wire/fact.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/crypto/sha256.hpp"
#include "shared/wire/limits.hpp"
#include "shared/wire/place_codec.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t fact_version = 1;
constexpr std::size_t max_type_bytes = 48;

bool is_type(std::string_view type) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto known = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    return !type.empty() && type.size() <= max_type_bytes && letter(type.front()) &&
           std::all_of(type.begin(), type.end(), known);
}

core::Bytes signed_message(core::ByteView body) {
    core::Bytes message = core::copy_of(core::view_of("p7-fact"));
    const auto hash = hash_of_body(body);
    message.insert(message.end(), hash.value.begin(), hash.value.end());
    return message;
}

CborMap stamp_map(const core::Stamp& at) {
    CborMap map;
    if (at.gps) map.time("gps_ms", *at.gps);
    map.time("wall_ms", at.wall).uint("wall_src", static_cast<std::uint64_t>(at.wall_src));
    map.bytes("boot", at.boot.bytes()).integer("mono_ms", at.mono.count());
    return map;
}

core::Stamp read_stamp(const Value& at) {
    core::Stamp stamp;
    if (const auto gps = at.maybe("gps_ms")) stamp.gps = gps.time();
    stamp.wall = at.get("wall_ms").time();
    const auto source = at.get("wall_src").uint();
    const auto last_known = static_cast<std::uint64_t>(core::WallSource::central);
    stamp.wall_src = source <= last_known ? static_cast<core::WallSource>(source) : core::WallSource::unset;
    stamp.boot = at.get("boot").fixed<core::BootId>();
    stamp.mono = at.get("mono_ms").duration();
    return stamp;
}

CborMap where_map(const Where& where) {
    CborMap map;
    write_place(map, where.place);
    if (where.acc_m) map.uint("acc_m", *where.acc_m);
    map.integer("age_ms", where.age.count());
    return map;
}

Where read_where(const Value& map) {
    Where where{.place = read_place(map), .acc_m = {}, .age = map.get("age_ms").duration()};
    if (const auto accuracy = map.maybe("acc_m")) where.acc_m = accuracy.uint32();
    return where;
}

CborMap who_map(const Who& who) {
    CborMap map;
    if (who.courier) map.bytes("courier", who.courier->bytes());
    if (who.shift) map.bytes("shift", who.shift->bytes());
    return map;
}

Who read_who(const Value& map) {
    return {map.maybe("courier").maybe_fixed<model::CourierId>(), map.maybe("shift").maybe_fixed<model::ShiftId>()};
}

CborMap about_map(const About& about) {
    CborMap map;
    if (about.parcel) map.bytes("parcel", about.parcel->bytes());
    if (about.order) map.bytes("order", about.order->bytes());
    if (about.custody_version) map.uint("version", *about.custody_version);
    if (about.transfer) map.bytes("transfer", about.transfer->bytes());
    return map;
}

About read_about(const Value& map) {
    About about;
    about.parcel = map.maybe("parcel").maybe_fixed<model::ParcelId>();
    about.order = map.maybe("order").maybe_fixed<model::OrderId>();
    if (const auto version = map.maybe("version")) about.custody_version = version.uint();
    about.transfer = map.maybe("transfer").maybe_fixed<model::TransferId>();
    return about;
}

}  // namespace

core::Bytes encode_body(const Fact& fact) {
    if (!is_type(fact.type)) throw std::invalid_argument("fact: no type can be called \"" + fact.type + "\"");
    if (fact.seq == 0) throw std::invalid_argument("fact: sequence numbers begin with 1");
    CborMap body;
    body.uint("v", fact_version).bytes("id", fact.id.bytes()).text("dev", fact.device.text());
    body.bytes("ep", fact.epoch.bytes()).uint("seq", fact.seq).bytes("prev", fact.prev.bytes());
    body.text("type", fact.type).map("at", stamp_map(fact.at)).uint("view", fact.view);
    if (fact.where) body.map("where", where_map(*fact.where));
    if (const auto who = who_map(fact.who); !who.empty()) body.map("who", who);
    if (const auto about = about_map(fact.about); !about.empty()) body.map("about", about);
    body.item("data", fact.data.empty() ? CborMap{}.encode() : fact.data);
    auto bytes = body.encode();
    if (const auto read = decode_body(bytes); !read) {  // what is signed for ever must be readable
        throw std::invalid_argument("fact: " + read.error().message);
    }
    return bytes;
}

core::Result<Fact> decode_body(core::ByteView bytes) {
    const auto tree = read_cbor(bytes, {.bytes = max_fact_body_bytes});
    if (!tree) return tree.error().context("fact");
    Faults faults;
    const Value body(faults, &*tree, "fact");
    if (const auto version = body.get("v"); version && version.uint() != fact_version)
        return core::invalid("fact: v is not 1");
    const auto device = body.get("dev").device();
    if (!device) return faults.first().context("fact");
    Fact fact{.device = *device,
              .epoch = body.get("ep").fixed<core::Epoch>(),
              .seq = body.get("seq").uint(1),
              .prev = body.get("prev").fixed<core::Hash>(),
              .id = body.get("id").fixed<core::EventId>(),
              .type = body.get("type").text(1, max_type_bytes),
              .at = read_stamp(body.get("at")),
              .where = {},
              .view = body.get("view").uint(),
              .who = {},
              .about = {},
              .data = core::copy_of(body.get("data").encoded_map())};
    if (const auto where = body.maybe("where")) fact.where = read_where(where);
    if (const auto who = body.maybe("who")) fact.who = read_who(who);
    if (const auto about = body.maybe("about")) fact.about = read_about(about);
    if (!faults.any() && !is_type(fact.type)) faults.add("type", "is no name of a type");
    if (faults.any()) return faults.first().context("fact");
    return fact;
}

core::Hash hash_of_body(core::ByteView body) { return crypto::sha256(body); }

SignedFact sign_body(core::Bytes body, const crypto::SigningKey& key) {
    const auto sig = key.sign(signed_message(body));
    return {std::move(body), sig};
}

SignedFact seal(const Fact& fact, const crypto::SigningKey& key) { return sign_body(encode_body(fact), key); }

bool verify(const SignedFact& fact, const core::PublicKey& key) {
    return crypto::verify(key, signed_message(fact.body), fact.sig);
}

core::Bytes encode_record(const SignedFact& fact) {
    return CborWriter{}.array(2).bytes(fact.body).bytes(fact.sig.bytes()).take();
}

core::Result<SignedFact> decode_fact_record(core::ByteView record) {
    const auto tree = read_cbor(record, {.bytes = max_fact_body_bytes + 128});
    if (!tree) return tree.error().context("fact record");
    Faults faults;
    const auto parts = Value(faults, &*tree, "fact record").items(2, 2);
    if (faults.any()) return faults.first();
    SignedFact fact{core::copy_of(parts[0].bytes(1, max_fact_body_bytes)), parts[1].fixed<core::Signature>()};
    return faults.finish(std::move(fact));
}

core::Hash first_prev(const core::Epoch& epoch, const std::optional<Parent>& parent) {
    const Parent cut = parent.value_or(Parent{});
    core::Bytes message = core::copy_of(core::view_of("p7-epoch"));
    const auto add = [&message](core::ByteView bytes) { message.insert(message.end(), bytes.begin(), bytes.end()); };
    add(epoch.bytes());
    add(cut.epoch.bytes());
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        message.push_back(static_cast<std::uint8_t>((cut.upto >> (shift - 8)) & 0xffU));
    }
    add(cut.hash.bytes());
    return crypto::sha256(message);
}

}  // namespace plus7::wire
