// Files stay small enough to hold in the head: docs/architecture.md, "Size and names".
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/house/sources.hpp"

using namespace plus7::test;

TEST_CASE("no source file is longer than 500 lines") {
    for (const auto& source : sized_sources())
        if (source.path.find("api.d.ts") == std::string::npos)  // generated from openapi.yaml
            CHECK_MESSAGE(source.lines <= 500, source.path << " has " << source.lines << " lines");
}

TEST_CASE("half of the C++ files have at most 120 lines and nine of ten at most 300") {
    std::vector<int> lines;
    for (const auto& source : cpp_sources()) lines.push_back(source.lines);
    std::sort(lines.begin(), lines.end());
    CHECK(lines[lines.size() / 2] <= 120);
    CHECK(lines[lines.size() * 9 / 10] <= 300);
}

TEST_CASE("no name says nothing") {
    for (const auto& source : cpp_sources())
        for (const char* word : {"manager", "helper", "utils", "common"})
            CHECK_MESSAGE(source.path.find(word) == std::string::npos, source.path);
}
