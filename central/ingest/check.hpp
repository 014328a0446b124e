// Decoding and verifying the records of a batch: signatures, owner, numbers, checksums. No database; a worker thread. A
// record that fails gets a problem and harms no other.
#pragma once
#include <vector>

#include "central/ingest/batch.hpp"

namespace plus7::central::ingest {

// False when a signature fits none of `keys`: the caller asks for the device's keys anew and checks again.
bool check_facts(Batch& batch, std::vector<core::PublicKey> keys);
void check_tracks(Batch& batch);
void check_chunks(Batch& batch);

// The one record of a batch whose payload cannot be read: consumed as it came.
void take_unreadable(Batch& batch, const std::string& reason);

constexpr std::uint64_t max_blob_bytes = 32ULL * 1024 * 1024;

}  // namespace plus7::central::ingest
