// What mosquitto reads, laid out so that it can read it also after it dropped root's rights. Private to central/broker.
#pragma once
#include "central/broker/authority_folder.hpp"
#include "central/broker/managed_broker.hpp"
#include "central/broker/mosquitto_config.hpp"

namespace plus7::central::broker {

// The program's path; not_found says which package to install.
core::Result<std::string> find_program(const std::string& name);
// A port that nobody uses at this moment; mosquitto cannot bind port 0 itself.
std::uint16_t free_loopback_port();

// Ends the mosquitto that an earlier central left behind on this folder when it was killed: as root the kernel's
// parent-death signal is lost, because mosquitto changes its user. unavailable when it does not go.
core::Status end_leftover(const std::filesystem::path& folder);

// Fresh random passwords: they live as long as this process.
ServiceAccess make_service_access();

// Makes the folder (0700). As root it belongs to user `mosquitto`, which settings.run_as then names, and the folder
// above becomes passable for it.
core::Status make_broker_folder(MosquittoSettings& settings);
core::Status write_broker_files(const MosquittoSettings& settings, const ServiceAccess& access,
                                const AuthorityFolder& authority);
// Copies one of the authority's files to where mosquitto may read it.
core::Status copy_for_broker(const MosquittoSettings& settings, const AuthorityFolder& authority,
                             std::string_view name);

}  // namespace plus7::central::broker
