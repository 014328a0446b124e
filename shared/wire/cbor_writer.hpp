// Deterministic CBOR (RFC 8949 §4.2.1) of the p7 profile. Own code, not nlohmann's to_cbor, because these bytes are
// hashed and signed for ever: its map order is that of its container (not §4.2.1's) and its integer widths are no
// promise of its interface. Values, any thread; what the profile cannot carry throws std::invalid_argument (a bug of
// the caller).
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"

namespace plus7::wire {

class CborWriter {
  public:
    CborWriter& uint(std::uint64_t value);  // ≤ INT64_MAX
    CborWriter& integer(std::int64_t value);
    CborWriter& boolean(bool value);
    CborWriter& bytes(core::ByteView value);
    CborWriter& text(std::string_view value);  // UTF-8 without U+0000
    CborWriter& array(std::size_t items);      // the items follow
    CborWriter& item(core::ByteView encoded);  // one item that is encoded already

    std::size_t size() const { return out_.size(); }
    core::Bytes take() { return std::move(out_); }

  private:
    friend class CborMap;
    CborWriter& head(unsigned major, std::uint64_t argument);
    core::Bytes out_;
};

// Collects the members of one map in any order and writes them in the order of §4.2.1 (shorter keys first).
class CborMap {
  public:
    CborMap& uint(std::string_view key, std::uint64_t value);
    CborMap& integer(std::string_view key, std::int64_t value);
    CborMap& boolean(std::string_view key, bool value);
    CborMap& bytes(std::string_view key, core::ByteView value);
    CborMap& text(std::string_view key, std::string_view value);
    CborMap& item(std::string_view key, core::Bytes encoded);
    CborMap& map(std::string_view key, const CborMap& value) { return item(key, value.encode()); }
    CborMap& time(std::string_view key, core::TimeUs value);  // whole milliseconds, rounded down
    CborMap& time(std::string_view key, core::TimeMs value);  // both: years 1 – 9999

    bool empty() const { return members_.empty(); }
    core::Bytes encode() const;  // throws std::invalid_argument when a key was given twice

  private:
    std::vector<std::pair<std::string, core::Bytes>> members_;
};

// Text as the profile allows it: well-formed UTF-8 (no surrogates, no overlong forms) without U+0000.
bool is_wire_text(std::string_view text);

// The order of keys in a map: RFC 8949 §4.2.1 for text keys, so shorter first, then by bytes.
bool key_before(std::string_view a, std::string_view b);

}  // namespace plus7::wire
