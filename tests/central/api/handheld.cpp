#include "tests/central/api/handheld.hpp"

#include <nlohmann/json.hpp>

#include "central/store/epoch_store.hpp"
#include "central/store/track_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::test {
namespace {

using nlohmann::json;
namespace store = central::store;

const core::Epoch epoch = *core::Epoch::from(core::Bytes(16, 7));

std::string base64(core::ByteView bytes) { return core::to_base64url(bytes); }

void put_record(ApiHouse& house, const FieldPair& pair, const store::TrackRow& row) {
    const auto written = house.db->write([&](sql::Tx& tx) -> core::Status {
        if (!store::find_epoch(tx, pair.id(), epoch)) {
            store::EpochRow opened(pair.id(), epoch);
            opened.opened = row.received;
            store::insert_epoch(tx, opened);
        }
        store::insert_tracks(tx, pair.id(), epoch, {row});
        auto moved = *store::lock_epoch(tx, pair.id(), epoch);
        moved.track_upto = store::track_prefix(tx, pair.id(), epoch, moved.track_upto);
        store::move_tracks(tx, moved);
        return {};
    });
    REQUIRE(written.ok());
}

}  // namespace

std::string token_of(const std::string& url) {
    const auto at = url.find("&t=") + 3;
    return url.substr(at, url.find('&', at) - at);
}

std::string finish_body(const HandheldKeys& keys, const std::string& token, const std::string& nonce,
                        const std::string& device) {
    const auto raw = core::from_base64url(nonce).value();
    return json{{"token", token},
                {"nonce", nonce},
                {"csr", crypto::make_csr(keys.tls, device).value()},
                {"record_key", base64(keys.record.public_key().bytes())},
                {"tls_signature", base64(keys.tls.sign(raw))},
                {"record_signature", base64(keys.record.sign(raw).bytes())}}
        .dump();
}

std::string renew_body(const HandheldKeys& keys, const std::string& certificate, const std::string& device) {
    const auto csr = crypto::make_csr(keys.tls, device).value();
    const auto hash = crypto::verify_csr(csr)->fingerprint;
    return json{{"certificate", certificate},
                {"csr", csr},
                {"record_signature", base64(keys.record.sign(hash.bytes()).bytes())}}
        .dump();
}

FieldPair field_pair(ApiHouse& house, Browser& office, const std::string& code, const HandheldKeys& keys) {
    const auto key = [&](const char* what) {
        return std::vector<std::pair<std::string, std::string>>{{"Idempotency-Key", what + code}};
    };
    const auto courier = office.send(http::Method::post, "/api/v1/couriers",
                                     json{{"name", "Анна Проверкина"}, {"code", code}}.dump(), key("c"));
    REQUIRE(courier.status == 201);
    FieldPair pair;
    pair.courier = member(courier, "id");
    const auto device = office.send(http::Method::post, "/api/v1/devices",
                                    json{{"name", "handheld " + code}, {"courier", pair.courier}}.dump(), key("d"));
    REQUIRE(device.status == 201);
    pair.device = member(device, "device.id");
    const auto token = token_of(member(device, "enrolment.url"));
    Browser handheld(house);
    const auto started = handheld.post("/enrol/start", json{{"token", token}}.dump());
    REQUIRE(started.status == 200);
    const auto finished =
        handheld.post("/enrol/finish", finish_body(keys, token, member(started, "nonce"), member(started, "device")));
    REQUIRE(finished.status == 200);
    pair.certificate = member(finished, "certificate");
    return pair;
}

void put_act(ApiHouse& house, const FieldPair& pair, const std::string& type, core::TimeUs at, core::TimeUs received,
             core::Bytes data) {
    store::ActRow act(core::uuid_v7(std::chrono::floor<std::chrono::milliseconds>(at)), pair.id());
    act.courier = pair.courier;
    act.epoch = epoch;
    act.seq = 1;
    act.type = type;
    act.at = at;
    act.trust = "gps";
    act.stamp.gps = std::chrono::floor<std::chrono::milliseconds>(at);
    act.stamp.wall = *act.stamp.gps;
    act.stamp.wall_src = core::WallSource::gps;
    act.received = received;
    act.data = std::move(data);
    REQUIRE(house.db
                ->write([&](sql::Tx& tx) -> core::Status {
                    store::insert_act(tx, act);
                    return {};
                })
                .ok());
    house.live.act(pair.id(), act.event_id);
}

std::string put_shift(ApiHouse& house, const FieldPair& pair, core::TimeUs from, std::optional<core::TimeUs> to) {
    const auto id = core::to_uuid_text(core::random_id<core::EventId>());
    REQUIRE(house.db
                ->write([&](sql::Tx& tx) -> core::Status {
                    store::ShiftRow shift{id, pair.courier, pair.id(), from, to};
                    store::shift_started(tx, shift);
                    if (to) store::shift_ended(tx, shift);
                    return {};
                })
                .ok());
    return id;
}

void put_block(ApiHouse& house, const FieldPair& pair, std::uint64_t seq, core::TimeUs from, int fixes,
               core::TimeUs received) {
    std::vector<model::Fix> walk;
    for (int i = 0; i < fixes; ++i) {
        model::Fix fix;
        fix.time = std::chrono::floor<std::chrono::milliseconds>(from) + std::chrono::seconds{i};
        fix.place = {55.8 + i * 1e-5, 37.6};
        fix.speed_mps = 1.1;
        fix.accuracy_m = 4;
        walk.push_back(fix);
    }
    const auto record = wire::encode_block_record(wire::encode_track_block(walk).value());
    const core::TimeUs first = walk.front().time, last = walk.back().time;
    put_record(house, pair, {seq, store::track_block, first, last, walk.size(), record, received});
}

void put_gap(ApiHouse& house, const FieldPair& pair, std::uint64_t seq, const wire::Gap& gap, core::TimeUs received) {
    const auto record = wire::encode_record(gap);
    REQUIRE(house.db
                ->write([&](sql::Tx& tx) -> core::Status {
                    for (const auto& range : gap.never) store::insert_never(tx, pair.id(), epoch, range);
                    return {};
                })
                .ok());
    put_record(house, pair, {seq, store::track_gap, gap.from, gap.to, 0, record, received});
}

}  // namespace plus7::test
