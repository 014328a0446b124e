#include "agent/store/stores.hpp"

#include "agent/store/database_file.hpp"

namespace plus7::agent::store {

struct Stores::Files {
    DatabaseFile core;
    DatabaseFile track;
    DatabaseFile blob;

    bool any_damaged() const { return core.damaged || track.damaged || blob.damaged; }
};

Stores::Stores(Files files, const StoresOptions& options, const core::DeviceId& device, const crypto::SigningKey& key)
    : core_(std::move(files.core.connection)),
      track_file_(std::move(files.track.connection)),
      blob_file_(std::move(files.blob.connection)),
      reserve_(options.dir / "reserve", options.reserve_bytes),
      outbox_(*core_, device, key, reserve_),
      view_(*core_, options.dir / "view.key"),
      track_(*track_file_, outbox_.epoch()),
      blobs_(*blob_file_, outbox_.epoch()) {}

core::Result<std::unique_ptr<Stores>> Stores::open(const StoresOptions& options, const core::DeviceId& device,
                                                   const crypto::SigningKey& key) {
    Files files;
    const auto open_one = [&](DatabaseFile& file, const char* name) -> core::Status {
        auto opened = open_database_file(options.dir / (std::string(name) + ".db"), name);
        if (!opened) return opened.error();
        file = std::move(*opened);
        return {};
    };
    if (const auto opened = open_one(files.core, "core"); !opened) return opened.error();
    if (const auto opened = open_one(files.track, "track"); !opened) return opened.error();
    if (const auto opened = open_one(files.blob, "blob"); !opened) return opened.error();
    const Files damaged{{nullptr, files.core.damaged}, {nullptr, files.track.damaged}, {nullptr, files.blob.damaged}};
    auto stores = std::unique_ptr<Stores>(new Stores(std::move(files), options, device, key));
    if (const auto opened = stores->view_.open(); !opened) return opened.error();
    if (options.reserve_bytes > 0) {
        // Without room for it the agent still runs; the storage ladder reports the low disk.
        if (const auto ensured = stores->reserve_.ensure(); !ensured) stores->reserve_.release();
    }
    if (damaged.any_damaged()) {
        if (const auto told = stores->report_damage(damaged, key, options.now); !told) return told.error();
    }
    if (const auto aligned = stores->align_lanes(); !aligned) return aligned.error();
    return stores;
}

core::Status Stores::report_damage(const Files& damaged, const crypto::SigningKey& key, const core::Stamp& now) {
    std::uint64_t rescued_facts = 0;
    if (damaged.core.damaged) {
        if (const auto rescued = Outbox::rescue(*damaged.core.damaged, key.public_key())) {
            rescued_facts = rescued->unacked.size();
            if (const auto adopted = outbox_.adopt(*rescued); !adopted) return adopted;
        }
    } else {
        // The numbers of a lost lane must not be given twice.
        const auto extent = outbox_.extent();
        if (const auto begun = outbox_.begin_child_epoch(extent.acked, extent.hash); !begun) return begun;
    }
    const auto tell = [&](const DatabaseFile& file, std::string_view name) -> core::Status {
        if (!file.damaged) return {};
        const auto saved = outbox_.append(make_act(model::DeviceStoreDamaged{std::string(name), rescued_facts}, now));
        if (!saved) return saved.error();
        return {};
    };
    if (const auto told = tell(damaged.core, "core.db"); !told) return told;
    if (const auto told = tell(damaged.track, "track.db"); !told) return told;
    return tell(damaged.blob, "blob.db");
}

std::int64_t Stores::changes() const { return core_->changes() + track_file_->changes() + blob_file_->changes(); }

// Counting takes a walk through each lane: only when something has changed.
const Stores::Unacked& Stores::count_unacked() const {
    if (const auto now = changes(); unacked_.at != now) {
        unacked_.at = now;
        unacked_.facts = outbox_.unacked();
        unacked_.all = unacked_.facts + track_.unacked() + blobs_.unacked();
    }
    return unacked_;
}

std::uint64_t Stores::unacked() const { return count_unacked().all; }
bool Stores::fact_waits() const { return count_unacked().facts > 0; }

core::Status Stores::align_lanes() {
    const auto epoch = outbox_.epoch();
    if (const auto moved = track_.move_to(epoch); !moved) return moved;
    return blobs_.move_to(epoch);
}

core::Status Stores::begin_child_epoch(std::uint64_t upto, const core::Hash& hash) {
    if (const auto begun = outbox_.begin_child_epoch(upto, hash); !begun) return begun;
    return align_lanes();
}

core::Status Stores::state_digests(bool shift_end, const core::Stamp& at, const wire::Who& who) {
    constexpr std::string_view note = "track.digested";
    while (const auto due = track_.digest_due(shift_end)) {
        // Two files, one statement: the note is saved with the fact and tells, after a crash before the second file
        // was written, that this digest was stated.
        const auto mark = wire::CborWriter{}.array(2).bytes(outbox_.epoch().bytes()).uint(due->to).take();
        if (outbox_.note(note) != mark) {
            auto act = make_act(*due, at);
            act.who = who;
            act.notes = {{std::string(note), mark}};
            if (const auto saved = outbox_.append(act); !saved) return saved.error();
        }
        if (const auto done = track_.digested(due->to); !done) return done;
    }
    return {};
}

}  // namespace plus7::agent::store
