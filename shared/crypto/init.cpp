#include "shared/crypto/init.hpp"

#include <sodium.h>

#include <stdexcept>

namespace plus7::crypto {

void init() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium cannot start: no source of random bytes");
}

}  // namespace plus7::crypto
