#include "central/store/projection_store.hpp"

#include "shared/crypto/sha256.hpp"

namespace plus7::central::store {
namespace {

struct Table {
    const char* name;
    const char* key;
};
// last_position is not among them: it also comes from live frames, which no log keeps.
constexpr Table tables[] = {
    {"act", "event_id"},        {"shift", "shift_id"},       {"boot_anchor", "device_id, boot"},
    {"custody", "parcel_id"},   {"order_state", "order_id"}, {"parcel_event", "parcel_id, number"},
    {"shift_break", "event_id"}};

std::string text_of(const sql::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return "i" + std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value)) return "r" + std::to_string(*real);
    if (const auto* text = std::get_if<std::string>(&value)) return "t" + std::to_string(text->size()) + *text;
    if (const auto* bytes = std::get_if<core::Bytes>(&value)) return "b" + core::to_hex(*bytes);
    return "n";
}

}  // namespace

void clear_projections(sql::Tx& tx) {
    for (const auto& table : tables) tx.exec(std::string("DELETE FROM ") + table.name);
}

core::Hash projection_digest(sql::Tx& tx) {
    crypto::Sha256 hash;
    for (const auto& table : tables) {
        hash.update(core::view_of(table.name));
        tx.each(std::string("SELECT * FROM ") + table.name + " ORDER BY " + table.key, {}, [&](const sql::Row& row) {
            for (std::size_t i = 0; i < row.size(); ++i) hash.update(core::view_of(text_of(row.value(i)) + ","));
        });
    }
    return hash.finish();
}

}  // namespace plus7::central::store
