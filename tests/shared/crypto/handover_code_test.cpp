#include "shared/crypto/handover_code.hpp"

#include <doctest/doctest.h>

#include <set>

#include "shared/core/random.hpp"

using namespace plus7;
using namespace plus7::crypto;

namespace {
OrderSecret secret_of(std::uint8_t byte) {
    OrderSecret secret;
    secret.value.fill(byte);
    return secret;
}
}  // namespace

// Made with Python's hmac and hashlib.
TEST_CASE("a code is that of another implementation") {
    CHECK(handover_code(secret_of(0x11), "A-10001", 0) == "837085");
    CHECK(handover_code(secret_of(0x11), "A-10001", 1) == "821366");
    CHECK(commit_key(secret_of(0x11), "A-10001").hex() == "f0917d64d7875c158a5df77a29c04813");
    core::EventId event;
    event.value.fill(0x22);
    CHECK(commit_code(commit_key(secret_of(0x11), "A-10001"), event, "012345").hex() ==
          "17cbaf4960533ce224c0113035b6ddf3e62459d92f153db47fe0f5bc1996d0de");
}

TEST_CASE("codes have six digits and differ by order, counter and secret") {
    std::set<std::string> seen;
    for (std::uint64_t counter = 0; counter < 200; ++counter) {
        const auto code = handover_code(secret_of(7), "A-1", counter);
        CHECK(code.size() == 6);
        CHECK(code.find_first_not_of("0123456789") == code.npos);
        seen.insert(code);
    }
    CHECK(seen.size() > 190);
    CHECK(handover_code(secret_of(7), "A-1", 0) != handover_code(secret_of(8), "A-1", 0));
    CHECK(handover_code(secret_of(7), "A-1", 0) != handover_code(secret_of(7), "A-2", 0));
}

TEST_CASE("a verifier knows its code and no other, and equal codes have different verifiers") {
    const auto verifier = make_verifier("012345", core::random_id<CodeSalt>());
    CHECK(verifies(verifier, "012345"));
    CHECK_FALSE(verifies(verifier, "012346"));
    CHECK_FALSE(verifies(verifier, ""));
    CHECK(make_verifier("012345", core::random_id<CodeSalt>()).hash != verifier.hash);
    auto heavy = verifier;
    heavy.cost.memory_kib = 512 * 1024;
    CHECK_FALSE(verifies(heavy, "012345"));
}
