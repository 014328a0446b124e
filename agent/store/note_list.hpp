// Notes that are lists of what was done with one thing, the newest last: shared by their codecs.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::agent::store {

// The id behind the prefix of a note's name; none for another note.
template <typename Id>
std::optional<Id> id_of_note(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    const auto bytes = core::from_hex(name.substr(prefix.size()));
    return bytes ? Id::from(*bytes) : std::nullopt;
}

// The newest `most` of them.
template <typename T>
core::Bytes encode_list(const std::vector<T>& all, std::size_t most, core::Bytes (*encode_one)(const T&)) {
    const auto skipped = all.size() > most ? all.size() - most : 0;
    wire::CborWriter list;
    list.array(all.size() - skipped);
    for (auto at = skipped; at < all.size(); ++at) list.item(encode_one(all[at]));
    return list.take();
}

// None for what cannot be read.
template <typename T>
std::vector<T> list_from(core::ByteView note, std::size_t most, T (*read_one)(const wire::Value&)) {
    const auto tree = wire::read_cbor(note);
    if (!tree) return {};
    wire::Faults faults;
    std::vector<T> all;
    for (const auto& item : wire::Value(faults, &*tree, "note").items(0, most)) all.push_back(read_one(item));
    return faults.any() ? std::vector<T>{} : all;
}

}  // namespace plus7::agent::store
