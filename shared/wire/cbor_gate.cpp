#include "shared/wire/cbor_gate.hpp"

#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr unsigned bytes_major = 2, text_major = 3, array_major = 4, map_major = 5, tag_major = 6, simple_major = 7;
constexpr unsigned simple_false = 20, simple_null = 22;

}  // namespace

bool CborGate::has_next() {
    if (refusal_ != nullptr || position_ >= input_.size()) return false;
    if (position_ == next_head_) refusal_ = examine();
    return refusal_ == nullptr;
}

const char* CborGate::examine() {
    head_ = position_;
    const unsigned major = static_cast<unsigned>(input_[head_]) >> 5U;
    const unsigned info = input_[head_] & 31U;
    const std::size_t left = input_.size() - head_ - 1;
    if (major == tag_major) return "a tag";
    if (major == simple_major) {
        if (info >= 25 && info <= 27) return "a floating-point number";
        if (info < simple_false || info > simple_null) return "an unknown simple value";
        next_head_ = head_ + 1;
        return nullptr;
    }
    if (info == 31) return "an indefinite length";
    if (info > 27) return "a reserved length form";
    return examine_argument(major, info, left);
}

const char* CborGate::examine_argument(unsigned major, unsigned info, std::size_t left) {
    const std::size_t width = info < 24 ? 0 : std::size_t{1} << (info - 24);
    if (width > left) return "the end inside an item";
    std::uint64_t argument = info;
    if (width > 0) {
        argument = 0;
        for (std::size_t i = 1; i <= width; ++i) argument = (argument << 8U) | input_[head_ + i];
        const std::uint64_t least = width == 1 ? 24 : std::uint64_t{1} << (4 * width);
        if (argument < least) return "a number that is not in its shortest form";
    }
    if (argument > max_integer) return "a number beyond 64 bits with sign";
    next_head_ = head_ + 1 + width;
    left -= width;
    if (major == bytes_major || major == text_major) {
        if (argument > left) return "the end inside a string";
        next_head_ += static_cast<std::size_t>(argument);
    }
    const std::uint64_t least_bytes = major == map_major ? 2 : 1;
    if ((major == array_major || major == map_major) && argument > left / least_bytes) return "the end inside a list";
    return nullptr;
}

}  // namespace plus7::wire
