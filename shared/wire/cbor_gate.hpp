// Stands between foreign bytes and nlohmann's CBOR parser: hands them on byte by byte and ends the input at the first
// item head that is not of the p7 profile. The parser alone recurses without end on 0x7f7f7f… before any handler is
// asked, reads −2^64 as 0, and cannot tell where an item begins; the gate closes these three holes.
#pragma once
#include <cstddef>

#include "shared/core/bytes.hpp"

namespace plus7::wire {

class CborGate {
  public:
    explicit CborGate(core::ByteView input) : input_(input) {}

    // True when another byte may be handed on; false for good at the end and at a refused head.
    bool has_next();
    char current() const { return static_cast<char>(input_[position_]); }
    void advance() { ++position_; }

    core::ByteView input() const { return input_; }
    std::size_t position() const { return position_; }  // bytes handed on
    std::size_t head() const { return head_; }          // where the item whose bytes were last handed on begins
    const char* refusal() const { return refusal_; }    // a reason, or nullptr

  private:
    const char* examine();
    const char* examine_argument(unsigned major, unsigned info, std::size_t left);

    core::ByteView input_;
    std::size_t position_ = 0;
    std::size_t head_ = 0;
    std::size_t next_head_ = 0;
    const char* refusal_ = nullptr;
};

}  // namespace plus7::wire
