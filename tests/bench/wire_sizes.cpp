#include "tests/bench/wire_sizes.hpp"

#include <array>
#include <cstdio>
#include <string>

namespace plus7::bench {
namespace {

std::size_t cbor_integer(std::int64_t value) {
    const auto magnitude = static_cast<std::uint64_t>(value < 0 ? -1 - value : value);
    if (magnitude < 24) return 1;
    if (magnitude < 1U << 8) return 2;
    if (magnitude < 1U << 16) return 3;
    return magnitude < std::uint64_t{1} << 32 ? 5 : 9;
}

}  // namespace

std::size_t owntracks_json(const wire::TrackSample& sample) {
    std::array<char, 256> text;
    int size =
        std::snprintf(text.data(), text.size(), R"({"_type":"location","tid":"01","tst":%lld,"lat":%.5f,"lon":%.5f)",
                      static_cast<long long>(sample.time_ms / 1000), sample.lat / 1e5, sample.lon / 1e5);
    const auto add = [&](const char* key, int value) {
        if (value >= 0) size += static_cast<int>(std::string{key}.size() + std::to_string(value).size() + 4);
    };
    add("vel", sample.speed < 0 ? -1 : sample.speed * 36 / 100);
    add("cog", sample.course < 0 ? -1 : sample.course * 2);
    add("acc", sample.accuracy);
    return static_cast<std::size_t>(size) + 1;
}

std::size_t cbor_array(const wire::TrackSample& sample) {
    const auto optional = [](std::int32_t value) { return value < 0 ? std::size_t{1} : cbor_integer(value); };
    return 1 + cbor_integer(sample.time_ms) + cbor_integer(sample.lat) + cbor_integer(sample.lon) +
           optional(sample.speed) + optional(sample.course) + optional(sample.accuracy) + 1;
}

}  // namespace plus7::bench
