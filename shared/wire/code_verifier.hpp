// A slow hash of a short code in a view row: of the recipient's code, of a courier's PIN. Any thread.
#pragma once
#include "shared/crypto/handover_code.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {

CborMap verifier_map(const crypto::CodeVerifier& verifier);  // {salt, hash, memory_kib, passes}
crypto::CodeVerifier read_verifier(const Value& map);

}  // namespace plus7::wire
