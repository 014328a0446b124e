// The app's parts on real stores in a fresh directory, in virtual time.
#pragma once
#include <doctest/doctest.h>

#include "agent/app/device_events.hpp"
#include "agent/app/floor.hpp"
#include "agent/app/scanning.hpp"
#include "agent/app/shift.hpp"
#include "agent/store/kept_facts.hpp"
#include "shared/wire/courier_row.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/view_message.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

using namespace std::chrono_literals;

class VirtualClock final : public core::Clock {
  public:
    core::TimeUs now() override { return core::time_us(1'790'000'000'000'000) + elapsed; }
    std::chrono::milliseconds mono() override { return std::chrono::hours{5} + elapsed; }
    std::chrono::milliseconds elapsed{0};
};

inline model::Fix fix_at(core::TimeMs time, core::LatLon place, double speed = 3) {
    model::Fix fix;
    fix.time = time;
    fix.place = place;
    fix.speed_mps = speed;
    fix.course_deg = 90;
    fix.accuracy_m = 4;
    return fix;
}

// One life of the process: made again on the same directory it is the next one.
struct Life {
    Life(const TempDir& dir, VirtualClock& clock, const core::DeviceId& device, const crypto::SigningKey& key)
        : stores(store_in(dir, device, key)),
          stamps(clock, core::BootId{{7}}, [this] { return wall_source; }),
          logbook(stores->outbox(), stamps),
          tracking(stores->track(), agent::app::SamplingPolicy{}, [this](const model::Fix&) { ++live; }),
          shift(*stores, logbook, stamps, tracking),
          scanning(logbook, stamps),
          floor(stores->outbox(), stores->view(), logbook, stamps, shift),
          events(stores->outbox(), logbook, stamps) {}

    static std::unique_ptr<agent::store::Stores> store_in(const TempDir& dir, const core::DeviceId& device,
                                                          const crypto::SigningKey& key) {
        agent::store::StoresOptions options;
        options.dir = dir.path();
        options.reserve_bytes = 0;
        return std::move(agent::store::Stores::open(options, device, key).value());
    }
    std::vector<wire::Fact> facts() {
        std::vector<wire::Fact> all;
        for (const auto& kept : agent::store::KeptFacts(stores->core_database()).after({}, 1000))
            all.push_back(wire::decode_body(wire::decode_fact_record(kept.record)->body).value());
        return all;
    }
    std::vector<std::string> types() {
        std::vector<std::string> all;
        for (const auto& fact : facts()) all.push_back(fact.type);
        return all;
    }

    core::WallSource wall_source = core::WallSource::network;
    int live = 0;
    std::unique_ptr<agent::store::Stores> stores;
    agent::app::Stamps stamps;
    agent::app::Logbook logbook;
    agent::app::Tracking tracking;
    agent::app::Shift shift;
    agent::app::Scanning scanning;
    agent::app::Floor floor;
    agent::app::DeviceEvents events;
};

struct Desk {
    Desk() { restart(); }
    void restart() {
        life.reset();
        life = std::make_unique<Life>(dir, clock, device, key);
        life->shift.bind(courier);
    }
    core::TimeMs now() { return std::chrono::floor<std::chrono::milliseconds>(clock.now()); }
    // A fix that came just now, `metres` east of the depot.
    core::Status arrive(double metres) {
        const auto fix = fix_at(now(), core::travel(depot, 90, metres));
        life->stamps.saw(fix, clock.mono());
        return life->tracking.fix(fix, clock.mono());
    }
    // Records of the track lane, oldest first.
    std::vector<wire::TrackRecord> track() {
        std::vector<wire::TrackRecord> all;
        for (const auto& record : life->stores->track().next_run({}, 1 << 20, 256).records)
            all.push_back(wire::decode_track_record(record).value());
        return all;
    }
    std::vector<wire::Gap> gaps() {
        std::vector<wire::Gap> all;
        for (const auto& record : track())
            if (const auto* gap = std::get_if<wire::Gap>(&record)) all.push_back(*gap);
        return all;
    }
    std::vector<model::Fix> fixes() {
        std::vector<model::Fix> all;
        for (const auto& record : track()) {
            const auto* sealed = std::get_if<wire::TrackBlockRecord>(&record);
            if (sealed == nullptr) continue;
            const auto block = wire::decode_track_block(sealed->block).value();
            all.insert(all.end(), block.fixes.begin(), block.fixes.end());
        }
        return all;
    }

    const core::LatLon depot{55.8150, 37.6050};
    TempDir dir;
    VirtualClock clock;
    core::DeviceId device = core::DeviceId::random();
    crypto::SigningKey key = crypto::SigningKey::generate();
    agent::app::Courier courier{model::CourierId{{1, 2, 3}}, "C-017"};
    std::unique_ptr<Life> life;
};

}  // namespace plus7::test
