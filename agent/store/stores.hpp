// Everything durable on a handheld, opened together: core.db, track.db, blob.db and the reserve file. One per process,
// held by the composition root under agent.lock; used on the storage thread only.
#pragma once
#include <filesystem>
#include <memory>

#include "agent/store/blob_store.hpp"
#include "agent/store/outbox.hpp"
#include "agent/store/reserve_file.hpp"
#include "agent/store/track_store.hpp"
#include "agent/store/view_store.hpp"

namespace plus7::agent::store {

struct StoresOptions {
    std::filesystem::path dir;
    std::uint64_t reserve_bytes = 8 << 20;  // 0 = no reserve
    core::Stamp now;                        // for the fact about a damaged file
};

class Stores {
  public:
    // A damaged database is moved aside and a new epoch begins (child of the old one as far as that can be read); facts
    // that can still be read and verified are taken over, and a fact `device.store_damaged {file, rescued}` says so.
    // `key` must outlive the stores. unavailable, conflict: cannot be opened; nothing was moved.
    static core::Result<std::unique_ptr<Stores>> open(const StoresOptions& options, const core::DeviceId& device,
                                                      const crypto::SigningKey& key);

    Outbox& outbox() { return outbox_; }
    ViewStore& view() { return view_; }
    TrackStore& track() { return track_; }
    BlobStore& blobs() { return blobs_; }
    ReserveFile& reserve() { return reserve_; }
    // For tables of the app in core.db, changed in Outbox::append(…, also).
    sql::SqliteConnection& core_database() { return *core_; }

    // All three lanes go on in a new epoch, cut at central's word (Outbox::begin_child_epoch). After a crash between
    // the files, or an error of the second one, align_lanes() ends the move; open() does so too.
    core::Status begin_child_epoch(std::uint64_t upto, const core::Hash& hash);
    core::Status align_lanes();
    // Records of all lanes that central does not have yet.
    std::uint64_t unacked() const;
    bool fact_waits() const;
    // Another number than before when anything here may have changed.
    std::int64_t changes() const;

    // States the track digests that are due as facts, at most once each; at the end of a shift also a shorter one.
    core::Status state_digests(bool shift_end, const core::Stamp& at, const wire::Who& who);

  private:
    struct Files;
    Stores(Files files, const StoresOptions& options, const core::DeviceId& device, const crypto::SigningKey& key);
    core::Status report_damage(const Files& damaged, const crypto::SigningKey& key, const core::Stamp& now);

    std::unique_ptr<sql::SqliteConnection> core_;
    std::unique_ptr<sql::SqliteConnection> track_file_;
    std::unique_ptr<sql::SqliteConnection> blob_file_;
    struct Unacked {
        std::int64_t at = -1;  // changes() when it was counted
        std::uint64_t facts = 0, all = 0;
    };
    const Unacked& count_unacked() const;

    mutable Unacked unacked_;
    ReserveFile reserve_;
    Outbox outbox_;
    ViewStore view_;
    TrackStore track_;
    BlobStore blobs_;
};

}  // namespace plus7::agent::store
