#include "shared/runtime/config_print.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace plus7::runtime {
namespace {

std::pair<std::string, std::string> split(std::string_view key) {
    const auto dot = key.rfind('.');
    if (dot == std::string_view::npos) return {"", std::string(key)};
    return {std::string(key.substr(0, dot)), std::string(key.substr(dot + 1))};
}

// "[http]", or "[[printers]]" for "printers[0]"; inner indices are implied by the order of TOML text.
std::string header(const std::string& table) {
    std::string name;
    bool inside = false;
    for (const char c : table) {
        if (c == '[') inside = true;
        if (!inside) name += c;
        if (c == ']') inside = false;
    }
    return table.ends_with(']') ? "[[" + name + "]]" : "[" + name + "]";
}

}  // namespace

std::string ConfigPrinter::quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += code.data();
        } else {
            out += c;
        }
    }
    return out + '"';
}

void ConfigPrinter::add(std::string_view key, std::string value) {
    auto [table, name] = split(key);
    rows_.push_back({std::move(table), name + " = " + value});
}

void ConfigPrinter::add_comment(std::string_view key, std::string comment) {
    auto [table, name] = split(key);
    rows_.push_back({std::move(table), "# " + name + ": " + comment});
}

std::string ConfigPrinter::text() const {
    std::vector<std::string> tables{""};  // what stands at the root must come first in TOML
    for (const auto& row : rows_) {
        if (std::find(tables.begin(), tables.end(), row.table) == tables.end()) tables.push_back(row.table);
    }
    std::string out;
    for (const auto& table : tables) {
        if (!table.empty()) out += (out.empty() ? "" : "\n") + header(table) + '\n';
        for (const auto& row : rows_) {
            if (row.table == table) out += row.line + '\n';
        }
    }
    return out;
}

}  // namespace plus7::runtime
