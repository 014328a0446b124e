// How the parts of central are, and the buttons that only a demonstration needs (openapi/system.yaml). Any worker.
#pragma once
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "central/api/route_table.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

enum class PartState { ok, degraded, down, off };

struct Part {
    std::string name;  // broker, certificates, disk, …
    PartState state = PartState::ok;
    core::TimeUs since{};
    std::optional<std::string> detail{};  // for a person: what is wrong and what to do
};

struct SystemSide {
    std::string version;
    core::TimeUs started{};
    std::function<std::vector<Part>()> parts{};  // all but the database; any worker
    // Cuts the network of a device for so long; zero heals. False: nothing here can cut this device. Empty: demo
    // controls are off.
    std::function<bool(const core::DeviceId& device, std::chrono::seconds length)> cut{};
};

class SystemRoutes {
  public:
    SystemRoutes(sql::Database& db, SystemSide side)
        : db_(db), side_(std::move(side)), database_since_(side_.started) {}

    http::Response health(const Call& call);
    http::Response cut(const Call& call);

  private:
    Part database_part(core::TimeUs now);

    sql::Database& db_;
    SystemSide side_;
    std::mutex lock_;
    bool database_was_ok_ = true;
    core::TimeUs database_since_{};
};

}  // namespace plus7::central::api
