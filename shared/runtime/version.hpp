// The version of this build, "major.minor.patch", from the top CMakeLists.txt.
#pragma once
#include <string_view>

namespace plus7::runtime {

inline constexpr std::string_view version = PLUS7_VERSION;

}  // namespace plus7::runtime
