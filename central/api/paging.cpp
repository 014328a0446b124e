#include "central/api/paging.hpp"

#include <charconv>

#include "shared/core/bytes.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::api {
namespace {

constexpr char separator = '\x1F';

std::optional<std::vector<std::string>> parts_of(std::string_view cursor) {
    const auto plain = core::from_base64url(cursor);
    if (!plain || !http::is_utf8(core::text_of(*plain))) return std::nullopt;
    std::vector<std::string> parts{""};
    for (const char c : core::text_of(*plain)) {
        if (c == '\0') return std::nullopt;
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

}  // namespace

core::Result<PageAsked> page_asked(const http::Request& request, std::size_t parts) {
    PageAsked page;
    const auto limit = number_asked(request, "limit", 1, 200);
    if (!limit) return limit.error();
    page.limit = static_cast<int>(limit->value_or(50));
    const auto cursor = request.query_value("cursor");
    if (!cursor) return page;
    auto read = parts_of(*cursor);
    if (!read || read->size() != parts) return core::invalid("the cursor is not one of ours");
    page.cursor = std::move(*read);
    return page;
}

std::string to_cursor(const std::vector<std::string>& parts) {
    std::string plain;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) plain += separator;
        plain += parts[i];
    }
    return core::to_base64url(core::view_of(plain));
}

core::Result<std::optional<std::int64_t>> number_asked(const http::Request& request, std::string_view name,
                                                       std::int64_t min, std::int64_t max) {
    const auto text = request.query_value(name);
    if (!text) return std::optional<std::int64_t>{};
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (failed != std::errc{} || end != text->data() + text->size() || number < min || number > max)
        return core::invalid(std::string(name) + " must be an integer from " + std::to_string(min) + " to " +
                             std::to_string(max));
    return std::optional<std::int64_t>{number};
}

core::Result<std::optional<core::TimeUs>> time_asked(const http::Request& request, std::string_view name) {
    constexpr std::int64_t year_9999 = 253'402'300'799'999;
    const auto ms = number_asked(request, name, 0, year_9999);
    if (!ms) return ms.error();
    if (!*ms) return std::optional<core::TimeUs>{};
    return std::optional<core::TimeUs>{core::TimeUs{core::time_ms(**ms)}};
}

core::Result<std::string> text_asked(const http::Request& request, std::string_view name, std::size_t max) {
    const auto text = request.query_value(name).value_or("");
    if (text::length(text) > max) return core::invalid(std::string(name) + " is too long");
    return std::string(text);
}

}  // namespace plus7::central::api
