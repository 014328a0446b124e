#include "tests/bench/ingest/handhelds.hpp"

#include "shared/wire/ack.hpp"
#include "shared/wire/down_envelope.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/track_block.hpp"
#include "tests/tracks/tracks.hpp"

namespace plus7::bench {

std::uint64_t acked_by(core::ByteView payload, wire::Lane lane) {
    const auto message = wire::decode_down(payload);
    if (!message || message->type != wire::DownType::ack) return 0;
    const auto ack = wire::decode_ack(message->body);
    return ack && ack->lane == lane ? ack->upto : 0;
}

void enrol(sql::Database& db, const std::vector<test::HandDevice>& devices) {
    const auto now = core::SystemClock().now();
    const auto enrolled = db.write([&](sql::Tx& tx) {
        for (const auto& device : devices) {
            tx.exec(
                "INSERT INTO device (device_id, label, state, record_key, version, created_us, enrolled_us) "
                "VALUES ($1, 'bench', 'enrolled', $2, 1, $3, $3)",
                device.id, device.key->public_key(), now);
            tx.exec("INSERT INTO device_key (device_id, public_key, from_us) VALUES ($1, $2, $3)", device.id,
                    device.key->public_key(), now);
        }
    });
    if (!enrolled) throw std::runtime_error("handhelds cannot be enrolled: " + enrolled.error().message);
}

LoadLine hello_of(const test::HandDevice& device) {
    return {wire::topic_name(device.id, wire::TopicKind::hello),
            {wire::encode(device.hello())},
            wire::topic_name(device.id, wire::TopicKind::welcome),
            [](core::ByteView) { return std::uint64_t{1}; }};
}

Handhelds::Handhelds(std::size_t count)
    : ride_(test::recorded_track("bike-2s.gpx")),
      devices_(count),
      until_(count, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) -
                        std::chrono::hours{24 * 30}) {}

// The next minutes of the ride, at a time of their own.
core::Bytes Handhelds::next_block(core::TimeMs& from) {
    if (at_ + fixes_per_block > ride_.size()) at_ = 0;
    std::vector<model::Fix> fixes(ride_.begin() + static_cast<std::ptrdiff_t>(at_),
                                  ride_.begin() + static_cast<std::ptrdiff_t>(at_ + fixes_per_block));
    at_ += fixes_per_block;
    const auto shift = from - fixes.front().time;
    for (auto& fix : fixes) fix.time += shift;
    from = fixes.back().time + std::chrono::seconds{1};
    return wire::encode_block_record(wire::encode_track_block(fixes).value());
}

std::vector<LoadLine> Handhelds::blocks(std::size_t each) {
    std::vector<LoadLine> lines;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
        auto& device = devices_[i];
        const auto before = device.track_max;
        LoadLine line{wire::topic_name(device.id, wire::TopicKind::track), {},
                      wire::topic_name(device.id, wire::TopicKind::ack), [before](core::ByteView payload) {
                          const auto upto = acked_by(payload, wire::Lane::track);
                          return upto > before ? upto - before : 0;
                      }};
        for (std::size_t k = 0; k < each; ++k) {
            const auto seq = ++device.track_max;
            line.messages.push_back(device.batch({next_block(until_[i])}, seq, wire::Lane::track));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace plus7::bench
