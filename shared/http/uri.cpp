#include "shared/http/uri.hpp"

#include <algorithm>
#include <charconv>

namespace plus7::http {
namespace {

constexpr std::size_t max_query_fields = 100;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// Length of the well-formed UTF-8 sequence that the text begins with; 0 when there is none (Unicode table 3-7).
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = at(0);
    if (lead < 0x80) return 1;
    const std::size_t size = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
    if (size == 0 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if (at(i) < 0x80 || at(i) > 0xBF) return 0;
    }
    const bool overlong = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
    const bool outside = (lead == 0xED && at(1) > 0x9F) || (lead == 0xF4 && at(1) > 0x8F);
    return overlong || outside ? 0 : size;
}

std::optional<Query> parse_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        const auto equals = std::min(field.find('='), field.size());
        auto key = percent_decode(field.substr(0, equals), true);
        auto value = percent_decode(equals < field.size() ? field.substr(equals + 1) : std::string_view{}, true);
        if (!key || !value || query.size() == max_query_fields) return std::nullopt;
        query.emplace_back(std::move(*key), std::move(*value));
    }
    return query;
}

core::Result<std::pair<std::string, unsigned short>> parse_authority(std::string_view authority, bool https) {
    unsigned short port = https ? 443 : 80;
    std::string_view host = authority;
    const bool bracketed = authority.starts_with('[');
    const auto host_end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && host_end == authority.npos) return core::invalid("the URL's IPv6 address has no closing bracket");
    if (host_end != authority.npos) {
        host = bracketed ? authority.substr(1, host_end - 1) : authority.substr(0, host_end);
        const auto rest = authority.substr(bracketed ? host_end + 1 : host_end);
        if (!rest.empty()) {
            const auto [end, failed] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), port);
            if (rest[0] != ':' || rest.size() < 2 || failed != std::errc{} || end != rest.data() + rest.size() ||
                port == 0) {
                return core::invalid("the URL's port is no number from 1 to 65535");
            }
        }
    }
    const auto fits = [&](char c) {
        return hex_value(c) >= 0 || (c | 0x20) >= 'a' ? (c | 0x20) <= 'z'
                                                      : c == '.' || c == '-' || (bracketed && c == ':');
    };
    if (host.empty() || !std::all_of(host.begin(), host.end(), fits))
        return core::invalid("the URL has no valid host name");
    return std::pair{lower_case(host), port};
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto size = sequence_length(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return std::nullopt;
        result += c;
    }
    if (!is_utf8(result)) return std::nullopt;
    return result;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            result += c;
        } else {
            result += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return result;
}

std::string to_query_text(const Query& query) {
    std::string text;
    for (const auto& [key, value] : query) {
        if (!text.empty()) text += '&';
        text += percent_encode(key) + '=' + percent_encode(value);
    }
    return text;
}

core::Result<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) return core::invalid("the request target must be a path");
    Target result;
    const auto question = std::min(target.find('?'), target.size());
    result.path = target.substr(0, question);
    std::string_view rest = std::string_view(result.path).substr(1);
    while (result.path.size() > 1) {
        const auto end = std::min(rest.find('/'), rest.size());
        auto segment = percent_decode(rest.substr(0, end));
        if (!segment) return core::invalid("the path holds a broken escape, or text that is no UTF-8");
        if (*segment == "." || *segment == "..") return core::invalid("the path holds a dot segment");
        result.segments.push_back(std::move(*segment));
        if (end == rest.size()) break;
        rest.remove_prefix(end + 1);
    }
    if (question == target.size()) return result;
    auto query = parse_query(target.substr(question + 1));
    if (!query) return core::invalid("the query holds a broken escape, text that is no UTF-8, or too many fields");
    result.query = std::move(*query);
    return result;
}

std::string Url::host_header() const {
    const std::string name = host.find(':') == host.npos ? host : "[" + host + "]";
    return port == (scheme == "https" ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

core::Result<Url> parse_url(std::string_view text) {
    const auto colon = text.find("://");
    if (colon == text.npos) return core::invalid("the URL has no scheme");
    Url url;
    url.scheme = lower_case(text.substr(0, colon));
    if (url.scheme != "http" && url.scheme != "https")
        return core::invalid("the URL's scheme is neither http nor https");
    text.remove_prefix(colon + 3);
    text = text.substr(0, text.find('#'));
    const auto slash = std::min(text.find_first_of("/?"), text.size());
    auto authority = parse_authority(text.substr(0, slash), url.scheme == "https");
    if (!authority) return authority.error();
    url.host = authority->first;
    url.port = authority->second;
    url.target = text.substr(slash);
    if (!url.target.starts_with('/')) url.target.insert(0, "/");
    const auto blank = [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
    };
    if (std::any_of(url.target.begin(), url.target.end(), blank)) {
        return core::invalid("the URL holds a blank or a character that must be escaped");
    }
    return url;
}

}  // namespace plus7::http
