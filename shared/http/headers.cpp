#include "shared/http/headers.hpp"

#include <algorithm>
#include <stdexcept>

namespace plus7::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_token(std::string_view text) {
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";  // RFC 9110 §5.6.2
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || others.find(c) != others.npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

void require_safe(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw std::invalid_argument("no header name: " + std::string(name));
    const auto bad = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; };
    if (std::any_of(value.begin(), value.end(), bad)) {
        throw std::invalid_argument("control character in the value of header " + std::string(name));
    }
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> list_items(std::string_view text, char separator) {
    std::vector<std::string_view> items;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        const auto item = trimmed(text.substr(0, end));
        if (!item.empty()) items.push_back(item);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

void Headers::add(std::string_view name, std::string_view value) {
    require_safe(name, value);
    fields_.emplace_back(name, value);
}

void Headers::set(std::string_view name, std::string_view value) {
    require_safe(name, value);
    remove(name);
    fields_.emplace_back(name, value);
}

void Headers::set_if_missing(std::string_view name, std::string_view value) {
    if (!has(name)) add(name, value);
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return same_name(field.first, name); });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (same_name(key, name)) return value;
    }
    return std::nullopt;
}

std::string_view Headers::get_or(std::string_view name, std::string_view otherwise) const {
    return get(name).value_or(otherwise);
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : fields_) {
        if (same_name(key, name)) values.push_back(value);
    }
    return values;
}

}  // namespace plus7::http
