#include "shared/runtime/config_units.hpp"

#include <array>
#include <charconv>

namespace plus7::runtime {
namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

// Ascending, so that printing can take the largest that divides.
constexpr std::array<Unit, 5> time_units{
    {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<Unit, 4> size_units{{{"B", 1}, {"KiB", 1024}, {"MiB", 1024 * 1024}, {"GiB", 1024 * 1024 * 1024}}};
constexpr std::uint64_t limit = std::uint64_t{1} << 62;

template <std::size_t Count>
std::optional<std::uint64_t> parse(std::string_view text, const std::array<Unit, Count>& units) {
    std::uint64_t amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{}) return std::nullopt;
    auto unit_name = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit_name.starts_with(' ')) unit_name.remove_prefix(1);
    for (const auto& unit : units) {
        if (unit.name != unit_name) continue;
        if (amount > limit / unit.factor) return std::nullopt;
        return amount * unit.factor;
    }
    return std::nullopt;
}

template <std::size_t Count>
std::string print(std::uint64_t amount, const std::array<Unit, Count>& units) {
    auto best = units.front();
    for (const auto& unit : units) {
        if (amount != 0 && amount % unit.factor == 0) best = unit;
    }
    return std::to_string(amount / best.factor) + std::string(best.name);
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const auto amount = parse(text, time_units);
    if (!amount) return std::nullopt;
    return std::chrono::milliseconds{*amount};
}

std::string print_duration(std::chrono::milliseconds duration) {
    if (duration.count() < 0) return "-" + print(static_cast<std::uint64_t>(-duration.count()), time_units);
    return print(static_cast<std::uint64_t>(duration.count()), time_units);
}

std::optional<std::uint64_t> parse_byte_size(std::string_view text) { return parse(text, size_units); }
std::string print_byte_size(std::uint64_t bytes) { return print(bytes, size_units); }

}  // namespace plus7::runtime
