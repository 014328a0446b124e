#include "shared/http/request.hpp"

#include <array>
#include <stdexcept>

#include "shared/http/cookies.hpp"

namespace plus7::http {
namespace {

constexpr std::array<std::string_view, 7> method_names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

}  // namespace

std::string_view name_of(Method method) { return method_names.at(static_cast<std::size_t>(method)); }

std::optional<Method> method_of(std::string_view name) {
    for (std::size_t i = 0; i < method_names.size(); ++i) {
        if (method_names[i] == name) return static_cast<Method>(i);
    }
    return std::nullopt;
}

const std::string& Request::param(std::string_view name) const {
    for (const auto& [key, value] : params) {
        if (key == name) return value;
    }
    throw std::out_of_range("the route has no parameter " + std::string(name));
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::vector<std::string_view> Request::query_values(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : query) {
        if (key == name) values.push_back(value);
    }
    return values;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto field : headers.all("Cookie")) {
        for (const auto& [key, value] : parse_cookies(field)) {
            if (key == name) return value;
        }
    }
    return std::nullopt;
}

core::Result<Request> make_request(Method method, std::string_view target, Headers headers, std::string body) {
    auto parsed = parse_target(target);
    if (!parsed) return parsed.error();
    Request request;
    request.method = method;
    request.path = std::move(parsed->path);
    request.segments = std::move(parsed->segments);
    request.query = std::move(parsed->query);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

}  // namespace plus7::http
