// Asks central for the streets of an area (central/api/openapi/agent.yaml, /device/map). Blocks; for a process or
// thread of its own.
#pragma once
#include <string>

#include "agent/store/identity.hpp"
#include "shared/http/client.hpp"
#include "shared/wire/map_pack.hpp"

namespace plus7::agent::sync {

// The pack's bytes, looked at. not_found: central has no streets there; denied, limit, unavailable: as it says.
core::Result<std::string> fetch_map(const store::Identity& identity, const store::IdentityFiles& files,
                                    const wire::MapArea& area, http::Trust trust = {});

}  // namespace plus7::agent::sync
