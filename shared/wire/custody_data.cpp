#include "shared/wire/custody_data.hpp"

#include <algorithm>
#include <stdexcept>

namespace plus7::wire {
namespace {

constexpr std::size_t most_proofs = 8;
constexpr std::size_t most_photos = 8;
constexpr std::size_t max_note_characters = 300;  // as on the console
constexpr std::size_t max_note_bytes = 4 * max_note_characters;

void require(bool kept, const char* rule) {
    if (!kept) throw std::invalid_argument(rule);
}

// A number beyond the last known one is what a later version names: unknown.
template <typename Enum>
Enum known_or_unknown(const Value& value, Enum last) {
    const auto number = value.uint();
    return number <= static_cast<std::uint64_t>(last) ? static_cast<Enum>(number) : Enum::unknown;
}

template <typename Enum>
std::uint64_t number_of(Enum value) {
    return static_cast<std::uint64_t>(value);
}

bool is_reason(std::string_view reason) {
    return !reason.empty() && reason.size() <= 32 &&
           std::all_of(reason.begin(), reason.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); });
}

bool is_currency(std::string_view currency) {
    return currency.size() == 3 &&
           std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

core::Bytes proof_map(const model::Proof& proof) {
    CborMap map;
    map.uint("kind", number_of(proof.kind));
    if (proof.blob) map.bytes("blob", proof.blob->bytes());
    if (proof.commitment) map.bytes("commitment", proof.commitment->bytes());
    return map.encode();
}

model::Proof read_proof(const Value& map) {
    return {known_or_unknown(map.get("kind"), model::ProofKind::recipient_qr),
            map.maybe("blob").maybe_fixed<core::Hash>(), map.maybe("commitment").maybe_fixed<core::Hash>()};
}

}  // namespace

bool is_damage_note(std::string_view text) {
    if (text.size() > max_note_bytes || text.find_first_not_of(" \t\r\n") == text.npos) return false;
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) <= max_note_characters &&
           is_wire_text(text);
}

CborMap holder_map(const model::Holder& holder) {
    CborMap map;
    map.uint("kind", number_of(holder.kind));
    if (!holder.id.is_zero()) map.bytes("id", holder.id.bytes());
    return map;
}

model::Holder read_holder(const Value& map) {
    model::Holder holder;
    holder.kind = known_or_unknown(map.get("kind"), model::HolderKind::lost);
    if (const auto id = map.maybe("id")) holder.id = id.fixed<model::HolderId>();
    return holder;
}

void read(const Value& map, model::HandedOver& data) {
    data.from = read_holder(map.get("from"));
    data.to = read_holder(map.get("to"));
    if (const auto half = map.maybe("half")) data.half = static_cast<model::Half>(half.uint(1, 2));
    data.leg = known_or_unknown(map.get("leg"), model::Leg::giving_back);
    data.visit = map.maybe("visit").maybe_fixed<model::VisitId>();
    data.bag = map.maybe("bag").maybe_fixed<model::BagId>();
    if (const auto proofs = map.maybe("proofs"))
        for (const auto& proof : proofs.items(1, most_proofs)) data.proofs.push_back(read_proof(proof));
}

void read(const Value& map, model::AttemptFailed& data) {
    data.reason = map.get("reason").text(1, 32);
    if (map.get("reason") && !is_reason(data.reason)) map.get("reason").fault("is no name of a reason");
    data.visit = map.get("visit").fixed<model::VisitId>();
    data.calls = static_cast<std::uint8_t>(map.get("calls").uint(0, 255));
    if (const auto photos = map.maybe("photos"))
        for (const auto& photo : photos.items(1, most_photos)) data.photos.push_back(photo.fixed<core::Hash>());
    const auto from = map.maybe("again_from_ms");
    const auto to = map.maybe("again_to_ms");
    if (!from && !to) return;
    data.again = model::AttemptFailed::Again{map.get("again_from_ms").time(), map.get("again_to_ms").time()};
    if (from && to && data.again->from >= data.again->to) to.fault("ends the wanted time before it begins");
}

void read(const Value& map, model::Damaged& data) { data.note = map.get("note").text(1, max_note_bytes); }

void read(const Value& map, model::Corrected& data) { data.event = map.get("event").fixed<core::EventId>(); }

void read(const Value& map, model::MoneyTaken& data) {
    data.minor = map.get("minor").integer(1);
    data.currency = map.get("currency").text(3, 3);
    if (map.get("currency") && !is_currency(data.currency)) map.get("currency").fault("is no ISO 4217 code");
    data.way = known_or_unknown(map.get("way"), model::MoneyWay::sbp);
    data.visit = map.maybe("visit").maybe_fixed<model::VisitId>();
}

core::Bytes encode_data(const model::HandedOver& data) {
    require(data.proofs.size() <= most_proofs, "a handover has at most 8 proofs");
    CborMap map;
    map.map("from", holder_map(data.from)).map("to", holder_map(data.to)).uint("leg", number_of(data.leg));
    if (data.half != model::Half::none) map.uint("half", number_of(data.half));
    if (data.visit) map.bytes("visit", data.visit->bytes());
    if (data.bag) map.bytes("bag", data.bag->bytes());
    if (data.proofs.empty()) return map.encode();
    CborWriter proofs;
    proofs.array(data.proofs.size());
    for (const auto& proof : data.proofs) proofs.item(proof_map(proof));
    return map.item("proofs", proofs.take()).encode();
}

core::Bytes encode_data(const model::AttemptFailed& data) {
    require(is_reason(data.reason), "a reason is 1 – 32 letters or _");
    require(data.photos.size() <= most_photos, "an attempt has at most 8 photos");
    CborMap map;
    map.text("reason", data.reason).bytes("visit", data.visit.bytes()).uint("calls", data.calls);
    if (data.again) {
        require(data.again->from < data.again->to, "a wanted time ends after it begins");
        map.time("again_from_ms", data.again->from).time("again_to_ms", data.again->to);
    }
    if (data.photos.empty()) return map.encode();
    CborWriter photos;
    photos.array(data.photos.size());
    for (const auto& photo : data.photos) photos.bytes(photo.bytes());
    return map.item("photos", photos.take()).encode();
}

core::Bytes encode_data(const model::Damaged& data) {
    require(is_damage_note(data.note), "a note has 1 – 300 characters");
    return CborMap{}.text("note", data.note).encode();
}

core::Bytes encode_data(const model::Corrected& data) { return CborMap{}.bytes("event", data.event.bytes()).encode(); }

core::Bytes encode_data(const model::MoneyTaken& data) {
    require(data.minor > 0, "money taken is more than nothing");
    require(is_currency(data.currency), "a currency is an ISO 4217 code");
    CborMap map;
    map.integer("minor", data.minor).text("currency", data.currency).uint("way", number_of(data.way));
    if (data.visit) map.bytes("visit", data.visit->bytes());
    return map.encode();
}

}  // namespace plus7::wire
