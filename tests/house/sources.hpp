// The tracked sources of the project with their include lines, read once for the house tests.
#pragma once
#include <string>
#include <vector>

namespace plus7::test {

struct Include {
    std::string target;  // as written between quotes or angle brackets
    int line = 0;
};

struct Source {
    std::string path;    // from the top of the repository: "shared/core/result.hpp"
    std::string folder;  // "shared/core"
    std::vector<Include> includes;
    int lines = 0;
};

// All .cpp and .hpp files under shared, agent, central and tests, without build output and node_modules.
const std::vector<Source>& cpp_sources();
// All source files whose size counts: C++, TypeScript, Svelte, CSS, SQL, shell and CMake.
std::vector<Source> sized_sources();
// Folder "a/b/c" lies in "a/b"; also true for the folder itself.
bool lies_in(const std::string& folder, const std::string& parent);

}  // namespace plus7::test
