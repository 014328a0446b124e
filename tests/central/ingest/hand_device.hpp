// A handheld written by hand for tests of central: makes signed facts, chains them, and packs batches and hellos.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "shared/core/random.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/batch.hpp"
#include "shared/wire/fact.hpp"
#include "shared/wire/fact_data.hpp"
#include "shared/wire/hello.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::test {

class HandDevice {
  public:
    HandDevice();

    // The next fact of the chain.
    template <typename Data>
    core::Bytes fact(const Data& data) {
        return fact(std::string(Data::type), wire::encode_data(data));
    }
    core::Bytes fact(const std::string& type, const core::Bytes& data);
    core::Bytes scan(const std::string& code = "4600000000015");
    std::vector<core::Bytes> scans(std::size_t count);

    // What the next fact will be, for tests that bend it; sealed by seal().
    wire::Fact draft(const std::string& type, const core::Bytes& data) const;
    core::Bytes seal(const wire::Fact& fact, const crypto::SigningKey* by = nullptr);

    core::Bytes batch(const std::vector<core::Bytes>& records, std::uint64_t first,
                      wire::Lane lane = wire::Lane::fact) const;
    wire::Hello hello() const;
    // A child of the present epoch, cut at `upto`; the chain goes on in it.
    void begin_epoch(std::uint64_t upto, const core::Hash& hash);

    core::DeviceId id = core::DeviceId::random();
    std::shared_ptr<const crypto::SigningKey> key =
        std::make_shared<crypto::SigningKey>(crypto::SigningKey::generate());  // shared by a clone
    core::Epoch epoch = core::random_id<core::Epoch>();
    std::vector<core::Epoch> ancestors;
    core::BootId boot = core::random_id<core::BootId>();
    core::Nonce nonce = core::random_id<core::Nonce>();
    model::CourierId courier = core::random_id<model::CourierId>();
    model::ShiftId shift = core::random_id<model::ShiftId>();
    std::uint64_t seq = 0;  // of the last fact
    core::Hash last;        // its hash
    std::uint64_t acked = 0;
    core::Hash acked_hash;
    std::uint64_t track_max = 0, blob_max = 0, view = 0;
    core::TimeMs at;  // of the next fact; goes on by a second
};

// A track block of `count` fixes, one per second from `from` on; and its record.
core::Bytes block_record(core::TimeMs from, std::size_t count);

}  // namespace plus7::test
