// The entropy stage alone: what is written is read, near its cost, whatever the probabilities.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "shared/wire/range_coder.hpp"

namespace core = plus7::core;
using namespace plus7::wire;

TEST_CASE("bits of any probability come back, at about their information") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        std::mt19937_64 engine{seed};
        std::vector<std::pair<bool, std::uint32_t>> bits;
        double information = 0;
        for (int i = 0; i < 5000; ++i) {
            const auto p = static_cast<std::uint32_t>(1 + engine() % (probability_one - 1));
            const bool bit = engine() % probability_one < p;
            bits.emplace_back(bit, p);
            information -= std::log2((bit ? p : probability_one - p) / static_cast<double>(probability_one));
        }
        RangeCoder writer = RangeCoder::writer();
        for (const auto& [bit, p] : bits) writer.code(bit, p);
        const core::Bytes payload = writer.finish();
        CHECK(static_cast<double>(payload.size()) * 8 < information * 1.002 + 32);
        RangeCoder reader = RangeCoder::reader(payload);
        bool same = true;
        for (const auto& [bit, p] : bits) same = same && reader.code(false, p) == bit;
        CHECK(same);
        CHECK(reader.fully_read());
    }
}

TEST_CASE("carries run through long rows of 0xFF") {
    for (int tail = 0; tail < 64; ++tail) {
        // Always the unlikely upper part: low creeps towards the top, then a last step may carry over all of it.
        RangeCoder writer = RangeCoder::writer();
        for (int i = 0; i < 40; ++i) writer.code(false, probability_one - 1);
        for (int i = 0; i < tail; ++i) writer.code(i % 3 == 0, 1 + static_cast<std::uint32_t>(i));
        const core::Bytes payload = writer.finish();
        RangeCoder reader = RangeCoder::reader(payload);
        bool same = true;
        for (int i = 0; i < 40; ++i) same = same && !reader.code(true, probability_one - 1);
        for (int i = 0; i < tail; ++i)
            same = same && reader.code(false, 1 + static_cast<std::uint32_t>(i)) == (i % 3 == 0);
        CHECK(same);
    }
}

TEST_CASE("raw numbers keep all their bits, and nothing at all costs nothing") {
    RangeCoder writer = RangeCoder::writer();
    writer.code_raw(0x5A5A'1234'5678'9ABC, 63);
    writer.code_raw(1, 1);
    writer.code_raw(0, 40);
    const core::Bytes payload = writer.finish();
    RangeCoder reader = RangeCoder::reader(payload);
    CHECK(reader.code_raw(0, 63) == 0x5A5A'1234'5678'9ABC);
    CHECK(reader.code_raw(0, 1) == 1);
    CHECK(reader.code_raw(0, 40) == 0);
    CHECK(RangeCoder::writer().finish().empty());
}

TEST_CASE("an adaptive bit learns what it sees and never claims certainty") {
    AdaptiveBit bit;
    for (int i = 0; i < 100'000; ++i) bit.learn(true);
    CHECK(bit.p16() > 60'000);
    CHECK(bit.p16() <= 65'535);
    for (int i = 0; i < 100'000; ++i) bit.learn(false);
    CHECK(bit.p16() < 5'000);
}
