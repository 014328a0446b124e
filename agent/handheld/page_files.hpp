// The page's files, embedded in the program. Without them (built with PLUS7_WEB=OFF) there are no routes.
#pragma once
#include <vector>

#include "shared/http/router.hpp"

namespace plus7::agent::handheld {

std::vector<http::Route> page_files();

}  // namespace plus7::agent::handheld
