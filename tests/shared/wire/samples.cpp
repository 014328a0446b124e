#include "tests/shared/wire/samples.hpp"

#include <stdexcept>

#include "shared/wire/fact_data.hpp"

namespace plus7::test {
namespace {

crypto::SigningKey key_from(std::uint8_t first) {
    core::Bytes seed;
    for (std::uint8_t i = 0; i < 32; ++i) seed.push_back(static_cast<std::uint8_t>(first + i));
    return crypto::SigningKey::from_seed(seed).value();
}

}  // namespace

core::Bytes hex(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != ' ') digits.push_back(c);
    }
    const auto bytes = core::from_hex(digits);
    if (!bytes) throw std::invalid_argument("no hex: " + digits);
    return *bytes;
}

crypto::SigningKey sample_key() { return key_from(0x00); }
crypto::SigningKey central_key() { return key_from(0x20); }
core::DeviceId sample_device() { return *core::DeviceId::parse("0123456789abc"); }

wire::Fact sample_fact() {
    const auto epoch = filled<core::Epoch>(0x11);
    wire::Fact fact{
        .device = sample_device(),
        .epoch = epoch,
        .seq = 1,
        .prev = wire::first_prev(epoch, std::nullopt),
        .id = *core::EventId::from(hex("019aa9c8 e87b 7abc 8def 0123456789ab")),
        .type = std::string{model::Scan::type},
        .at = {.gps = core::time_ms(1'763'800'200'123),
               .wall = core::time_ms(1'763'800'200'456),
               .wall_src = core::WallSource::gps,
               .boot = filled<core::BootId>(0x22),
               .mono = std::chrono::milliseconds{86'400'000}},
        .where = wire::Where{.place = {55.8197123, 37.6117456}, .acc_m = 4, .age = std::chrono::milliseconds{250}},
        .view = 7,
        .who = {.courier = filled<model::CourierId>(0x33), .shift = filled<model::ShiftId>(0x44)},
        .about = {.parcel = filled<model::ParcelId>(0x55), .order = {}, .custody_version = 3, .transfer = {}},
        .data = {}};
    fact.data = wire::encode_data(
        model::Scan{.code = core::copy_of(core::view_of("PKG-0001234567")), .symbology = model::Symbology::code128});
    return fact;
}

wire::Hello sample_hello() {
    wire::Hello hello;
    hello.nonce = filled<core::Nonce>(0x66);
    hello.boot = filled<core::BootId>(0x22);
    hello.epoch = filled<core::Epoch>(0x11);
    hello.ancestors = {filled<core::Epoch>(0x10)};
    hello.fact = {.min = 40, .acked = 41, .max = 43, .hash = filled<core::Hash>(0x77)};
    hello.track = {.min = 300, .max = 305};
    hello.blob = {.min = 1, .max = 0};
    hello.view = 7;
    hello.server_gen = filled<core::ServerGen>(0x88);
    hello.versions = {{"agent", "0.1.0"}};
    hello.time = core::time_us(1'763'800'200'456'000);
    return hello;
}

wire::Welcome sample_welcome() {
    wire::Welcome welcome;
    welcome.nonce = filled<core::Nonce>(0x66);
    welcome.epoch_state = wire::EpochState::open;
    welcome.fact = {42, filled<core::Hash>(0x78)};
    welcome.track = {299, {{301, 303}, {305, 305}}};
    welcome.view_head = 9;
    welcome.time = core::time_us(1'763'800'200'789'000);
    welcome.policy.live = std::chrono::seconds{1};
    welcome.certificate = hex("3000");
    return welcome;
}

wire::Ack sample_ack() {
    wire::Ack ack;
    ack.epoch = filled<core::Epoch>(0x11);
    ack.epoch_state = wire::EpochState::open;
    ack.lane = wire::Lane::blob;
    ack.upto = 12;
    ack.got = {{14, 20}};
    ack.blobs_ok = {filled<core::Hash>(0x99)};
    ack.credit = 65536;
    ack.retry_after = std::chrono::milliseconds{1500};
    ack.refused = wire::Refused{13, 1, wire::RefusedReason::unreadable};
    ack.time = core::time_us(1'763'800'200'789'000);
    return ack;
}

wire::ViewDelta sample_view() {
    wire::ViewDelta delta;
    delta.from = 7;
    delta.to = 9;
    delta.put = {{{wire::RowKind::task, filled<wire::RowId>(0xa1)}, 2, hex("a0")},
                 {{wire::RowKind::policy, wire::RowId{}}, 1, hex("a1666c6f636b6564f5")}};
    delta.remove = {{wire::RowKind::chat, filled<wire::RowId>(0xa3)}};
    for (const auto& row : delta.put) wire::toggle_row(delta.hash, wire::row_hash(row));
    return delta;
}

wire::AccessRow sample_access() {
    const auto noon = core::time_ms(1'763'812'800'000);
    wire::AccessRow row;
    row.looks.push_back({"Анна Диспетчер", "dispatcher", wire::LookKind::live, noon, noon + std::chrono::minutes{40}});
    row.looks.push_back({"", "", wire::LookKind::events, noon + std::chrono::hours{1}, noon + std::chrono::hours{1}});
    row.looks.push_back({"Борис", "admin", wire::LookKind::track, noon + std::chrono::hours{2},
                         noon + std::chrono::hours{2}, noon - std::chrono::hours{30}, noon - std::chrono::hours{20}});
    return row;
}

}  // namespace plus7::test
