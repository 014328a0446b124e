#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "shared/core/random.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"
#include "tests/shared/wire/samples.hpp"

namespace plus7::test {
namespace {

std::uint64_t fresh_seed() {
    const char* given = std::getenv("PLUS7_TEST_SEED");
    return given != nullptr ? std::stoull(given) : core::random_below(UINT64_MAX);
}

constexpr std::uint64_t most_number = INT64_MAX;

}  // namespace

Dice::Dice() : Dice(fresh_seed()) {
    std::printf("run again with PLUS7_TEST_SEED=%s\n", std::to_string(seed_).c_str());
    std::fflush(stdout);  // also when the next thing is a crash
}

std::uint64_t Dice::even(std::uint64_t least, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(least, most)(engine_);
}

std::uint64_t Dice::number(std::uint64_t least, std::uint64_t most) {
    const auto width = most - least;
    const auto masked = engine_() >> even(0, 63);
    return least + (width == UINT64_MAX ? masked : masked % (width + 1));
}

core::Bytes Dice::bytes(std::size_t least, std::size_t most) {
    core::Bytes result(number(least, most));
    for (auto& byte : result) byte = static_cast<std::uint8_t>(engine_());
    return result;
}

core::TimeMs Dice::time() {
    const auto span = static_cast<std::uint64_t>(wire::max_time_ms - wire::min_time_ms);
    return core::time_ms(wire::min_time_ms + static_cast<std::int64_t>(number(0, span)));
}

core::LatLon Dice::place() {
    return {static_cast<double>(static_cast<std::int64_t>(even(0, 1'800'000'000)) - 900'000'000) / 1e7,
            static_cast<double>(static_cast<std::int64_t>(even(0, 3'600'000'000)) - 1'800'000'000) / 1e7};
}

std::vector<wire::SeqRange> Dice::ranges(std::uint64_t above) {
    std::vector<wire::SeqRange> result(even(0, 4));
    for (auto& range : result) {
        range.first = above + 1 + number(0, 1000);
        range.last = range.first + number(0, 1000);
        above = range.last;
    }
    return result;
}

wire::Fact Dice::fact() {
    wire::Fact fact{
        .device = core::DeviceId::random(),
        .epoch = fixed<core::Epoch>(),
        .seq = number(1, most_number),
        .prev = fixed<core::Hash>(),
        .id = fixed<core::EventId>(),
        .type = "random." + std::to_string(number(0, most_number)),
        .at = {.gps = {},
               .wall = time(),
               .wall_src = static_cast<core::WallSource>(even(0, 4)),
               .boot = fixed<core::BootId>(),
               .mono = std::chrono::milliseconds{number(0, 1ULL << 45U)}},
        .where = {},
        .view = number(0, most_number),
        .who = {maybe_fixed<model::CourierId>(), maybe_fixed<model::ShiftId>()},
        .about = {maybe_fixed<model::ParcelId>(), maybe_fixed<model::OrderId>(), {}, maybe_fixed<model::TransferId>()},
        .data = {}};
    if (coin()) fact.at.gps = time();
    if (coin())
        fact.where = wire::Where{.place = place(), .acc_m = {}, .age = std::chrono::milliseconds{number(0, 1U << 30U)}};
    if (fact.where && coin()) fact.where->acc_m = static_cast<std::uint32_t>(number(0, UINT32_MAX));
    if (coin()) fact.about.custody_version = number(0, most_number);
    wire::CborMap data;
    const auto members = even(0, 4);
    for (std::uint64_t i = 0; i < members; ++i) data.bytes("key" + std::to_string(i * i * 7), bytes(0, 200));
    fact.data = data.encode();
    return fact;
}

wire::Hello Dice::hello() {
    wire::Hello hello;
    hello.nonce = fixed<core::Nonce>();
    hello.boot = fixed<core::BootId>();
    hello.epoch = fixed<core::Epoch>();
    hello.ancestors.resize(even(0, 8));
    for (auto& ancestor : hello.ancestors) ancestor = fixed<core::Epoch>();
    const auto extent = [this] {
        const auto max = number(0, most_number);
        return wire::LaneExtent{number(0, max) + 1, max};
    };
    const auto fact = extent();
    hello.fact = {fact.min, number(0, fact.max), fact.max, fixed<core::Hash>()};
    hello.track = extent();
    hello.blob = extent();
    if (hello.fact.min > most_number || hello.track.min > most_number || hello.blob.min > most_number)
        return this->hello();
    hello.view = number(0, most_number);
    hello.server_gen = maybe_fixed<core::ServerGen>();
    for (auto i = even(0, 8); i > 0; --i) hello.versions["part" + std::to_string(i)] = std::to_string(i);
    hello.time = time();
    return hello;
}

wire::Policy Dice::policy() {
    const auto ms = [this](std::uint64_t least) { return std::chrono::milliseconds{number(least, 1ULL << 40U)}; };
    const auto fixes = [this] { return static_cast<std::uint32_t>(even(1, 600)); };
    return {ms(1), ms(1), ms(1000), coin() ? 5U : 6U, fixes(), ms(1), fixes(), number(0, most_number),
            ms(0), ms(0), coin()};
}

wire::Welcome Dice::welcome() {
    wire::Welcome welcome;
    welcome.nonce = fixed<core::Nonce>();
    welcome.epoch_state = static_cast<wire::EpochState>(even(0, 3));
    welcome.fact = {number(0, most_number), fixed<core::Hash>()};
    welcome.track.upto = number(0, 1ULL << 60U);
    welcome.track.newest = ranges(welcome.track.upto);
    welcome.blob.upto = number(0, 1ULL << 60U);
    welcome.blob.newest = ranges(welcome.blob.upto);
    welcome.view_head = number(0, most_number);
    welcome.time = time();
    welcome.policy = policy();
    welcome.certificate = bytes(1, 1500);
    return welcome;
}

wire::Ack Dice::ack() {
    wire::Ack ack;
    ack.epoch = fixed<core::Epoch>();
    ack.epoch_state = static_cast<wire::EpochState>(even(0, 3));
    ack.lane = static_cast<wire::Lane>(even(1, 3));
    ack.upto = number(0, 1ULL << 60U);
    if (ack.lane == wire::Lane::fact) ack.hash = fixed<core::Hash>();
    ack.got = ranges(ack.upto);
    ack.blobs_ok.resize(even(0, 3), fixed<core::Hash>());
    ack.blobs_bad.resize(even(0, 3), fixed<core::Hash>());
    ack.credit = number(0, most_number);
    ack.retry_after = std::chrono::milliseconds{number(0, 1U << 30U)};
    if (coin()) {
        ack.refused =
            wire::Refused{number(1, most_number), number(1, 256), static_cast<wire::RefusedReason>(even(0, 2))};
    }
    ack.time = time();
    return ack;
}

wire::ViewDelta Dice::view(std::size_t most_rows) {
    wire::ViewDelta delta;
    delta.from = number(0, 1ULL << 60U);
    delta.to = delta.from + number(0, 1000);
    delta.put.resize(even(0, most_rows));
    for (auto& row : delta.put) {
        row.key = {static_cast<wire::RowKind>(number(1, UINT32_MAX)), fixed<wire::RowId>()};
        row.version = number(0, most_number);
        row.body = bytes(0, 300);
    }
    delta.remove.resize(even(0, most_rows));
    for (auto& key : delta.remove) key = {static_cast<wire::RowKind>(even(1, 12)), fixed<wire::RowId>()};
    delta.hash = fixed<core::Hash>();
    return delta;
}

wire::Gap Dice::gap() {
    wire::Gap gap;
    gap.from = time();
    gap.to = std::max(gap.from, time());
    gap.reason = static_cast<wire::GapReason>(even(0, 6));
    gap.never = ranges(0);
    return gap;
}

wire::BlobChunk Dice::chunk() {
    wire::BlobChunk chunk{fixed<core::Hash>(), 0, number(0, 1ULL << 40U), bytes(1, 16 * 1024)};
    chunk.total = chunk.offset + chunk.bytes.size() + number(0, 1000);
    return chunk;
}

model::Fix Dice::fix() {
    model::Fix fix;
    fix.time = time();
    fix.place = place();
    if (coin()) fix.speed_mps = static_cast<double>(even(0, 5000)) / 100;
    if (coin()) fix.course_deg = static_cast<double>(even(0, 36000)) / 100;
    if (coin()) fix.accuracy_m = static_cast<double>(even(0, 5000)) / 10;
    fix.is_3d = coin();
    fix.is_turn = coin();
    fix.is_stationary = coin();
    return fix;
}

wire::DeviceState Dice::state() {
    return {coin(), fixed<core::Nonce>(), fixed<core::BootId>(), number(0, most_number)};
}

}  // namespace plus7::test
