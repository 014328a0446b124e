// A partner's registry for a demonstration: what a depot's worker takes in. Only when [demo] registry names a file.
#pragma once
#include <filesystem>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::demo {

// Imports the file at the first open depot, as the console does it. Nothing when there is no depot, or once it is
// imported; what was interrupted is completed. Takes some seconds for thousands of lines.
core::Status seed_registry(sql::Database& db, const std::filesystem::path& file, core::TimeUs now);

}  // namespace plus7::central::demo
