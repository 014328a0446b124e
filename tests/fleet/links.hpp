// The file with one enrolment link for each courier: "CODE<TAB>plus7:enrol?…" a line. Read once at start.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::fleet {

struct EnrolLine {
    std::string code;  // also the name of the courier's data directory: letters, digits, - and _ only
    std::string link;
};

// Empty lines are skipped. invalid: the first line that does not read; not_found: no such file.
core::Result<std::vector<EnrolLine>> read_links(const std::filesystem::path& file);
bool is_code(std::string_view text);

}  // namespace plus7::fleet
