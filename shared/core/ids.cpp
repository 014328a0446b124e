#include "shared/core/ids.hpp"

#include <algorithm>

#include "shared/core/random.hpp"

namespace plus7::core {
namespace {
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
}

std::optional<DeviceId> DeviceId::parse(std::string_view text) {
    const auto known = [](char c) { return alphabet.find(c) != std::string_view::npos; };
    if (text.size() != length || !std::all_of(text.begin(), text.end(), known)) return std::nullopt;
    return DeviceId(std::string(text));
}

DeviceId DeviceId::random() {
    std::array<std::uint8_t, length> bytes{};
    fill_random(bytes);
    std::string text;
    for (const auto byte : bytes) text.push_back(alphabet[byte % alphabet.size()]);
    return DeviceId(std::move(text));
}

}  // namespace plus7::core
