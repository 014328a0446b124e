#include "shared/wire/batch.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/wire/ack.hpp"
#include "shared/wire/batch_builder.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/compression.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::filled;
using plus7::test::hex;
using plus7::wire::CborWriter;

namespace {

const core::Epoch epoch = filled<core::Epoch>(0x11);

struct Parts {
    std::uint64_t version = 1, lane = 2, first_seq = 5, count = 1, encoding = 0, inflated = 2;
    core::Bytes payload = hex("81 00");
};

core::Bytes message_of(const Parts& parts) {
    CborWriter out;
    out.array(8).uint(parts.version).uint(parts.lane).bytes(epoch.bytes()).uint(parts.first_seq).uint(parts.count);
    return out.uint(parts.encoding).uint(parts.inflated).bytes(parts.payload).take();
}

core::Error payload_refusal(const core::Bytes& message) {
    const auto header = wire::decode_header(message);
    REQUIRE(header.ok());
    CHECK(header->first_seq == 5);
    const auto payload = wire::decode_payload(*header);
    REQUIRE_FALSE(payload.ok());
    return payload.error();
}

}  // namespace

TEST_CASE("records come out of a batch byte for byte, whether it was worth compressing or not") {
    plus7::test::Dice dice;
    CAPTURE(dice.seed());
    for (const bool repetitive : {true, false}) {
        std::vector<core::Bytes> records;
        for (int i = 0; i < 20; ++i) {
            records.push_back(CborWriter{}.bytes(repetitive ? core::Bytes(100) : dice.bytes(100, 100)).take());
        }
        const auto message = wire::encode_batch(wire::Lane::fact, epoch, 7, records).value();
        const auto header = wire::decode_header(message).value();
        CHECK(header.encoding == (repetitive ? wire::BatchEncoding::zstd : wire::BatchEncoding::raw));
        CHECK(header.lane == wire::Lane::fact);
        CHECK(header.epoch == epoch);
        CHECK(header.first_seq == 7);
        CHECK(header.last_seq() == 26);
        const auto payload = wire::decode_payload(header).value();
        REQUIRE(payload.size() == records.size());
        for (std::size_t i = 0; i < records.size(); ++i) CHECK(core::equal(payload.record(i), records[i]));
        CHECK_THROWS_AS(payload.record(records.size()), std::out_of_range);
    }
}

TEST_CASE("a batch with a truncated payload still names its sequence numbers") {
    const auto message = wire::encode_batch(wire::Lane::track, epoch, 5, {hex("4401020304"), hex("43010203")}).value();
    const std::size_t header_bytes = message.size() - 10;
    for (std::size_t size = header_bytes; size < message.size(); ++size) {
        CAPTURE(size);
        const auto header = wire::decode_header(core::ByteView(message).first(size));
        REQUIRE(header.ok());
        CHECK(header->first_seq == 5);
        CHECK(header->count == 2);
        CHECK(header->payload_error.has_value());
        CHECK_FALSE(wire::decode_payload(*header).ok());
    }
    for (std::size_t size = 0; size + 2 < header_bytes; ++size) {
        CAPTURE(size);
        CHECK_FALSE(wire::decode_header(core::ByteView(message).first(size)).ok());
    }
}

TEST_CASE("a header that cannot be trusted with a range of sequence numbers is no header") {
    CHECK(wire::decode_header(message_of({})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.version = 2})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.lane = 0})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.lane = 4})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.first_seq = 0})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.count = 0})).ok());
    CHECK_FALSE(wire::decode_header(message_of({.first_seq = INT64_MAX})).ok());
    CHECK(wire::decode_header(message_of({.first_seq = INT64_MAX - 1})).ok());
    CHECK_FALSE(wire::decode_header(hex("a0")).ok());
    CHECK_FALSE(wire::decode_header(core::Bytes(1024 * 1024, 0x81)).ok());
}

TEST_CASE("a payload beyond a limit or of another shape is refused with its range known") {
    using core::ErrorKind;
    CHECK(payload_refusal(message_of({.encoding = 2})).kind == ErrorKind::invalid);
    CHECK(payload_refusal(message_of({.inflated = 3})).kind == ErrorKind::invalid);
    CHECK(payload_refusal(message_of({.count = 2})).kind == ErrorKind::invalid);
    CHECK(payload_refusal(message_of({.count = 257})).kind == ErrorKind::limit);
    CHECK(payload_refusal(message_of({.inflated = wire::max_inflated_bytes + 1})).kind == ErrorKind::limit);
    CHECK(payload_refusal(message_of({.inflated = 1, .payload = hex("a0")})).kind == ErrorKind::invalid);
    CHECK(payload_refusal(message_of({.inflated = 3, .payload = hex("810000")})).kind == ErrorKind::invalid);
    CHECK(payload_refusal(message_of({.inflated = 3, .payload = hex("819f00")})).kind == ErrorKind::invalid);
    auto trailing = message_of({});
    trailing.push_back(0);
    CHECK(payload_refusal(trailing).kind == ErrorKind::invalid);
    CHECK(wire::refused_reason(payload_refusal(message_of({.count = 257}))) == wire::RefusedReason::limit);
    CHECK(wire::refused_reason(payload_refusal(message_of({.count = 2}))) == wire::RefusedReason::unreadable);
}

TEST_CASE("a batch may fill 64 KiB on the wire, not one byte more") {
    const auto filled_to = [](std::size_t bytes) {
        Parts parts{.payload = hex("81")};
        auto blob = CborWriter{}.bytes(core::Bytes(bytes)).take();
        parts.payload.insert(parts.payload.end(), blob.begin(), blob.end());
        parts.inflated = parts.payload.size();
        return message_of(parts);
    };
    const auto overhead = filled_to(60'000).size() - 60'000;
    auto message = filled_to(wire::max_batch_bytes - overhead);
    while (message.size() > wire::max_batch_bytes) message = filled_to(wire::max_batch_bytes - overhead - 2);
    CHECK(message.size() == wire::max_batch_bytes);
    CHECK(wire::decode_payload(wire::decode_header(message).value()).ok());
    CHECK(payload_refusal(filled_to(wire::max_batch_bytes - overhead + 1)).kind == core::ErrorKind::limit);
}

TEST_CASE("256 records make a batch, 257 do not") {
    const std::vector<core::Bytes> records(257, hex("00"));
    CHECK(wire::encode_batch(wire::Lane::blob, epoch, 1, records).error().kind == core::ErrorKind::limit);
    const auto message = wire::encode_batch(wire::Lane::blob, epoch, 1, {records.begin(), records.end() - 1}).value();
    CHECK(wire::decode_payload(wire::decode_header(message).value()).value().size() == 256);
    CHECK_THROWS_AS(wire::encode_batch(wire::Lane::blob, epoch, 1, {}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_batch(wire::Lane::blob, epoch, 0, records), std::invalid_argument);
}

TEST_CASE("a zip bomb is refused at its declared size") {
    const auto bomb = wire::deflate(core::Bytes(200 * 1024 * 1024));
    REQUIRE(bomb.size() < wire::max_batch_bytes);
    const Parts small{.encoding = 1, .inflated = 100, .payload = bomb};
    CHECK_FALSE(wire::decode_payload(wire::decode_header(message_of(small)).value()).ok());
    const Parts large{.encoding = 1, .inflated = wire::max_inflated_bytes, .payload = bomb};
    CHECK_FALSE(wire::decode_payload(wire::decode_header(message_of(large)).value()).ok());
    const auto modest = wire::deflate(core::Bytes(300 * 1024));  // a small window: only the running count stops it
    CHECK(wire::inflate(modest, 100 * 1024).error().kind == core::ErrorKind::limit);
    CHECK(wire::inflate(modest, 300 * 1024 - 1).error().kind == core::ErrorKind::limit);
    CHECK(wire::inflate(modest, 300 * 1024).value().size() == 300 * 1024);
    CHECK_FALSE(wire::inflate(modest, 300 * 1024 + 1).ok());
}

TEST_CASE("a megabyte inflates, and a frame with something behind it or cut short does not") {
    plus7::test::Dice dice;
    CAPTURE(dice.seed());
    core::Bytes plain(wire::max_inflated_bytes);
    for (std::size_t i = 0; i < plain.size(); i += 1 + dice.even(0, 500)) plain[i] = static_cast<std::uint8_t>(i);
    auto frame = wire::deflate(plain);
    CHECK(wire::inflate(frame, plain.size()).value() == plain);
    frame.push_back(0);
    CHECK_FALSE(wire::inflate(frame, plain.size()).ok());
    for (int i = 0; i < 50; ++i) {
        CHECK_FALSE(wire::inflate(core::ByteView(frame).first(dice.even(0, frame.size() - 2)), plain.size()).ok());
    }
    CHECK_FALSE(wire::inflate(hex("0011223344"), 5).ok());
}

TEST_CASE("the builder packs to its goal and numbers on") {
    wire::BatchBuilder builder(wire::Lane::fact, epoch, 10, 4096);
    using Added = wire::BatchBuilder::Added;
    plus7::test::Dice dice;
    CAPTURE(dice.seed());
    const auto record = [&] { return CborWriter{}.bytes(dice.bytes(997, 997)).take(); };
    for (int i = 0; i < 4; ++i) CHECK(builder.add(record()) == Added::yes);
    CHECK(builder.add(record()) == Added::full);
    CHECK(builder.size() == 4);
    const auto message = builder.finish();
    CHECK(message.size() <= 4096);
    CHECK(wire::decode_header(message).value().last_seq() == 13);
    CHECK(builder.empty());
    CHECK(builder.next_seq() == 14);
    CHECK_THROWS_AS(builder.finish(), std::logic_error);
    const auto longest = wire::BatchBuilder::max_record_bytes;
    CHECK(builder.add(dice.bytes(longest + 1, longest + 1)) == Added::too_long);
    CHECK(builder.add(CborWriter{}.bytes(dice.bytes(longest - 5, longest - 5)).take()) == Added::yes);
    CHECK(builder.add(hex("00")) == Added::full);
    CHECK(builder.finish().size() <= wire::max_batch_bytes);
    for (int i = 0; i < 256; ++i) CHECK(builder.add(hex("00")) == Added::yes);
    CHECK(builder.add(hex("00")) == Added::full);
}
