// Reads foreign CBOR of the p7 profile (docs/protocol.md) into a small tree of views: definite lengths, shortest forms,
// text keys in ascending order, no tags, no floats, integers of 64 bits with sign. Never throws on bad bytes, never
// allocates by a length it was told. Any thread.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {

// One item. `content` and `encoded` look into the bytes that were read: the tree must not outlive them.
struct Node {
    enum class Kind : std::uint8_t { null, boolean, integer, bytes, text, array, map };

    Kind kind = Kind::null;
    bool boolean = false;
    std::int64_t integer = 0;
    core::ByteView content;              // of a byte or text string
    core::ByteView encoded;              // the whole item, as it stood
    std::vector<Node> items;             // of an array; of a map the values, in the order of `keys`
    std::vector<std::string_view> keys;  // ascending by RFC 8949 §4.2.1

    const Node* find(std::string_view key) const;  // nullptr when this is no map or has no such member
};

struct ReadLimits {
    std::size_t bytes = max_message_bytes;
    std::size_t items = 4096;  // nodes and keys together
    std::size_t depth = 8;     // nested lists and maps, the outermost counts 1
};

// Exactly one item and nothing behind it. invalid: malformed or outside the profile; limit: beyond `limits`.
core::Result<Node> read_cbor(core::ByteView input, const ReadLimits& limits = {});

// The same for a message whose tail may be broken: the tree as far as it could be read, and what stopped it.
struct PartialRead {
    Node root;
    std::optional<core::Error> error;
};
PartialRead read_cbor_partly(core::ByteView input, const ReadLimits& limits = {});

}  // namespace plus7::wire
