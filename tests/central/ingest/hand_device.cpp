#include "tests/central/ingest/hand_device.hpp"

#include "shared/core/uuid.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::test {

HandDevice::HandDevice()
    : last(wire::first_prev(epoch, std::nullopt)), at(*core::from_iso8601("2026-11-22T10:00:00Z")) {}

wire::Fact HandDevice::draft(const std::string& type, const core::Bytes& data) const {
    wire::Fact fact{.device = id,
                    .epoch = epoch,
                    .seq = seq + 1,
                    .prev = last,
                    .id = core::uuid_v7(at),
                    .type = type,
                    .at = {},
                    .where = wire::Where{{55.82, 37.61}, 5, std::chrono::milliseconds{300}},
                    .view = view,
                    .who = {courier, shift},
                    .about = {},
                    .data = data};
    fact.at.gps = at;
    fact.at.wall = at;
    fact.at.wall_src = core::WallSource::gps;
    fact.at.boot = boot;
    fact.at.mono = at.time_since_epoch() % std::chrono::hours{24};
    return fact;
}

core::Bytes HandDevice::seal(const wire::Fact& fact, const crypto::SigningKey* by) {
    const auto sealed = wire::seal(fact, by != nullptr ? *by : *key);
    seq = fact.seq;
    last = wire::hash_of_body(sealed.body);
    at += std::chrono::seconds{1};
    return wire::encode_record(sealed);
}

core::Bytes HandDevice::fact(const std::string& type, const core::Bytes& data) { return seal(draft(type, data)); }

core::Bytes HandDevice::scan(const std::string& code) {
    return fact(model::Scan{core::copy_of(core::view_of(code)), model::Symbology::ean13});
}

std::vector<core::Bytes> HandDevice::scans(std::size_t count) {
    std::vector<core::Bytes> records;
    for (std::size_t i = 0; i < count; ++i) records.push_back(scan());
    return records;
}

core::Bytes HandDevice::batch(const std::vector<core::Bytes>& records, std::uint64_t first, wire::Lane lane) const {
    return wire::encode_batch(lane, epoch, first, records).value();
}

wire::Hello HandDevice::hello() const {
    wire::Hello hello;
    hello.nonce = nonce;
    hello.boot = boot;
    hello.epoch = epoch;
    hello.ancestors = ancestors;
    hello.fact = {1, acked, seq, acked_hash};
    hello.track = {1, track_max};
    hello.blob = {1, blob_max};
    hello.view = view;
    hello.versions = {{"agent", "0.1.0"}};
    hello.time = at;
    return hello;
}

void HandDevice::begin_epoch(std::uint64_t upto, const core::Hash& hash) {
    ancestors.insert(ancestors.begin(), epoch);
    const wire::Parent parent{epoch, upto, hash};
    epoch = core::random_id<core::Epoch>();
    last = wire::first_prev(epoch, parent);
    seq = acked = 0;
    acked_hash = {};
    track_max = blob_max = 0;
}

core::Bytes block_record(core::TimeMs from, std::size_t count) {
    std::vector<model::Fix> fixes;
    for (std::size_t i = 0; i < count; ++i) {
        model::Fix fix;
        fix.time = from + std::chrono::seconds{i};
        fix.place = {55.8 + 1e-4 * static_cast<double>(i), 37.6};
        fix.speed_mps = 5;
        fixes.push_back(fix);
    }
    return wire::encode_block_record(wire::encode_track_block(fixes).value());
}

}  // namespace plus7::test
