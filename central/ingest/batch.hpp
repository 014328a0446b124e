// A batch on its way: decoded and verified on a worker, then taken by one unit of the database. The views look into the
// frame and the payload, which it keeps. Made by one thread, then only read.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "central/app/field/field_event.hpp"
#include "central/app/tracking/live_hub.hpp"
#include "central/ingest/frame.hpp"
#include "shared/model/field_facts.hpp"
#include "shared/model/fix.hpp"
#include "shared/wire/ack.hpp"
#include "shared/wire/batch.hpp"
#include "shared/wire/blob_record.hpp"
#include "shared/wire/fact.hpp"

namespace plus7::central::ingest {

// A record nobody could read or verify has a problem and nothing else than its bytes and hash.
struct CheckedFact {
    std::uint64_t seq = 0;
    core::Hash hash;       // SHA-256 of the body as received, or of the whole when there is no body
    core::ByteView bytes;  // the record as received
    std::string problem;
    std::optional<wire::Fact> fact;
    std::optional<app::field::FieldEvent> event;
    core::Hash digest;  // over type, at, who, about, data
    std::optional<model::KeyRotated> key;
    std::optional<model::FactGap> gap;
    std::optional<model::BlobLost> lost;
    std::optional<model::TrackDigest> tracks;
};

struct CheckedTrack {
    std::uint64_t seq = 0;
    core::ByteView bytes;
    std::string problem;
    int kind = 0;  // store::track_block …
    core::TimeUs t0{}, t1{};
    std::size_t fixes = 0;
    std::optional<model::Fix> newest;
    std::vector<wire::SeqRange> never;
};

struct CheckedChunk {
    std::uint64_t seq = 0;
    core::Hash hash;  // SHA-256 of the record
    core::ByteView bytes;
    std::string problem;
    wire::BlobChunk chunk;
};

struct Batch {
    Batch(core::DeviceId from, Frame message) : device(std::move(from)), frame(std::move(message)) {}
    core::DeviceId device;
    Frame frame;
    wire::BatchHeader header;
    std::optional<wire::Payload> payload;
    std::vector<CheckedFact> facts;
    std::vector<CheckedTrack> tracks;
    std::vector<CheckedChunk> chunks;
};

// What the live hub is told once the unit is durable.
struct FieldNews {
    std::vector<core::EventId> acts;
    bool shift_changed = false;
    std::optional<core::TimeUs> shift_since, break_since;
    std::optional<int> battery_percent;
    struct Stretch {
        core::TimeMs from{}, to{};
        std::optional<model::Fix> newest;
    };
    std::vector<Stretch> stretches;
    std::vector<core::DeviceId> views;     // handhelds that are to be told of parcels, tasks and messages
    std::vector<std::string> transferred;  // orders of which a courier gave or took parcels
    std::vector<std::string> arrived;      // orders of which a parcel came to a pickup point
    std::vector<std::string> taken_back;   // orders of which a parcel never was at one, as somebody says now
    std::set<std::string> moved;           // orders of which something happened to a parcel
    std::set<std::string> registries;      // of which a scan at a depot changed the figures
    std::vector<std::string> chats;        // couriers whose talk with the office changed
};

// What one unit came to.
struct Taken {
    Outcome outcome = Outcome::applied;
    wire::EpochState state = wire::EpochState::unknown;
    std::uint64_t upto = 0;
    core::Hash hash;
    std::vector<wire::SeqRange> got;
    std::vector<core::Hash> blobs_ok, blobs_bad;
    std::optional<wire::Refused> refused;
    bool gone = false;  // the device may not sync any more: no answer
    bool keys_changed = false;
    std::size_t fresh = 0;        // records that are new and have effect
    std::size_t quarantined = 0;  // records set aside
    FieldNews news;
};

}  // namespace plus7::central::ingest
