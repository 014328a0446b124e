// Random bytes of the operating system's generator (getrandom). Any thread; throws std::system_error if there is none.
#pragma once
#include <span>

#include "shared/core/bytes.hpp"

namespace plus7::core {

void fill_random(std::span<std::uint8_t> out);
Bytes random_bytes(std::size_t size);

template <typename Id>
Id random_id() {
    Id id;
    fill_random(id.value);
    return id;
}

// Uniform in [0, bound); bound ≥ 1. For jitter and ids, not for statistics.
std::uint64_t random_below(std::uint64_t bound);

}  // namespace plus7::core
