// Durations and sizes as people write them in configuration files. Pure functions, any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plus7::runtime {

// A whole number with ms, s, min, h or d. Nothing for anything else, or beyond 2^62 ms.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
std::string print_duration(std::chrono::milliseconds duration);  // in the largest unit that is exact

// A whole number with B, KiB, MiB or GiB.
std::optional<std::uint64_t> parse_byte_size(std::string_view text);
std::string print_byte_size(std::uint64_t bytes);

}  // namespace plus7::runtime
