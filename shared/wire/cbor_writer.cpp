#include "shared/wire/cbor_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr unsigned major_uint = 0, major_negative = 1, major_bytes = 2, major_text = 3, major_array = 4, major_map = 5;

// Length of the UTF-8 character at the front of `text` (Unicode 15, table 3-7); 0 when there is none.
std::size_t character_at(std::string_view text) {
    const auto at = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U;
    };
    const auto in = [](unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; };
    const unsigned a = at(0), b = at(1);
    if (in(a, 0x01, 0x7f)) return 1;
    if (in(a, 0xc2, 0xdf)) return in(b, 0x80, 0xbf) ? 2 : 0;
    if (in(a, 0xe0, 0xef)) {
        const unsigned low = a == 0xe0 ? 0xa0 : 0x80, high = a == 0xed ? 0x9f : 0xbf;
        return in(b, low, high) && in(at(2), 0x80, 0xbf) ? 3 : 0;
    }
    if (in(a, 0xf0, 0xf4)) {
        const unsigned low = a == 0xf0 ? 0x90 : 0x80, high = a == 0xf4 ? 0x8f : 0xbf;
        return in(b, low, high) && in(at(2), 0x80, 0xbf) && in(at(3), 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_wire_text(std::string_view text) {
    while (!text.empty()) {
        const auto length = character_at(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool key_before(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

CborWriter& CborWriter::head(unsigned major, std::uint64_t argument) {
    const auto put = [this](std::uint64_t byte) { out_.push_back(static_cast<std::uint8_t>(byte & 0xffU)); };
    const std::uint64_t first = static_cast<std::uint64_t>(major) << 5U;
    if (argument < 24) {
        put(first | argument);
        return *this;
    }
    const unsigned power = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
    put(first | (24U + power));
    for (unsigned left = 1U << power; left-- > 0;) put(argument >> (8U * left));
    return *this;
}

CborWriter& CborWriter::uint(std::uint64_t value) {
    if (value > max_integer) throw std::invalid_argument("CBOR: an integer above INT64_MAX");
    return head(major_uint, value);
}

CborWriter& CborWriter::integer(std::int64_t value) {
    if (value >= 0) return head(major_uint, static_cast<std::uint64_t>(value));
    return head(major_negative, ~static_cast<std::uint64_t>(value));
}

CborWriter& CborWriter::boolean(bool value) {
    out_.push_back(value ? 0xf5 : 0xf4);
    return *this;
}

CborWriter& CborWriter::bytes(core::ByteView value) { return head(major_bytes, value.size()).item(value); }

CborWriter& CborWriter::text(std::string_view value) {
    if (!is_wire_text(value)) throw std::invalid_argument("CBOR: text that is not UTF-8, or has a zero in it");
    return head(major_text, value.size()).item(core::view_of(value));
}

CborWriter& CborWriter::array(std::size_t items) { return head(major_array, items); }

CborWriter& CborWriter::item(core::ByteView encoded) {
    out_.insert(out_.end(), encoded.begin(), encoded.end());
    return *this;
}

CborMap& CborMap::uint(std::string_view key, std::uint64_t value) { return item(key, CborWriter{}.uint(value).take()); }

CborMap& CborMap::integer(std::string_view key, std::int64_t value) {
    return item(key, CborWriter{}.integer(value).take());
}

CborMap& CborMap::boolean(std::string_view key, bool value) { return item(key, CborWriter{}.boolean(value).take()); }

CborMap& CborMap::bytes(std::string_view key, core::ByteView value) {
    return item(key, CborWriter{}.bytes(value).take());
}

CborMap& CborMap::text(std::string_view key, std::string_view value) {
    return item(key, CborWriter{}.text(value).take());
}

CborMap& CborMap::item(std::string_view key, core::Bytes encoded) {
    members_.emplace_back(key, std::move(encoded));
    return *this;
}

CborMap& CborMap::time(std::string_view key, core::TimeUs value) {
    return time(key, std::chrono::floor<std::chrono::milliseconds>(value));
}

CborMap& CborMap::time(std::string_view key, core::TimeMs value) {
    if (core::count(value) < min_time_ms || core::count(value) > max_time_ms) {
        throw std::invalid_argument("CBOR: a time outside the years 1 – 9999");
    }
    return integer(key, core::count(value));
}

core::Bytes CborMap::encode() const {
    std::vector<const std::pair<std::string, core::Bytes>*> order;
    order.reserve(members_.size());
    for (const auto& member : members_) order.push_back(&member);
    std::sort(order.begin(), order.end(), [](auto* a, auto* b) { return key_before(a->first, b->first); });
    const auto twin =
        std::adjacent_find(order.begin(), order.end(), [](auto* a, auto* b) { return a->first == b->first; });
    if (twin != order.end()) throw std::invalid_argument("CBOR: the key " + (*twin)->first + " twice in one map");
    CborWriter out;
    out.head(major_map, order.size());
    for (const auto* member : order) out.text(member->first).item(member->second);
    return out.take();
}

}  // namespace plus7::wire
