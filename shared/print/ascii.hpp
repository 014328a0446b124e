// What every scanner gives back as it was printed. Pure; any thread.
#pragma once
#include <algorithm>
#include <string_view>

namespace plus7::print {

inline bool is_printable_ascii(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace plus7::print
