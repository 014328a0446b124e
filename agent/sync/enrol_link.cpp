#include "agent/sync/enrol_link.hpp"

#include <optional>

namespace plus7::agent::sync {
namespace {

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const auto byte = core::from_hex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1) return std::nullopt;
        plain += static_cast<char>(byte->front());
        i += 2;
    }
    return plain;
}

bool is_url(std::string_view url) {
    const bool scheme = url.starts_with("https://") || url.starts_with("http://");
    return scheme && url.size() <= 512 && url.find_first_of(" \t\r\n?#\\") == std::string_view::npos;
}

bool is_token(std::string_view token) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return token.size() >= 16 && token.size() <= 64 && token.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace

core::Result<EnrolLink> parse_enrol_link(std::string_view text) {
    constexpr std::string_view prefix = "plus7:enrol?";
    if (!text.starts_with(prefix)) return core::invalid("this is no enrolment code of plus7");
    text.remove_prefix(prefix.size());
    EnrolLink link;
    std::optional<core::Bytes> fingerprint;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto member = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto equals = member.find('=');
        if (equals == std::string_view::npos) continue;
        const auto value = decoded(member.substr(equals + 1));
        if (!value) return core::invalid("the enrolment code is damaged");
        const auto name = member.substr(0, equals);
        if (name == "u") link.url = *value;
        if (name == "t") link.token = *value;
        if (name == "fp") fingerprint = core::from_hex(*value);
    }
    while (link.url.ends_with('/')) link.url.pop_back();
    const auto hash = fingerprint ? core::Hash::from(*fingerprint) : std::nullopt;
    if (!is_url(link.url) || !is_token(link.token) || !hash) {
        return core::invalid("the enrolment code lacks a usable address, token or fingerprint");
    }
    link.fingerprint = *hash;
    return link;
}

}  // namespace plus7::agent::sync
