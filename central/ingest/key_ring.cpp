#include "central/ingest/key_ring.hpp"

#include "central/store/connection_store.hpp"

namespace plus7::central::ingest {

core::Result<std::shared_ptr<const KnownDevice>> KeyRing::find(const core::DeviceId& device) {
    {
        const std::lock_guard guard(lock_);
        const auto entry = entries_.find(device);
        if (entry != entries_.end() && clock_.mono() - entry->second.read_at < kept) return entry->second.device;
    }
    return find_anew(device);
}

core::Result<std::shared_ptr<const KnownDevice>> KeyRing::find_anew(const core::DeviceId& device) {
    std::uint64_t forgotten_before = 0;
    {
        const std::lock_guard guard(lock_);
        forgotten_before = forgotten_;
    }
    const auto ask = [&](sql::Tx& tx) {
        std::shared_ptr<KnownDevice> known;
        const auto row = store::find_connection(tx, device);
        if (!row) return known;
        known = std::make_shared<KnownDevice>();
        known->may_sync = row->state == "enrolled" || row->state == "locked";
        known->courier = row->courier;
        known->keys = store::record_keys(tx, device);
        return known;
    };
    auto read = db_.read(ask);
    if (!read) return read.error();
    std::shared_ptr<const KnownDevice> known = *read;
    const std::lock_guard guard(lock_);
    if (known && forgotten_ == forgotten_before) entries_[device] = {known, clock_.mono()};
    return known;
}

void KeyRing::forget(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    entries_.erase(device);
    ++forgotten_;
}

}  // namespace plus7::central::ingest
