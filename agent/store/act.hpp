// What the app hands to the outbox: something that happened, not yet numbered, chained or signed. Values, any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::agent::store {

// A named piece of what the screen shows, saved in the transaction of the fact. An empty value removes it.
struct Note {
    std::string name;
    core::Bytes value;
};

struct Act {
    std::optional<core::EventId> id;  // made from `at` when absent
    std::string type;
    core::Bytes data;  // one CBOR map, see wire/fact_data.hpp
    core::Stamp at;
    std::optional<wire::Where> where;
    wire::Who who;
    wire::About about;
    std::vector<Note> notes;
};

// An act of one of the types of model/field_facts.hpp; no other way leads to a fact, so that central knows every type.
template <typename Data>
requires model::is_listed<Data, model::FieldFact> Act make_act(const Data& data, const core::Stamp& at) {
    Act act;
    act.type = Data::type;
    act.data = wire::encode_data(data);
    act.at = at;
    return act;
}

}  // namespace plus7::agent::store
