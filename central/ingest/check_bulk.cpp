#include <algorithm>

#include "central/ingest/check.hpp"
#include "central/store/track_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/gap_record.hpp"
#include "shared/wire/track_block.hpp"

namespace plus7::central::ingest {
namespace {

void read_block(CheckedTrack& track, const wire::TrackBlockRecord& record) {
    const auto block = wire::decode_track_block(record.block);
    if (!block) {
        track.problem = block.error().message;
        return;
    }
    const auto by_time = [](const model::Fix& a, const model::Fix& b) { return a.time < b.time; };
    const auto [first, last] = std::minmax_element(block->fixes.begin(), block->fixes.end(), by_time);
    track.kind = store::track_block;
    track.t0 = first->time;
    track.t1 = last->time;
    track.fixes = block->fixes.size();
    track.newest = *last;
}

void read_gap(CheckedTrack& track, const wire::Gap& gap) {
    track.kind = store::track_gap;
    track.t0 = gap.from;
    track.t1 = gap.to;
    for (auto range : gap.never) {  // a number can only be lost that was given before the gap's own
        range.last = std::min(range.last, track.seq - 1);
        if (range.first <= range.last) track.never.push_back(range);
    }
}

void read_track(CheckedTrack& track, core::TimeUs received) {
    const auto record = wire::decode_track_record(track.bytes);
    if (!record) {
        track.problem = record.error().message;
    } else if (const auto* block = std::get_if<wire::TrackBlockRecord>(&*record)) {
        read_block(track, *block);
    } else if (const auto* gap = std::get_if<wire::Gap>(&*record)) {
        read_gap(track, *gap);
    } else {
        constexpr std::uint64_t most = INT32_MAX;
        track.kind = static_cast<int>(std::min(std::get<wire::UnknownTrackRecord>(*record).kind, most));
        track.t0 = track.t1 = received;
    }
}

}  // namespace

void check_tracks(Batch& batch) {
    for (std::size_t i = 0; i < batch.payload->size(); ++i) {
        CheckedTrack track;
        track.seq = batch.header.first_seq + i;
        track.bytes = batch.payload->record(i);
        read_track(track, batch.frame.received);
        batch.tracks.push_back(std::move(track));
    }
}

void check_chunks(Batch& batch) {
    for (std::size_t i = 0; i < batch.payload->size(); ++i) {
        CheckedChunk checked;
        checked.seq = batch.header.first_seq + i;
        checked.bytes = batch.payload->record(i);
        checked.hash = crypto::sha256(checked.bytes);
        auto chunk = wire::decode_blob_record(checked.bytes);
        if (!chunk) {
            checked.problem = chunk.error().message;
        } else if (chunk->total > max_blob_bytes) {
            checked.problem = "a chunk of a blob that is too large";
        } else {
            checked.chunk = std::move(*chunk);
        }
        batch.chunks.push_back(std::move(checked));
    }
}

}  // namespace plus7::central::ingest
