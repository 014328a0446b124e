// Invented people and handhelds for a demonstration, with the links that enrol them. Only when [demo] couriers is set.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::demo {

constexpr const char* handheld_code = "D-01";  // the courier whose handheld stands behind the line that can be cut
constexpr const char* clerk_code = "P-01";     // of the pickup point
constexpr const char* worker_code = "W-01";    // of the depot

// Makes couriers D-01 …, and with `at_sites` a clerk of the pickup point and a worker of the depot, and their devices
// where they are missing, and writes `file` (0600) with one line for each device that waits for its enrolment:
// "D-01<TAB>link". `link` makes the text of the QR from a token.
struct People {
    int couriers = 0;
    bool at_sites = false;
};
core::Status seed_people(sql::Database& db, const People& people, const std::filesystem::path& file,
                         const std::function<std::string(const std::string& token)>& link, core::TimeUs now);

}  // namespace plus7::central::demo
