#include "tests/house/sources.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace plus7::test {
namespace {

namespace fs = std::filesystem;

std::vector<Source> read_sources(const std::set<std::string>& endings) {
    const fs::path top = PLUS7_SOURCE_DIR;
    std::vector<Source> all;
    for (const char* root : {"shared", "agent", "central", "tests", "packaging", "firmware-config"}) {
        if (!fs::exists(top / root)) continue;
        for (fs::recursive_directory_iterator it(top / root), end; it != end; ++it) {
            const auto name = it->path().filename().string();
            if (it->is_directory() && (name == "node_modules" || name == "dist" || name == "data")) {
                it.disable_recursion_pending();
                continue;
            }
            if (!it->is_regular_file() || endings.count(it->path().extension().string()) == 0) continue;
            Source source;
            source.path = fs::relative(it->path(), top).string();
            source.folder = fs::relative(it->path().parent_path(), top).string();
            std::ifstream file(it->path());
            for (std::string line; std::getline(file, line);) {
                ++source.lines;
                if (line.rfind("#include", 0) != 0) continue;
                const auto open = line.find_first_of("\"<", 8);
                const auto close = open == std::string::npos ? open : line.find_first_of("\">", open + 1);
                if (close != std::string::npos)
                    source.includes.push_back({line.substr(open + 1, close - open - 1), source.lines});
            }
            all.push_back(std::move(source));
        }
    }
    std::sort(all.begin(), all.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
    return all;
}

}  // namespace

const std::vector<Source>& cpp_sources() {
    static const std::vector<Source> sources = read_sources({".cpp", ".hpp"});
    return sources;
}

std::vector<Source> sized_sources() {
    return read_sources({".cpp", ".hpp", ".ts", ".svelte", ".css", ".sql", ".cmake", ".js"});
}

bool lies_in(const std::string& folder, const std::string& parent) {
    return folder == parent || folder.rfind(parent + "/", 0) == 0;
}

}  // namespace plus7::test
