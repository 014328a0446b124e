// JSON of the handheld's page besides status and work (docs/handheld.md). Pure codec.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "agent/app/scan_screen.hpp"
#include "agent/app/stamps.hpp"
#include "agent/store/street_pack.hpp"

namespace plus7::agent::handheld {

std::string scan_json(const std::optional<app::ScanShown>& shown);
std::string_view name_of(app::ScanMode mode);
std::string position_json(const std::optional<wire::Where>& where);
std::string streets_json(const wire::PackHead& pack);
core::Result<app::ScanMode> read_mode(std::string_view body);
// Puts the parts, which are JSON already, into the state of the page.
struct StateParts {
    std::uint64_t n = 0;
    core::TimeMs now{};
    std::string status, work, chat, floor, scan;
    std::string colleague;  // code of whose invitation was scanned; empty: nobody's
    app::ScanMode mode = app::ScanMode::look;
};
std::string state_json(const StateParts& parts);

}  // namespace plus7::agent::handheld
