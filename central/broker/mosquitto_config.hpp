// The managed broker's settings as files: mosquitto.conf, access lists, service accounts. Formats: mosquitto.conf(5),
// mosquitto_passwd(1), checked with 2.0.11. Pure text; written by ManagedBroker.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace plus7::central::broker {

struct MosquittoSettings {
    std::filesystem::path folder;  // acl-devices, acl-service, passwords; and the copies it may read
    std::string device_address;    // where handhelds connect: "0.0.0.0", "127.0.0.1"
    std::uint16_t device_port = 8883;
    std::uint16_t service_port = 0;  // loopback, for central itself
    std::string run_as;              // user that mosquitto drops to; empty: stays who it is
    int max_connections = 10'000;
};

// Two listeners with their own rules: handhelds (client certificate = user = client id = topic) and central itself
// (loopback, password, free client ids). No anonymous, no persistence, packets ≤ 128 KiB.
std::string mosquitto_conf(const MosquittoSettings& settings);
std::string device_acl();
std::string service_acl();

// Accounts on the service listener. The kick account may do nothing but connect.
constexpr const char* ingest_account = "central-ingest";
constexpr const char* push_account = "central-push";
constexpr const char* kick_account = "central-kick";

}  // namespace plus7::central::broker
