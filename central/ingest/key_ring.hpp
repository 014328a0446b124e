// Which devices may sync, with which record keys and for which courier: a cache over the database, so that a batch
// costs no query of its own. Any thread. Asking may read the database: never on the loop thread.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::ingest {

struct KnownDevice {
    bool may_sync = false;  // enrolled or locked
    std::optional<std::string> courier;
    std::vector<core::PublicKey> keys;
};

class KeyRing {
  public:
    KeyRing(sql::Database& db, core::Clock& clock) : db_(db), clock_(clock) {}

    // nullptr: no such device. unavailable when it has to be read and cannot be.
    core::Result<std::shared_ptr<const KnownDevice>> find(const core::DeviceId& device);
    core::Result<std::shared_ptr<const KnownDevice>> find_anew(const core::DeviceId& device);
    // After any change of state, key or courier.
    void forget(const core::DeviceId& device);

    // How long another central instance's change may go unseen; units of work ask the database itself for the state.
    static constexpr std::chrono::milliseconds kept = std::chrono::seconds{30};

  private:
    struct Entry {
        std::shared_ptr<const KnownDevice> device;
        std::chrono::milliseconds read_at{0};
    };
    sql::Database& db_;
    core::Clock& clock_;
    std::mutex lock_;
    std::map<core::DeviceId, Entry> entries_;
    std::uint64_t forgotten_ = 0;  // an answer read before a forget() is not kept
};

}  // namespace plus7::central::ingest
