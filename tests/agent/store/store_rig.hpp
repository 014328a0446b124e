// Stores in a directory of their own, opened and closed at will, for one device with one key.
#pragma once
#include <signal.h>
#include <sys/resource.h>

#include <memory>

#include "agent/store/stores.hpp"
#include "shared/core/random.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

// Files cannot grow beyond `bytes` while it lives, as on a full disk: write(2) fails.
struct FileSizeLimit {
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{bytes, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before); }
    rlimit before{};
};

struct StoreRig {
    explicit StoreRig(std::uint64_t reserve = 0) : reserve_bytes(reserve) { open(); }

    void open() {
        stores.reset();
        stores = agent::store::Stores::open({dir.path(), reserve_bytes, stamp()}, device, key).value();
    }
    void close() { stores.reset(); }

    core::Stamp stamp() const {
        core::Stamp at;
        at.wall = core::time_ms(1'763'800'200'000) + time;
        at.wall_src = core::WallSource::gps;
        at.boot = boot;
        at.mono = time;
        return at;
    }
    core::TimeUs central_time() const { return stamp().wall; }

    agent::store::Act scan(std::string_view code = "PKG-0001234567") const {
        const model::Scan data{core::copy_of(core::view_of(code)), model::Symbology::code128};
        return agent::store::make_act(data, stamp());
    }
    model::Fix fix() const {
        model::Fix fix;
        fix.time = stamp().wall;
        fix.place = core::travel({55.8197, 37.6117}, 70, static_cast<double>(time.count()) / 500);
        fix.speed_mps = 2;
        fix.course_deg = 70;
        return fix;
    }
    // One fix per two seconds.
    void drive(int fixes) {
        for (int i = 0; i < fixes; ++i) {
            time += std::chrono::seconds{2};
            if (!stores->track().add(fix(), time)) throw std::runtime_error("fix refused");
        }
    }

    agent::store::Outbox& outbox() { return stores->outbox(); }
    agent::store::TrackStore& track() { return stores->track(); }
    agent::store::BlobStore& blobs() { return stores->blobs(); }

    // All facts not acked, as they would be sent.
    std::vector<core::Bytes> pending() { return outbox().pending(1 << 20, 100'000).records; }

    TempDir dir;
    std::uint64_t reserve_bytes;
    core::DeviceId device = core::DeviceId::random();
    crypto::SigningKey key = crypto::SigningKey::generate();
    core::BootId boot = core::random_id<core::BootId>();
    std::chrono::milliseconds time{1000};
    std::unique_ptr<agent::store::Stores> stores;
};

// Signatures hold and each names the one before; false and a message otherwise.
inline bool chain_is_whole(const std::vector<core::Bytes>& records, const core::PublicKey& key) {
    std::optional<wire::Fact> before;
    core::Hash hash;
    for (const auto& record : records) {
        const auto sealed = wire::decode_fact_record(record);
        if (!sealed || !wire::verify(*sealed, key)) return false;
        const auto fact = wire::decode_body(sealed->body);
        if (!fact) return false;
        if (before && (fact->prev != hash || fact->seq != before->seq + 1)) return false;
        before = *fact;
        hash = wire::hash_of_body(sealed->body);
    }
    return true;
}

inline wire::Fact fact_of(const core::Bytes& record) {
    return wire::decode_body(wire::decode_fact_record(record).value().body).value();
}

inline core::Hash hash_of(const core::Bytes& record) {
    return wire::hash_of_body(wire::decode_fact_record(record).value().body);
}

}  // namespace plus7::test
