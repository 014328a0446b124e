// Reading typed members out of a Node tree. The first thing that is wrong is kept in Faults and every later read gives
// a default, so a decoder reads all its members straight on and asks once at its end. Any thread.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/cbor_reader.hpp"

namespace plus7::wire {

class Faults {
  public:
    void add(std::string_view name, std::string_view problem);
    bool any() const { return first_.has_value(); }
    const core::Error& first() const { return *first_; }

    template <typename T>
    core::Result<T> finish(T value) const {
        if (first_) return *first_;
        return value;
    }

  private:
    std::optional<core::Error> first_;
};

// A place in the tree with its name. An absent one (a member that is not there) gives defaults and no further fault.
class Value {
  public:
    Value(Faults& faults, const Node* node, std::string_view name) : faults_(&faults), node_(node), name_(name) {}

    explicit operator bool() const { return node_ != nullptr; }

    Value get(std::string_view key) const;    // a member that must be there
    Value maybe(std::string_view key) const;  // a member that need not

    // Items of a list of `least` to `most`.
    std::vector<Value> items(std::size_t least, std::size_t most) const;

    std::int64_t integer(std::int64_t least = INT64_MIN, std::int64_t most = INT64_MAX) const;
    std::uint64_t uint(std::uint64_t least = 0, std::uint64_t most = INT64_MAX) const;
    std::uint32_t uint32(std::uint32_t least = 0, std::uint32_t most = UINT32_MAX) const;
    bool boolean() const;
    core::ByteView bytes(std::size_t least, std::size_t most) const;
    std::string text(std::size_t least, std::size_t most) const;
    core::TimeMs time() const;                   // refused outside the years 1 – 9999
    std::chrono::milliseconds duration() const;  // 0 … 10 000 years
    std::optional<core::DeviceId> device() const;
    core::ByteView encoded_map() const;  // the exact bytes of a map

    template <typename Fixed>
    Fixed fixed() const {
        const auto found = Fixed::from(bytes(Fixed::size, Fixed::size));
        return found ? *found : Fixed{};
    }
    template <typename Fixed>
    std::optional<Fixed> maybe_fixed() const {
        if (node_ == nullptr) return std::nullopt;
        return fixed<Fixed>();
    }

    void fault(std::string_view problem) const { faults_->add(name_, problem); }
    const Node* node() const { return node_; }

  private:
    bool is(Node::Kind kind, std::string_view wanted) const;

    Faults* faults_;
    const Node* node_;
    std::string_view name_;
};

}  // namespace plus7::wire
