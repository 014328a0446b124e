// Photos, signatures and texts in blob.db, whole, until central said that it has assembled them. Storage thread; owned
// by Stores.
#pragma once
#include "agent/store/lane_run.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/sql/sqlite_connection.hpp"
#include "shared/wire/hello.hpp"

namespace plus7::agent::store {

class BlobStore {
  public:
    static constexpr std::size_t max_content = 8 << 20;

    // Makes the lane in an empty database.
    BlobStore(sql::SqliteConnection& connection, const core::Epoch& epoch);

    // Durable when it returns: only then may a fact name the hash (of 16 random bytes, then the content). invalid:
    // empty; limit: above max_content, or no space.
    core::Result<core::Hash> put(core::ByteView content);

    wire::LaneExtent extent() const;
    core::Epoch epoch() const;
    std::uint64_t unacked() const;          // chunks
    std::uint64_t unconfirmed() const;      // blobs that central has not confirmed
    bool has(const core::Hash& sha) const;  // kept here, not confirmed

    // The oldest consecutive chunks outside `exclude`, up to `bytes` and `count`; at least one if there is one.
    LaneRun next_run(const std::vector<wire::SeqRange>& exclude, std::size_t bytes, std::size_t count) const;

    // As TrackStore::hand_over and never_sent.
    core::Status hand_over(std::uint64_t last_seq);
    bool never_sent(std::uint64_t upto, const std::vector<wire::SeqRange>& got) const;
    core::Status acknowledge(std::uint64_t upto, const std::vector<wire::SeqRange>& got);
    // A welcome's word is the whole truth: chunks that it does not name go again; then as ask_again().
    core::Status reconcile(std::uint64_t upto, const std::vector<wire::SeqRange>& got);

    // Of each blob that is sent whole and not confirmed the last chunk goes again: the ack that listed it in blobs_ok
    // may have been lost, and central names it again when it meets the chunk.
    core::Status ask_again();

    // Assembled and durable at central: pruned here.
    core::Status confirm(const std::vector<core::Hash>& ok);
    // Central needs them again: new numbers for all chunks. The result are those this device cannot give (gone, or
    // broken here), for the fact blob.lost.
    core::Result<std::vector<core::Hash>> send_again(const std::vector<core::Hash>& bad);

    core::Status move_to(const core::Epoch& epoch);

  private:
    sql::SqliteConnection& connection_;
};

}  // namespace plus7::agent::store
