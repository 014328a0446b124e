#include "tests/fleet/links.hpp"

#include <algorithm>
#include <fstream>

namespace plus7::fleet {

bool is_code(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), fits);
}

core::Result<std::vector<EnrolLine>> read_links(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) return core::not_found("cannot read " + file.string());
    std::vector<EnrolLine> lines;
    int number = 0;
    for (std::string text; std::getline(in, text);) {
        ++number;
        if (text.empty()) continue;
        const auto tab = text.find('\t');
        if (tab == std::string::npos || !is_code(text.substr(0, tab)))
            return core::invalid(file.string() + " line " + std::to_string(number) + ": not CODE<TAB>LINK");
        lines.push_back({text.substr(0, tab), text.substr(tab + 1)});
    }
    return lines;
}

}  // namespace plus7::fleet
