// Makes libsodium ready; every function here that needs it calls this itself. Any thread, any number of times.
#pragma once

namespace plus7::crypto {

// Throws std::runtime_error when the library cannot start (no random source).
void init();

}  // namespace plus7::crypto
