// Short forms for vectors from RFCs, and random damage to byte strings and texts with a seed that a failure can name.
#pragma once
#include <random>
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::test {

inline core::Bytes hex(std::string_view text) { return core::from_hex(text).value(); }
inline core::Bytes bytes(std::string_view text) { return core::copy_of(core::view_of(text)); }

// One to four random bytes changed, and now and then the end cut off or doubled.
template <typename Text>
Text damaged(Text text, std::mt19937& random) {
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    if (text.empty()) return text;
    for (auto left = 1 + below(4); left > 0; --left) {
        text[below(text.size())] = static_cast<typename Text::value_type>(random() & 255U);
    }
    const auto kind = below(10);
    if (kind == 0) text.resize(below(text.size()));
    if (kind == 1) {
        const Text again = text;
        text.insert(text.end(), again.begin(), again.end());
    }
    return text;
}

}  // namespace plus7::test
