// The `data` map of the facts about parcels and money at the door (shared/model/custody_facts.hpp). Any thread;
// encoding throws std::invalid_argument on a broken rule.
#pragma once
#include "shared/model/custody_facts.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

// What a damage's note may be: 1 – 300 characters of UTF-8 without U+0000, not only blanks.
bool is_damage_note(std::string_view text);

core::Bytes encode_data(const model::HandedOver& data);
core::Bytes encode_data(const model::AttemptFailed& data);
core::Bytes encode_data(const model::Damaged& data);
core::Bytes encode_data(const model::Corrected& data);
core::Bytes encode_data(const model::MoneyTaken& data);

// For decode_data (fact_data.hpp).
void read(const Value& map, model::HandedOver& data);
void read(const Value& map, model::AttemptFailed& data);
void read(const Value& map, model::Damaged& data);
void read(const Value& map, model::Corrected& data);
void read(const Value& map, model::MoneyTaken& data);

CborMap holder_map(const model::Holder& holder);
model::Holder read_holder(const Value& map);

}  // namespace plus7::wire
