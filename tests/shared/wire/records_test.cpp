#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/blob_record.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::hex;
using plus7::wire::CborMap;
using plus7::wire::CborWriter;

TEST_CASE("a chunk of up to 16 KiB inside its blob is carried, nothing else") {
    wire::BlobChunk chunk{plus7::test::filled<core::Hash>(1), 40'000, 16 * 1024, core::Bytes(16 * 1024, 7)};
    CHECK(wire::decode_blob_record(wire::encode_record(chunk)).value() == chunk);
    chunk.bytes.push_back(7);
    CHECK_THROWS_AS(wire::encode_record(chunk), std::invalid_argument);
    chunk.bytes.clear();
    CHECK_THROWS_AS(wire::encode_record(chunk), std::invalid_argument);
    chunk.bytes = core::Bytes(100, 7);
    chunk.offset = 39'900;
    CHECK(wire::decode_blob_record(wire::encode_record(chunk)).value() == chunk);
    chunk.offset = 39'901;
    CHECK_THROWS_AS(wire::encode_record(chunk), std::invalid_argument);

    const auto record = [&](std::uint64_t total, std::uint64_t offset, std::size_t size) {
        return CborWriter{}.array(4).bytes(chunk.sha.bytes()).uint(total).uint(offset).bytes(core::Bytes(size)).take();
    };
    CHECK(wire::decode_blob_record(record(10, 0, 10)).ok());
    CHECK_FALSE(wire::decode_blob_record(record(10, 1, 10)).ok());
    CHECK_FALSE(wire::decode_blob_record(record(10, INT64_MAX, 10)).ok());
    CHECK_FALSE(wire::decode_blob_record(record(0, 0, 1)).ok());
    CHECK_FALSE(wire::decode_blob_record(record(10, 0, 0)).ok());
    CHECK_FALSE(wire::decode_blob_record(record(1'000'000, 0, 16 * 1024 + 1)).ok());
}

TEST_CASE("a track record is a block, a gap, or one of a later version") {
    const auto block = wire::decode_track_record(wire::encode_block_record(hex("0102"))).value();
    CHECK(std::get<wire::TrackBlockRecord>(block).block == hex("0102"));
    const wire::Gap gap{core::time_ms(5), core::time_ms(5), wire::GapReason::storage, {{1, 1}, {3, 9}}};
    CHECK(std::get<wire::Gap>(wire::decode_track_record(wire::encode_record(gap)).value()) == gap);
    CHECK(std::get<wire::UnknownTrackRecord>(wire::decode_track_record(hex("83 18 63 01 02")).value()).kind == 99);
    CHECK_THROWS_AS(wire::encode_block_record({}), std::invalid_argument);
}

TEST_CASE("broken track records are refused") {
    for (const std::string record : {"80", "81 01", "82 00 41 00", "82 01 40", "83 01 41 00 00", "82 01 00", "82 02 a0",
                                     "82 20 00", "a0", "82 02 41 00", "81 61 61"}) {
        CAPTURE(record);
        CHECK_FALSE(wire::decode_track_record(hex(record)).ok());
    }
}

TEST_CASE("a gap that runs backwards, or whose ranges do, is refused") {
    const auto record = [](std::int64_t t0, std::int64_t t1, const std::string& never) {
        CborMap map;
        map.integer("t0_ms", t0).integer("t1_ms", t1).uint("reason", 200).item("never", hex(never));
        return CborWriter{}.array(2).uint(2).item(map.encode()).take();
    };
    const auto read = wire::decode_track_record(record(1, 2, "81 82 01 02"));
    REQUIRE(read.ok());
    CHECK(std::get<wire::Gap>(*read).reason == wire::GapReason::unknown);
    CHECK_FALSE(wire::decode_track_record(record(2, 1, "80")).ok());
    for (const std::string never :
         {"81 82 00 02", "81 82 03 02", "82 82 01 05 82 05 06", "81 81 01", "81 83 01 02 03", "81 00"}) {
        CAPTURE(never);
        CHECK_FALSE(wire::decode_track_record(record(1, 2, never)).ok());
    }
    CHECK_THROWS_AS(wire::encode_record(wire::Gap{core::time_ms(2), core::time_ms(1), {}, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_record(wire::Gap{{}, {}, {}, {{2, 1}}}), std::invalid_argument);
}

TEST_CASE("64 ranges are carried, 65 are not") {
    wire::Gap gap;
    for (std::uint64_t i = 1; i <= wire::max_ranges; ++i) gap.never.push_back({2 * i, 2 * i});
    CHECK(std::get<wire::Gap>(wire::decode_track_record(wire::encode_record(gap)).value()) == gap);
    gap.never.push_back({1000, 1000});
    CHECK_THROWS_AS(wire::encode_record(gap), std::invalid_argument);
}
