// Foreign bytes of every kind: whatever arrives is refused or read, and what is read can be written and read again.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "shared/wire/batch.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/down_envelope.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace wire = plus7::wire;
using plus7::test::Dice;
using plus7::test::hex;

namespace {

struct Case {
    const char* name;
    core::Bytes good;
    std::function<bool(core::ByteView)> read;  // true when the bytes were accepted
};

// Reads, and proves of an accepted value that writing and reading it again gives the same.
template <typename Decode, typename Encode>
std::function<bool(core::ByteView)> stable(Decode decode, Encode encode) {
    return [decode, encode](core::ByteView bytes) {
        const auto value = decode(bytes);
        if (!value) return false;
        const auto again = decode(encode(*value));
        REQUIRE(again.ok());
        REQUIRE(*again == *value);
        return true;
    };
}

bool read_batch(core::ByteView bytes) {
    const auto header = wire::decode_header(bytes);
    if (!header) return false;
    const auto payload = wire::decode_payload(*header);
    if (!payload) return false;
    for (std::size_t i = 0; i < payload->size(); ++i) {
        const auto record = payload->record(i);
        if (const auto fact = wire::decode_fact_record(record)) (void)wire::decode_body(fact->body).ok();
        (void)wire::decode_track_record(record).ok();
        (void)wire::decode_blob_record(record).ok();
    }
    return true;
}

bool read_down(core::ByteView bytes) {
    const auto message = wire::decode_down(bytes);
    if (!message) return false;
    (void)wire::decode_welcome(message->body).ok();
    return true;
}

core::Bytes encode_track(const wire::TrackRecord& record) {
    if (const auto* block = std::get_if<wire::TrackBlockRecord>(&record))
        return wire::encode_block_record(block->block);
    if (const auto* gap = std::get_if<wire::Gap>(&record)) return wire::encode_record(*gap);
    return wire::CborWriter{}.array(1).uint(std::get<wire::UnknownTrackRecord>(record).kind).take();
}

std::vector<Case> cases() {
    const auto write = [](const auto& value) { return wire::encode(value); };
    const auto record = [](const auto& value) { return wire::encode_record(value); };
    const auto sealed = wire::seal(plus7::test::sample_fact(), plus7::test::sample_key());
    const auto fact = wire::encode_record(sealed);
    const wire::Gap gap{core::time_ms(1), core::time_ms(70'000), wire::GapReason::no_fix, {{7, 9}, {300, 400}}};
    const wire::BlobChunk chunk{plus7::test::filled<core::Hash>(1), 1000, 400, core::Bytes(100, 3)};
    plus7::model::Fix fix;
    fix.speed_mps = 3;
    fix.course_deg = 270;
    const auto packed = wire::encode_batch(wire::Lane::fact, {}, 1, {fact, fact, fact}).value();
    const auto plain = wire::encode_batch(wire::Lane::blob, {}, 1, {wire::encode_record(chunk)}).value();
    const auto down = wire::seal_down(wire::DownType::welcome, plus7::test::sample_device(), {},
                                      wire::encode(plus7::test::sample_welcome()), plus7::test::central_key());
    return {
        {"fact record", fact, stable(wire::decode_fact_record, record)},
        {"fact body", sealed.body, stable(wire::decode_body, wire::encode_body)},
        {"batch, zstd", packed, read_batch},
        {"batch, raw", plain, read_batch},
        {"gap", wire::encode_record(gap), stable(wire::decode_track_record, encode_track)},
        {"blob chunk", wire::encode_record(chunk), stable(wire::decode_blob_record, record)},
        {"hello", wire::encode(plus7::test::sample_hello()), stable(wire::decode_hello, write)},
        {"welcome", wire::encode(plus7::test::sample_welcome()), stable(wire::decode_welcome, write)},
        {"ack", wire::encode(plus7::test::sample_ack()), stable(wire::decode_ack, write)},
        {"view part", wire::encode(wire::split_view(plus7::test::sample_view()).value().front()),
         stable(wire::decode_view_part, write)},
        {"view answer", wire::encode(wire::ViewApplied{300, {}}), stable(wire::decode_view_applied, write)},
        {"live", wire::encode(fix), stable(wire::decode_live, write)},
        {"state", wire::encode(wire::DeviceState{true, {}, {}, 1000}), stable(wire::decode_state, write)},
        {"policy", wire::encode(wire::Policy{}), stable(wire::decode_policy, write)},
        {"access row", wire::encode(plus7::test::sample_access()), stable(wire::decode_access_row, write)},
        {"down message", down, read_down},
    };
}

}  // namespace

TEST_CASE("every message is read whole, and refused at every shorter length") {
    for (const auto& one : cases()) {
        CAPTURE(one.name);
        CHECK(one.read(one.good));
        for (std::size_t size = 0; size < one.good.size(); ++size) {
            CAPTURE(size);
            CHECK_FALSE(one.read(core::ByteView(one.good).first(size)));
        }
    }
}

TEST_CASE("every message is refused with a byte behind it") {
    for (const auto& one : cases()) {
        CAPTURE(one.name);
        for (const int byte : {0x00, 0x40, 0x9f, 0xff}) {
            auto longer = one.good;
            longer.push_back(static_cast<std::uint8_t>(byte));
            CHECK_FALSE(one.read(longer));
        }
    }
}

TEST_CASE("twenty thousand messages with turned bits are refused or read, and do no harm") {
    Dice dice;
    CAPTURE(dice.seed());
    const auto all = cases();
    std::size_t accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        CAPTURE(round);
        const auto& one = all[static_cast<std::size_t>(round) % all.size()];
        CAPTURE(one.name);
        auto bytes = one.good;
        for (auto flips = dice.number(1, 8); flips > 0; --flips) {
            const auto bit = dice.even(0, bytes.size() * 8 - 1);
            bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
        }
        accepted += one.read(bytes) ? 1 : 0;
    }
    CHECK(accepted > 0);
    CHECK(accepted < 20'000);
}

TEST_CASE("messages with bytes cut out, doubled or replaced are refused or read, and do no harm") {
    Dice dice;
    CAPTURE(dice.seed());
    for (const auto& one : cases()) {
        CAPTURE(one.name);
        for (int round = 0; round < 300; ++round) {
            auto bytes = one.good;
            const auto at = static_cast<std::ptrdiff_t>(dice.even(0, bytes.size() - 1));
            const auto room = static_cast<std::uint64_t>(static_cast<std::ptrdiff_t>(bytes.size()) - at);
            const auto end = at + static_cast<std::ptrdiff_t>(dice.number(1, std::min<std::uint64_t>(room, 40)));
            const core::Bytes piece(bytes.begin() + at, bytes.begin() + end);
            if (dice.coin()) bytes.erase(bytes.begin() + at, bytes.begin() + end);
            if (dice.coin()) bytes.insert(bytes.begin() + at, piece.begin(), piece.end());
            const auto foreign = dice.bytes(0, 9);
            if (dice.coin()) bytes.insert(bytes.begin() + at, foreign.begin(), foreign.end());
            (void)one.read(bytes);
        }
    }
}

TEST_CASE("a megabyte of any one byte is refused by every reader") {
    for (const auto& one : cases()) {
        CAPTURE(one.name);
        for (const int byte : {0x81, 0x7f, 0x5f, 0x9f, 0xa1, 0x00}) {
            CHECK_FALSE(one.read(core::Bytes(1024 * 1024, static_cast<std::uint8_t>(byte))));
        }
    }
}

TEST_CASE("a key that comes twice is refused by every reader of maps") {
    for (const std::string bytes : {"a2 61 76 01 61 76 01", "a2 65 6e6f6e6365 40 65 6e6f6e6365 40"}) {
        for (const auto& one : cases()) CHECK_FALSE(one.read(hex(bytes)));
    }
}
