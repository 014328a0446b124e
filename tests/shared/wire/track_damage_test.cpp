// Foreign and broken bytes: a track block is read whole or refused, within bounded time and memory.
#include <doctest/doctest.h>

#include <random>

#include "shared/wire/track_block.hpp"
#include "shared/wire/track_open.hpp"
#include "tests/shared/wire/track_walks.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using namespace plus7::test;

namespace {

core::Bytes sound_block(std::uint64_t seed, std::size_t count) {
    WalkOptions options;
    options.count = count;
    options.missing_percent = 20;
    options.step_e5 = 30;
    return wire::encode_track_block(random_walk(seed, options)).value();
}

// Changes a few bytes anywhere before the checksum, may cut or lengthen, then makes the checksum fit.
core::Bytes mutated(core::Bytes bytes, std::mt19937_64& engine) {
    const std::uint64_t changes = 1 + engine() % 4;
    // Mostly behind the count, which would make every second block 600 fixes long and the test slow.
    const std::size_t start = engine() % 16 == 0 ? 1 : 4;
    for (std::uint64_t i = 0; i < changes; ++i) {
        bytes[start + engine() % (bytes.size() - 4 - start)] = static_cast<std::uint8_t>(engine());
    }
    if (engine() % 8 == 0) bytes.resize(5 + engine() % (bytes.size() - 4));
    if (engine() % 8 == 0) bytes.insert(bytes.begin() + 1, engine() % 20, static_cast<std::uint8_t>(engine()));
    return with_checksum(std::move(bytes));
}

// True when accepted; what is accepted is sound and encodes again.
bool accepted(core::ByteView bytes) {
    const auto block = wire::decode_track_block(bytes);
    if (!block) return false;
    REQUIRE(block->fixes.size() >= 1);
    REQUIRE(block->fixes.size() <= wire::max_block_fixes);
    if (block->fixes.size() <= 8) REQUIRE(wire::encode_track_block(block->fixes, {block->unit}).ok());
    return true;
}

}  // namespace

TEST_CASE("every single flipped bit of a block is noticed") {
    const core::Bytes block = sound_block(1, 60);
    REQUIRE(accepted(block));
    for (std::size_t i = 0; i < block.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            core::Bytes flipped = block;
            flipped[i] = static_cast<std::uint8_t>(flipped[i] ^ 1U << bit);
            CHECK_FALSE(wire::decode_track_block(flipped).ok());
        }
    }
}

TEST_CASE("a block cut short or lengthened is refused") {
    const core::Bytes block = sound_block(2, 60);
    for (std::size_t size = 0; size < block.size(); ++size) {
        CHECK_FALSE(wire::decode_track_block(core::ByteView{block}.first(size)).ok());
    }
    core::Bytes longer = block;
    longer.push_back(0);
    CHECK_FALSE(wire::decode_track_block(longer).ok());
    longer.insert(longer.end() - 4, 20, 1);
    CHECK_FALSE(wire::decode_track_block(with_checksum(longer)).ok());
    CHECK_FALSE(wire::decode_track_block(core::Bytes(100'000, 1)).ok());
}

TEST_CASE("another version is refused, not guessed") {
    core::Bytes block = sound_block(3, 10);
    block[0] = 2;
    const auto read = wire::decode_track_block(with_checksum(block));
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().message.find("version") != std::string::npos);
}

TEST_CASE("fifty thousand mutated blocks with a fitting checksum neither crash nor break a bound") {
    std::mt19937_64 engine{20'261'122};
    std::vector<core::Bytes> sound;
    for (std::uint64_t i = 0; i < 50; ++i) sound.push_back(sound_block(10 + i, 1 + i % 5));
    std::size_t accepted_count = 0;
    for (int i = 0; i < 50'000; ++i) {
        if (accepted(mutated(sound[engine() % sound.size()], engine))) ++accepted_count;
    }
    // Most mutations read as some other track: the model is exercised, not only the checks before it.
    CHECK(accepted_count > 5'000);
}

TEST_CASE("blocks of pure noise with a fitting checksum are bounded") {
    std::mt19937_64 engine{7};
    for (int i = 0; i < 300; ++i) {
        core::Bytes bytes(5 + engine() % 400);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine());
        bytes[0] = 1;
        (void)accepted(with_checksum(bytes));
    }
}

TEST_CASE("mutated open rows with a fitting checksum neither crash nor break a bound") {
    std::mt19937_64 engine{8};
    const core::Bytes row = wire::encode_open_fixes(random_walk(5, {.count = 10})).value();
    for (int i = 0; i < 20'000; ++i) {
        core::Bytes bytes = mutated(row, engine);
        if (const auto read = wire::decode_open_fixes(bytes)) {
            REQUIRE(read->fixes.size() <= wire::max_block_fixes);
            REQUIRE(wire::encode_open_fixes(read->fixes, {read->unit}).ok());
        }
    }
}
