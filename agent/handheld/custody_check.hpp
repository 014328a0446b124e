// Reads a custody file as it comes and says at its end whether it is whole and the device's own: the count, the hash
// and the signature of its last line. The facts carry signatures and a chain of their own. Pure; one thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::agent::handheld {

class CustodyCheck {
  public:
    void feed(std::string_view bytes);
    // The number of facts. invalid: cut, changed, or not a custody file.
    core::Result<std::uint64_t> finish();

  private:
    void take_line(std::string line);

    std::string partial_;
    std::string last_;  // the newest whole line, not hashed yet: it may be the end
    std::string head_;
    std::uint64_t lines_ = 0;
    crypto::Sha256 hash_;
};

}  // namespace plus7::agent::handheld
