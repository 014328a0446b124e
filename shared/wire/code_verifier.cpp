#include "shared/wire/code_verifier.hpp"

namespace plus7::wire {

CborMap verifier_map(const crypto::CodeVerifier& verifier) {
    CborMap map;
    map.bytes("salt", verifier.salt.bytes()).bytes("hash", verifier.hash.bytes());
    map.uint("memory_kib", verifier.cost.memory_kib).uint("passes", verifier.cost.passes);
    return map;
}

crypto::CodeVerifier read_verifier(const Value& map) {
    crypto::CodeVerifier verifier;
    verifier.salt = map.get("salt").fixed<crypto::CodeSalt>();
    verifier.hash = map.get("hash").fixed<core::Hash>();
    verifier.cost = {map.get("memory_kib").uint32(8), map.get("passes").uint32(1)};
    return verifier;
}

}  // namespace plus7::wire
