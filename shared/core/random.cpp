#include "shared/core/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace plus7::core {

void fill_random(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const auto got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

Bytes random_bytes(std::size_t size) {
    Bytes out(size);
    fill_random(out);
    return out;
}

std::uint64_t random_below(std::uint64_t bound) {
    const std::uint64_t reject_from = UINT64_MAX - UINT64_MAX % bound;  // keeps the result unbiased
    for (;;) {
        std::array<std::uint8_t, 8> bytes{};
        fill_random(bytes);
        std::uint64_t value = 0;
        for (const auto byte : bytes) value = (value << 8U) | byte;
        if (value < reject_from) return value % bound;
    }
}

}  // namespace plus7::core
