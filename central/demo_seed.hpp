// Invented couriers and handhelds for a demonstration, with the links that enrol them. Only when [demo] couriers is
// set.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central {

// The courier whose handheld is a real agent in the demonstration.
constexpr const char* demo_handheld_code = "D-01";

// Makes couriers D-01 … and their devices where they are missing, and writes `file` (0600) with one line for each
// device that waits for its enrolment: "D-01<TAB>link". `link` makes the text of the QR from a token.
core::Status seed_demo(sql::Database& db, int couriers, const std::filesystem::path& file,
                       const std::function<std::string(const std::string& token)>& link, core::TimeUs now);

}  // namespace plus7::central
