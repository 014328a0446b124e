// A report of check() for a person at a terminal: every link, then what is wrong, then what to compare. English; pure.
#pragma once
#include <string>

#include "shared/proof/check.hpp"

namespace plus7::proof {

std::string to_text(const Report& report);

}  // namespace plus7::proof
