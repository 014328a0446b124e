#include <algorithm>

#include "central/ingest/check.hpp"
#include "central/ingest/field_facts.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_reader.hpp"

namespace plus7::central::ingest {
namespace {

// Over the exact bytes of what makes an event the same one; the profile has one encoding per value.
core::Hash digest_of(core::ByteView body) {
    const auto tree = wire::read_cbor(body);
    crypto::Sha256 hash;
    for (const char* name : {"type", "at", "who", "about", "data"}) {
        hash.update(core::view_of(name));
        if (const auto* node = tree->find(name)) hash.update(node->encoded);
    }
    return hash.finish();
}

bool signed_by_one_of(const wire::SignedFact& fact, const std::vector<core::PublicKey>& keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return wire::verify(fact, key); });
}

// "" or what is wrong with it.
std::string misplaced(const wire::Fact& fact, const Batch& batch, std::uint64_t seq) {
    if (fact.device != batch.device) return "another device's fact";
    if (fact.epoch != batch.header.epoch) return "a fact of another epoch";
    if (fact.seq != seq) return "a fact with another number than its place";
    return "";
}

void read_fact(CheckedFact& checked, const Batch& batch, std::vector<core::PublicKey>& keys, bool& all_signed) {
    checked.hash = crypto::sha256(checked.bytes);
    const auto record = wire::decode_fact_record(checked.bytes);
    if (!record) {
        checked.problem = record.error().message;
        return;
    }
    checked.hash = wire::hash_of_body(record->body);
    auto fact = wire::decode_body(record->body);
    if (!fact) {
        checked.problem = fact.error().message;
        return;
    }
    checked.problem = misplaced(*fact, batch, checked.seq);
    if (!checked.problem.empty()) return;
    if (!signed_by_one_of(*record, keys)) {
        all_signed = false;
        checked.problem = "not signed by a key of this device";
        return;
    }
    checked.digest = digest_of(record->body);
    checked.fact = std::move(*fact);
    const auto read = read_data(checked, batch.frame.received);
    if (!read) {
        checked.problem = read.error().message;
        checked.fact.reset();
    }
    if (checked.key) keys.push_back(checked.key->new_key);
}

}  // namespace

bool check_facts(Batch& batch, std::vector<core::PublicKey> keys) {
    bool all_signed = true;
    batch.facts.clear();
    batch.facts.reserve(batch.payload->size());
    for (std::size_t i = 0; i < batch.payload->size(); ++i) {
        CheckedFact checked;
        checked.seq = batch.header.first_seq + i;
        checked.bytes = batch.payload->record(i);
        read_fact(checked, batch, keys, all_signed);
        const bool jumps = checked.gap && checked.gap->to != checked.seq;
        if (jumps && i + 1 != batch.payload->size()) {  // the numbers it covers are in use right behind it
            checked.problem = "a gap that says records of its own batch are missing";
            checked.fact.reset();
        }
        batch.facts.push_back(std::move(checked));
    }
    return all_signed;
}

void take_unreadable(Batch& batch, const std::string& reason) {
    const core::ByteView bytes =
        batch.header.payload.empty() ? core::ByteView(batch.frame.payload) : batch.header.payload;
    const auto hash = crypto::sha256(bytes);
    const auto seq = batch.header.first_seq;
    switch (batch.header.lane) {
        case wire::Lane::fact: {
            CheckedFact fact;
            fact.seq = seq;
            fact.hash = hash;
            fact.bytes = bytes;
            fact.problem = reason;
            batch.facts.push_back(std::move(fact));
            return;
        }
        case wire::Lane::track: {
            CheckedTrack track;
            track.seq = seq;
            track.bytes = bytes;
            track.problem = reason;
            batch.tracks.push_back(std::move(track));
            return;
        }
        case wire::Lane::blob: {
            CheckedChunk chunk;
            chunk.seq = seq;
            chunk.hash = hash;
            chunk.bytes = bytes;
            chunk.problem = reason;
            batch.chunks.push_back(std::move(chunk));
            return;
        }
    }
}

}  // namespace plus7::central::ingest
