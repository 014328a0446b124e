// What sync knows of a handheld: its keys, its connection of now, its place in the view (columns of `device`).
// SQL only. Used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct DeviceConnection {
    std::string state;                   // created, enrolled, locked, revoked
    std::optional<std::string> courier;  // UUID text
    std::optional<core::PublicKey> record_key;
    bool online = false;
    std::optional<core::Nonce> nonce;
    std::optional<core::BootId> boot, boot_before;
    int boot_flips = 0;
    std::optional<std::uint64_t> unacked;
};

// Without and with the row's lock.
std::optional<DeviceConnection> find_connection(sql::Tx& tx, const core::DeviceId& device);
std::optional<DeviceConnection> lock_connection(sql::Tx& tx, const core::DeviceId& device);

// Every record key the device ever had, the one in force among them.
std::vector<core::PublicKey> record_keys(sql::Tx& tx, const core::DeviceId& device);
// `new_key` is in force from `at` on; the old one stays for verifying.
void rotate_record_key(sql::Tx& tx, const core::DeviceId& device, const core::PublicKey& new_key, core::TimeUs at);

struct Greeting {
    core::Nonce nonce;
    core::BootId boot;
    std::optional<core::BootId> boot_before;
    int boot_flips = 0;
    std::optional<std::string> agent_version;
    core::TimeUs at{};
};
// A new connection said hello: it is online from now on.
void connected(sql::Tx& tx, const core::DeviceId& device, const Greeting& greeting);
void set_presence(sql::Tx& tx, const core::DeviceId& device, bool online, std::uint64_t unacked, core::TimeUs at);
// The broker was away, and with it every connection. How many were thought to be online.
std::int64_t all_offline(sql::Tx& tx);

struct DeviceStanding {
    core::DeviceId device;
    std::optional<std::string> courier;
    bool online = false;
};
std::vector<DeviceStanding> all_standings(sql::Tx& tx);

}  // namespace plus7::central::store
